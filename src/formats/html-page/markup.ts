/** Control characters, which no page can show; a replacement character stands for each. */
// eslint-disable-next-line no-control-regex -- these characters are what is looked for
export const unprintable = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that stays text, between tags and inside of attributes. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(unprintable, '\ufffd')
    .replace(/[&<>"']/g, (sign) => references[sign]!);
}

/** The colours of the labels on paper, of the hues that they have on screen: light, so that black text stays clear. */
const colours = [
  ...['#c6e1ff', '#ffd1cb', '#c2e9ce', '#ead4f9', '#f4dab6', '#b4e9ef'],
  ...['#ffd0d9', '#fcd0e3', '#dae4bb', '#d7daff', '#fdd4be', '#bae6fc'],
];

export const style = `
body{font:16px/1.7 Georgia,serif;color:#111;background:#fff;max-width:46em;margin:2em auto;padding:0 1em}
h1,h2,h3,table,.legend,.facts{font-family:system-ui,sans-serif;line-height:1.35}
.text{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
mark{color:inherit;border-bottom:2px solid #555;-webkit-print-color-adjust:exact;print-color-adjust:exact}
mark[data-tags]::before{content:attr(data-tags);font:600 .65em system-ui,sans-serif;vertical-align:super;padding:0 .25em}
mark.several{border-bottom-style:double;border-bottom-width:4px}
table{border-collapse:collapse;width:100%;font-size:.8em}
th,td{border-bottom:1px solid #ccc;padding:.3em .6em .3em 0;text-align:start;vertical-align:top}
th{color:#555;font-weight:400}
.words{overflow-wrap:anywhere}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4em 1em}
article{break-before:page}
article:first-of-type{break-before:auto}
${colours.map((colour, index) => `.c${index}{background:${colour}}`).join('\n')}
`;
