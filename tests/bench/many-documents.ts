import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { generateReport, jsonLine } from './generator.ts';

/** A file of many short documents: of which seeds, and how much is marked on each. */
export interface ManyDocuments {
  readonly documents: number;
  readonly spans: number;
  readonly firstSeed: number;
}

const bytes = 2_000;

/** Writes the file, a document on every line; gives back how many bytes it has. */
export async function writeMany(
  path: string,
  { documents, spans, firstSeed }: ManyDocuments,
): Promise<number> {
  const file = createWriteStream(path);
  for (let seed = firstSeed; seed < firstSeed + documents; seed++)
    if (!file.write(jsonLine(generateReport({ bytes, spans }, seed)))) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
  return file.bytesWritten;
}

/** What was found of an export, read line by line beside the file that went in. */
export interface Compared {
  readonly documents: number;
  readonly spans: number;
  /** Sentences about what is not the same; the first few of them. */
  readonly faults: readonly string[];
}

interface Line {
  readonly id: string;
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

const faultsKept = 5;

/**
 * Compares two files line by line: the same documents in the same order, every field the same, and every span's own text
 * standing at its offsets, counted in code points.
 */
export async function compareMany(before: string, after: string): Promise<Compared> {
  const faults: string[] = [];
  const say = (fault: string) => faults.length < faultsKept && faults.push(fault);
  let [documents, spans] = [0, 0];
  const went = linesOf(before)[Symbol.asyncIterator]();
  for await (const line of linesOf(after)) {
    documents++;
    const step = await went.next();
    if (step.done) say(`line ${documents} is of a document that did not go in`);
    else if (line !== step.value && !isSame(line, step.value)) say(`line ${documents} is not as it went in`);
    const document = JSON.parse(line) as Line;
    spans += document.spans.length;
    for (const fault of misplaced(document)) say(`line ${documents}: ${fault}`);
  }
  if (!(await went.next()).done) say('documents are missing at the end');
  return { documents, spans, faults };
}

function* misplaced({ text, spans }: Line): Generator<string> {
  const characters = Array.from(text);
  for (const span of spans) {
    const here = characters.slice(span.start, span.end).join('');
    if (here !== span.text) yield `at ${span.start}–${span.end} stands “${here}”, not “${span.text}”`;
  }
}

/** Spans that lie at the same place may come in another order. */
function isSame(line: string, other: string): boolean {
  return canonical(line) === canonical(other);
}

function canonical(line: string): string {
  const document = JSON.parse(line) as Line;
  return JSON.stringify({ ...document, spans: document.spans.map((span) => JSON.stringify(span)).sort() });
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Infinity });
}
