import { living } from '../core/scheme.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import { certainty, type Format, type SourceFile, type WriteOptions, type Written } from './format.ts';
import { oneLine } from './json-lines.ts';
import { readDocument, writtenDocument, writtenLabels } from './native/native-document.ts';
import { fieldOf } from './native/native-shape.ts';
import { firstObjects, jsonObjects } from './reading/json-objects.ts';
import { isList, isObject, type JsonObject } from './reading/json-value.ts';
import { spansKey, toDocBin } from './spacy/to-docbin.ts';

/**
 * Training data for spaCy: a document a line, and a script that makes of it what spaCy trains with. Only spaCy itself can
 * write that, as it needs spaCy's own tokens.
 */
export const spacy: Format = {
  name: 'spaCy',
  extensions: ['zip', 'jsonl'],
  mediaType: 'application/zip',
  isFolder: true,
  recognise: (opening) => (firstObjects(opening).some(isRow) ? certainty.bySignature : certainty.no),
  units: ['codepoint'],
  read,
  write,
  holdsRelations: true,
  losses: [
    'spaCy’s spans begin and end with its tokens: the script says which do not, and widens them unless told otherwise.',
    'The names, keys, colours and guidelines of the labels are not in the file, only their machine names.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the file.',
  ],
};

/** Nobody else's lines name the key that spaCy is to keep their spans under. */
function isRow(object: JsonObject): boolean {
  const has = (key: string) => typeof object[key] === 'string';
  return has('spans_key') && has('text') && isList(object['spans'] ?? null);
}

async function* read(file: SourceFile): AsyncGenerator<Reading> {
  for await (const item of jsonObjects(file)) {
    if ('problem' in item) yield { kind: 'problem', problem: item.problem };
    else yield* readDocument(plainRow(item.object), item.place, 'codepoint');
  }
}

/** The row with its categories as labels, the way that Locution's own lines have them. */
function plainRow(row: JsonObject): JsonObject {
  const cats = fieldOf(row, 'cats');
  const { spans_key: _, cats: __, ...rest } = row;
  if (cats === undefined) return rest;
  if (!isObject(cats) || !Object.values(cats).every((score) => typeof score === 'number'))
    return { ...rest, cats };
  const labels = Object.entries(cats).flatMap(([name, score]) => (Number(score) > 0.5 ? [name] : []));
  return labels.length > 0 ? { labels, ...rest } : rest;
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  yield { kind: 'file', path: 'data.jsonl' };
  for await (const document of documents) yield `${oneLine(JSON.stringify(rowOf(document, options)))}\n`;
  yield { kind: 'file', path: 'to_docbin.py' };
  yield toDocBin;
}

function rowOf(outgoing: OutgoingDocument, { scheme }: WriteOptions): JsonObject {
  const written = writtenDocument(outgoing, { scheme, unit: 'codepoint' });
  // spaCy always counts code points. The other two are what Locution's own lines are told by.
  const { offset_unit: _, text_sha256: __, labels: ___, ...row } = written;
  const own = writtenLabels(outgoing.document, scheme);
  // A category that a document does not have is as much to learn from as one that it has.
  const all = new Set([...living(scheme.documentLabels).map(({ value }) => value), ...own]);
  const cats = Object.fromEntries(Array.from(all, (name) => [name, own.includes(name) ? 1 : 0]));
  // First, as a file is told by its beginning, where a long text leaves no place for more.
  return { spans_key: spansKey, ...row, ...(all.size > 0 && { cats }) };
}
