import { living, type Scheme } from '../core/scheme.ts';
import { hashText } from '../core/text.ts';
import type { OutgoingDocument } from '../core/transfer.ts';
import { readPage } from './checking/pages.ts';
import type { Format, WriteOptions, Written } from './format.ts';
import { article } from './html-page/article.ts';
import { escaped, style, unprintable } from './html-page/markup.ts';
import { loss, lossesOf } from './writing/losses.ts';

/** One page to print or to send: the texts with their spans marked. Nothing in it runs, and it fetches nothing. */
export const htmlPage: Format = {
  name: 'HTML',
  extensions: ['html'],
  mediaType: 'text/html',
  readBack: readPage,
  pieces: ({ text }) => [{ text: text.replace(unprintable, '\ufffd'), spans: [] }],
  write,
  losses: [
    'The page is for reading: Locution does not take its spans in again.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Of the scheme only the names and colours of the labels are in the file.',
  ],
};

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme }: WriteOptions,
): AsyncGenerator<Written> {
  yield head(scheme);
  for await (const document of documents) {
    yield article(document, scheme);
    const shown = {
      relations: true,
      relationAttributes: true,
      attributes: true,
      notes: true,
      annotators: true,
    };
    yield* lossesOf(document, { ...shown, documentNote: true });
    const hidden = document.text.match(unprintable)?.length ?? 0;
    if (hidden > 0) yield loss(hidden, 'control characters, which no page can show');
  }
  yield '</body>\n</html>\n';
}

function head({ labels }: Scheme): string {
  const legend = living(labels).map(
    ({ name, colour }) => `<li><mark class="c${colour}"><bdi>${escaped(name)}</bdi></mark></li>`,
  );
  return `<!doctype html>
<html lang="und">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${base64(hashText(style))}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>Marked documents</title>
<style>${style}</style>
</head>
<body>
<h1>Marked documents</h1>
<ul class="legend">
${legend.join('\n')}
</ul>
`;
}

/** Bytes that are written in hexadecimal. */
function base64(hexadecimal: string): string {
  const bytes = hexadecimal.match(/../g) ?? [];
  return btoa(bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join(''));
}
