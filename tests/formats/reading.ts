import { Blob as NodeBlob } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { FileProblem } from '../../src/core/problem.ts';
import { describeFileProblem } from '../../src/core/problem.ts';
import { emptyScheme, type LabelWish, type Scheme } from '../../src/core/scheme.ts';
import type { SchemePlan } from '../../src/core/schemes/plan.ts';
import type { Span } from '../../src/core/span.ts';
import { countSpans } from '../../src/core/sheet.ts';
import { canonicalText, hashText } from '../../src/core/text.ts';
import type { IncomingDocument, OutgoingDocument, Question } from '../../src/core/transfer.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import {
  isLoss,
  type Format,
  type Loss,
  type ReadOptions,
  type SourceFile,
  type WriteOptions,
} from '../../src/formats/format.ts';
import { UnitProof, type UnitVerdict } from '../../src/formats/reading/unit-proof.ts';

/** A file with this content that arrives in chunks of so many bytes. */
export function sourceFile(name: string, content: string | Uint8Array, chunkBytes = 65_536): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  return { name, size: bytes.length, stream: () => streamOf(bytes, chunkBytes) };
}

/** The same as a session takes it. The blobs of jsdom have no streams. */
export function incomingFile(path: string, content: string | Uint8Array): { path: string; blob: Blob } {
  return { path, blob: new NodeBlob([content]) as unknown as Blob };
}

/** A file of tests/fixtures/formats. */
export function fixture(name: string, chunkBytes?: number): SourceFile {
  return sourceFile(name, fixtureBytes(name), chunkBytes);
}

export function fixtureBytes(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url));
}

export interface ReadFile {
  readonly documents: readonly IncomingDocument[];
  readonly labels: readonly LabelWish[];
  readonly plan?: SchemePlan;
  readonly problems: readonly FileProblem[];
  /** The problems as they are shown. */
  readonly complaints: readonly string[];
  readonly questions: readonly Question[];
  readonly verdict: UnitVerdict;
}

/** Reads a file once, with the files that came along and what the user has said. */
export async function readAll(
  format: Format,
  file: SourceFile,
  options: ReadOptions = {},
  others: readonly SourceFile[] = [],
): Promise<ReadFile> {
  if (!format.read) throw new RangeError(`${format.name} cannot be read`);
  const proof = new UnitProof(format.units ?? ['codepoint']);
  const companions = new Map(others.map((other) => [other.name, other]));
  const questions: Question[] = [];
  const documents: IncomingDocument[] = [];
  const labels: LabelWish[] = [];
  const problems: FileProblem[] = [];
  let plan: SchemePlan | undefined;
  for await (const reading of format.read(file, { options, companions, proof })) {
    if (reading.kind === 'document') documents.push(reading.document);
    else if (reading.kind === 'label') labels.push(reading.label);
    else if (reading.kind === 'plan') plan = reading.plan;
    else if (reading.kind === 'question') questions.push(reading.question);
    else problems.push(reading.problem);
  }
  return {
    documents,
    labels,
    ...(plan && { plan }),
    problems,
    complaints: problems.map(describeFileProblem),
    questions,
    verdict: proof.verdict(),
  };
}

/** Reads one document that stands on line 2 of a file. */
export async function readOne(document: object | string) {
  const line = typeof document === 'string' ? document : JSON.stringify(document);
  const { documents, complaints } = await readAll(jsonLines, sourceFile('a.jsonl', `\n${line}\n`));
  return {
    document: documents[0],
    complaints: complaints.map((complaint) => complaint.replace('a.jsonl, line 2: ', '')),
  };
}

export function writeOptions(scheme: Scheme, options: Partial<WriteOptions> = {}): WriteOptions {
  return { scheme, unit: 'codepoint', overlap: 'longest', tagging: 'BIO', safeCells: true, ...options };
}

export interface WrittenFiles {
  /** Contents by path; what is written before any file begins has the path ''. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** The same as text. */
  readonly texts: Readonly<Record<string, string>>;
  /** Counts by what was lost. */
  readonly losses: Readonly<Record<string, number>>;
}

/** All that the format writes of the documents. */
export async function writtenFiles(
  format: Format,
  documents: readonly OutgoingDocument[],
  options: WriteOptions,
): Promise<WrittenFiles> {
  if (!format.write) throw new RangeError(`${format.name} cannot be written`);
  const parts = new Map<string, Uint8Array[]>();
  const losses: Loss[] = [];
  let path = '';
  for await (const item of format.write(inTurn(documents), options)) {
    if (typeof item === 'string' || item instanceof Uint8Array) {
      const bytes = typeof item === 'string' ? new TextEncoder().encode(item) : item;
      parts.set(path, [...(parts.get(path) ?? []), bytes]);
    } else if (isLoss(item)) losses.push(item);
    else parts.set((path = item.path), []);
  }
  const files = new Map(
    [...parts].map(([name, bytes]) => [name, new Uint8Array(Buffer.concat(bytes))] as const),
  );
  const counts: Record<string, number> = {};
  for (const { what, count } of losses) counts[what] = (counts[what] ?? 0) + count;
  const texts = [...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const);
  return { files, texts: Object.fromEntries(texts), losses: counts };
}

/** The text of the one file that the format writes. */
export async function written(
  format: Format,
  documents: readonly OutgoingDocument[],
  scheme: Scheme,
  options: Partial<WriteOptions> = {},
): Promise<string> {
  return (await writtenFiles(format, documents, writeOptions(scheme, options))).texts[''] ?? '';
}

/** A document on its way out, with nothing but what matters to the test. */
export function outgoing(
  text: string,
  traits: Partial<Omit<OutgoingDocument, 'text'>> = {},
): OutgoingDocument {
  const spans = traits.spans ?? [];
  return {
    text,
    spans,
    relations: traits.relations ?? [],
    document: traits.document ?? {
      id: 'd1',
      projectId: 'first',
      title: 'report.txt',
      length: text.length,
      hash: hashText(text),
      source: canonicalText(text).source,
      meta: {},
      status: 'todo',
      order: 1,
      counts: countSpans(spans),
    },
  };
}

/** The document as it would go out again after the import that brought it, with machine names for the labels' ids. */
export function goingOut(incoming: IncomingDocument): OutgoingDocument {
  const bare = outgoing(incoming.text);
  const { id = bare.document.id, title, meta, status = 'todo', source, labels, note } = incoming;
  return {
    ...bare,
    document: {
      ...bare.document,
      ...{ id, title, meta, status, source },
      ...(labels && { labels }),
      ...(note !== undefined && { note }),
    },
    spans: incoming.spans.map((span): Span => ({
      ...span,
      text: incoming.text.slice(span.start, span.end),
      origin: 'file',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    })),
    relations: incoming.relations,
  };
}

/** A scheme with labels of these machine names, which are their ids as well. */
export function schemeOf(...values: string[]): Scheme {
  return {
    ...emptyScheme,
    labels: values.map((value) => ({ id: value, value, name: value.toUpperCase(), colour: 0 })),
  };
}

async function* inTurn<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

function streamOf(
  bytes: Uint8Array<ArrayBuffer>,
  chunkBytes: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + chunkBytes));
      at += chunkBytes;
    },
  });
}
