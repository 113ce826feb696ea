import { fileProblem } from '../core/problem.ts';
import type { Reading } from '../core/transfer.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type ReadContext,
  type SourceFile,
} from './format.ts';
import { composedDocument, enumerated } from './reading/composed-document.ts';
import { textOrQuestion } from './reading/text-or-question.ts';

/** The words of a web page, by the rule of `htmlText`. What is in it never runs, and nothing is fetched. */
export const htmlDocument: Format = {
  name: 'HTML document',
  extensions: ['html', 'htm', 'xhtml'],
  mediaType: 'text/html',
  recognise,
  read,
  losses: [],
};

function recognise({ extension, text }: Opening): Certainty {
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html)[\s>]/i.test(text))
    return certainty.bySignature;
  return ['html', 'htm', 'xhtml', 'xht'].includes(extension) ? certainty.byExtension : certainty.no;
}

/** Longer pages are dumps of data; their trees take many times their size. */
const longestPage = 40_000_000;

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await textOrQuestion(file, context, declaredEncoding);
  if ('reading' in whole) return yield whole.reading;
  if (whole.text.length > longestPage)
    return yield refused(file, 'this page is longer than 40 million characters; cut it into several.');
  const { htmlText } = await import('./reading/html-text.ts');
  const page = htmlText(whole.text);
  if (!page) return yield refused(file, 'the parts of this page are nested too deep to be read.');
  const { hidden, pictures, controls } = page;
  const left = enumerated([
    [hidden, 'hidden part', 'hidden parts'],
    [pictures, 'picture', 'pictures'],
    [controls, 'frame, drawing or field', 'frames, drawings and fields'],
  ]);
  const problems = left === '' ? [] : [fileProblem('skipped', file.name, `left out of this page: ${left}.`)];
  yield* composedDocument(file.name, { ...page, problems });
}

function refused(file: SourceFile, message: string): Reading {
  return { kind: 'problem', problem: fileProblem('refused', file.name, message) };
}

/** The encoding that a page says it is in, within the bytes in which pages have to say so. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 1024));
  const declared =
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start) ??
    /^<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)/i.exec(start);
  return declared?.[1];
}
