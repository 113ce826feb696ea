import type { Reading } from '../core/transfer.ts';
import { fileProblem } from '../core/problem.ts';
import { canonicalText } from '../core/text.ts';
import { confNames, folderOf, passedOver, schemeFile } from './brat/beside.ts';
import { countedText, fragmentsIn } from './brat/quoted-fragments.ts';
import { SheetReader } from './brat/sheet.ts';
import { heldInBrat, writeBrat } from './brat/writing.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type ReadContext,
  type SourceFile,
} from './format.ts';
import { readSchemeFile } from './schemes/scheme-files.ts';
import { outsideDocument } from './reading/outside-document.ts';
import { placeOfFile } from './reading/place-of-file.ts';
import { readings } from './reading/place.ts';
import { lines, wholeText, withoutByteOrderMark, type Line } from './reading/source-text.ts';

/** brat's standoff marks: each `a.ann` beside the text `a.txt`, the scheme in `annotation.conf`. */
export const brat: Format = {
  name: 'brat',
  extensions: ['ann'],
  mediaType: 'text/plain',
  isFolder: true,
  recognise,
  companions: (name) => [textName(name), ...confNames(name)],
  units: ['codepoint', 'utf16', 'byte'],
  read,
  write: writeBrat,
  held: heldInBrat,
  losses: [
    'The titles of documents and the names of annotators become names of files and folders, without signs that those cannot have.',
    'A mark over several lines is cut at the line breaks and loses the white space around them where it begins or ends with some; read back it is one mark again.',
    'White space in the names of labels, relation types and attributes becomes “_”.',
    'Where the texts came from is not in the files, nor when a span was made or changed.',
  ],
};

function recognise({ extension, text }: Opening): Certainty {
  if (extension !== 'ann') return certainty.no;
  return /^(?:[TREAMN]\d+|#\d*|\*)\t/.test(text) ? certainty.byShape : certainty.byExtension;
}

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const { companions, options } = context;
  yield* readScheme(schemeFile(file.name, companions));
  yield* passedOver(companions).map(notTaken);
  const place = placeOfFile(file.name);
  const name = textName(file.name);
  const companion = companions.get(name);
  if (!companion) {
    const message = `these marks were left out: the text that they are of, “${name}”, did not come along. Choose both files, or the folder that they lie in.`;
    return yield { kind: 'problem', problem: place.problem('refused', message) };
  }
  const whole = await wholeText(companion);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  const said: string[] = [];
  for await (const line of linesOf(file)) {
    said.push('problem' in line ? '' : line.number === 1 ? withoutByteOrderMark(line.text) : line.text);
    if ('problem' in line) yield { kind: 'problem', problem: line.problem };
  }
  const text = countedText(whole.text, said);
  const annotator = options.annotatorByFolder ? annotatorOf(file.name) : undefined;
  const reader = new SheetReader(file.name, annotator, fragmentsIn(text, options.unit ?? 'codepoint'));
  for (const reading of readings(reader.read(said), (sheet) =>
    outsideDocument({ ...sheet, text, title: titleOf(name, annotator) }, place, context, 'codepoint'),
  ))
    yield withSource(reading, name, whole.text);
}

async function* readScheme(file: SourceFile | undefined): AsyncGenerator<Reading> {
  if (!file) return;
  const { plan, problems } = await readSchemeFile(file);
  for (const problem of problems) yield { kind: 'problem', problem };
  if (plan) yield { kind: 'plan', plan };
}

/** The lines of a file, which may well have none: a text without marks. */
async function* linesOf(file: SourceFile): AsyncGenerator<Line> {
  let isBlank = false;
  if (file.size === 0) return;
  for await (const line of lines(file)) {
    // That there is no text is complained of last, after the blank lines.
    if ('problem' in line && line.problem.line === undefined && isBlank) continue;
    isBlank = 'text' in line && line.text.trim() === '';
    yield line;
  }
}

/** What was done to the text is said of the text's own file. */
function withSource(reading: Reading, file: string, raw: string): Reading {
  if (reading.kind !== 'document') return reading;
  const { document } = reading;
  const { newlines } = canonicalText(raw).source;
  return { ...reading, document: { ...document, source: { ...document.source, file, newlines } } };
}

/** The folder that a file lies in; a zip is nobody. */
function annotatorOf(name: string): string | undefined {
  const folder = folderOf(name).split('/').at(-2);
  return folder === undefined || /\.zip$/i.test(folder) ? undefined : folder;
}

function textName(name: string): string {
  return name.replace(/\.ann$/i, '.txt');
}

/** Folders that stand for annotators hold the same document. */
function titleOf(name: string, annotator: string | undefined): string {
  return annotator === undefined ? name : name.slice(folderOf(name).length);
}

function notTaken(name: string): Reading {
  const message = 'this file was passed over: how brat shows marks has no place here.';
  return { kind: 'problem', problem: fileProblem('skipped', name, message) };
}
