/** The hues of the labels' colours in `ui/theme.css`, with their names and the patterns of their underlines. */
export const codebookColours: readonly {
  readonly hue: number;
  readonly name: string;
  readonly pattern: string;
}[] = [
  { hue: 255, name: 'blue', pattern: 'solid' },
  { hue: 27, name: 'red', pattern: 'double' },
  { hue: 155, name: 'green', pattern: 'dashed' },
  { hue: 312, name: 'purple', pattern: 'dotted' },
  { hue: 75, name: 'ochre', pattern: 'wavy' },
  { hue: 205, name: 'teal', pattern: 'solid' },
  { hue: 350, name: 'pink', pattern: 'double' },
  { hue: 118, name: 'olive', pattern: 'dashed' },
  { hue: 282, name: 'violet', pattern: 'dotted' },
  { hue: 50, name: 'orange', pattern: 'wavy' },
  { hue: 230, name: 'azure', pattern: 'solid' },
  { hue: 5, name: 'rose', pattern: 'double' },
];

const colourRules = codebookColours
  .map(
    ({ hue, pattern }, colour) =>
      `.colour-${colour} { --mark-ink: light-dark(oklch(0.47 0.13 ${hue}), oklch(0.8 0.11 ${hue})); --mark-wash: light-dark(oklch(0.93 0.04 ${hue}), oklch(0.34 0.05 ${hue})); --mark-pattern: ${pattern}; }`,
  )
  .join('\n');

/** The style of the codebook: a page to read on a screen, light or dark, and to print on paper. */
export const codebookStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(oklch(0.987 0.006 85), oklch(0.195 0.006 70));
  --ink: light-dark(oklch(0.25 0.015 60), oklch(0.9 0.012 85));
  --quiet: light-dark(oklch(0.47 0.015 60), oklch(0.71 0.012 80));
  --hairline: light-dark(oklch(0.885 0.01 80), oklch(0.32 0.008 70));
}
${colourRules}
* { box-sizing: border-box; margin: 0; padding: 0; }
body { background: var(--paper); color: var(--ink); font: 17px/1.6 'Source Serif 4', 'Iowan Old Style', Georgia, serif; }
main { max-width: 40rem; margin: 0 auto; padding: 64px 24px 96px; }
h1, h2, h3 { font-weight: 600; line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; break-after: avoid; }
h1 { font-size: 32px; }
h2 { margin-top: 72px; padding-bottom: 8px; border-bottom: 1px solid var(--hairline); font-size: 24px; }
h3 { margin-top: 48px; font-size: 20px; }
h1, h2, h3, p, td, th, li { unicode-bidi: plaintext; text-align: start; }
.kind, .facts, table, nav { font-family: Inter, system-ui, sans-serif; font-size: 14px; }
.kind { color: var(--quiet); margin-bottom: 4px; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 12px 0 16px; line-height: 1.5; }
.facts div { display: flex; gap: 8px; }
dt, th { color: var(--quiet); font-weight: 400; }
dd, td { overflow-wrap: anywhere; }
code, kbd { font: 0.93em ui-monospace, 'Cascadia Mono', Menlo, monospace; }
kbd { padding: 0 6px; border: 1px solid var(--hairline); border-radius: 4px; }
mark { padding: 0 4px; background: var(--mark-wash); color: inherit; text-decoration: underline 2px var(--mark-pattern) var(--mark-ink); text-underline-offset: 4px; text-decoration-skip-ink: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.text p { white-space: pre-wrap; overflow-wrap: anywhere; orphans: 3; widows: 3; }
.text .heading { margin-top: 8px; font-weight: 600; break-after: avoid; }
.text .item { padding-inline-start: 20px; text-indent: -12px; }
.text .blank { height: 12px; }
nav { margin-top: 40px; }
nav h2 { margin-top: 0; padding: 0; border: 0; font: inherit; color: var(--quiet); }
nav ul { list-style: none; margin-top: 8px; }
nav ul ul { margin: 0 0 0 20px; }
nav li { padding: 2px 0; }
a { color: inherit; text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; text-underline-offset: 3px; }
table { width: 100%; margin-top: 12px; border-collapse: collapse; line-height: 1.5; }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--hairline); vertical-align: top; text-align: start; }
tr { break-inside: avoid; }
.none { color: var(--quiet); font-style: italic; }
@page { margin: 22mm 20mm; }
@media print {
  :root { color-scheme: light; --paper: white; }
  body { font-size: 11pt; line-height: 1.5; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 24pt; }
  h2 { font-size: 17pt; margin-top: 36pt; }
  h3 { font-size: 13pt; margin-top: 24pt; }
  .kind, .facts, table, nav { font-size: 9pt; }
  .facts { break-after: avoid; }
  .part { break-before: page; }
  .part > h2 { margin-top: 0; }
}
`;
