import { fileProblem } from '../core/problem.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type ReadContext,
  type SourceFile,
  type WriteOptions,
} from './format.ts';
import { oneLine } from './json-lines.ts';
import { outsideDocument } from './reading/outside-document.ts';
import type { Place } from './reading/place.ts';
import { wholeText, withoutByteOrderMark } from './reading/source-text.ts';
import { UnitProof } from './reading/unit-proof.ts';
import { wholeJson } from './reading/whole-json.ts';
import { Iris } from './web-annotation/iri.ts';
import { gather, joinStray } from './web-annotation/gathering.ts';
import { documentOf, type Source } from './web-annotation/sources.ts';
import { itemsOf, pageContext } from './web-annotation/writing.ts';

/**
 * The Web Annotation Data Model of the W3C, as one page. The model leaves the texts where they are; ours stand among the
 * items, each before its annotations, as resources of the type `Text` whose `value` is the text.
 */
export const webAnnotation: Format = {
  name: 'Web Annotation',
  extensions: ['jsonld', 'json'],
  mediaType: 'application/ld+json',
  recognise,
  companions: (name) => [name.replace(/(\.[^./]*)?$/, '.txt')],
  units: ['codepoint', 'utf16'],
  read,
  write,
  holdsRelations: true,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the file, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the file, only what the spans and documents have of them.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the file.',
  ],
};

function recognise({ extension, text }: Opening): Certainty {
  const start = text.trimStart();
  if (!/^[[{]/.test(start) || /"(offset_unit|text_sha256)"\s*:/.test(start)) return certainty.no;
  if (/"@context"\s*:\s*(\[\s*)?"https?:\/\/www\.w3\.org\/ns\/anno\.jsonld"/.test(start))
    return certainty.bySignature;
  const isShaped =
    /"type"\s*:\s*"Annotation(Page|Collection)?"/.test(start) && /"(target|items|first)"\s*:/.test(start);
  if (isShaped) return certainty.byShape;
  return extension === 'jsonld' ? certainty.byExtension : certainty.no;
}

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await wholeJson(file);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  const { value, place } = whole;
  const sources = new Map<string, Source>();
  yield* gather(value, place, sources);
  joinStray(sources);
  yield* companionText(sources, context);
  for (const source of sources.values()) yield* readSource(source, context, place);
}

/** The text file of the same name, which is the text of the one source that has none. */
async function* companionText(
  sources: Map<string, Source>,
  { companions }: ReadContext,
): AsyncGenerator<Reading> {
  const [companion] = companions.values();
  if (!companion) return;
  const bare = [...sources.values()].filter(({ resource }) => !resource);
  if (bare.length !== 1) {
    const message =
      'this text was left out: it could not be told which annotations of the file beside it are about it.';
    return yield { kind: 'problem', problem: fileProblem('skipped', companion.name, message) };
  }
  const whole = await wholeText(companion);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  bare[0]!.resource = { id: bare[0]!.iri, label: companion.name, value: withoutByteOrderMark(whole.text) };
}

function* readSource(source: Source, { options, proof }: ReadContext, file: Place): Generator<Reading> {
  const place = source.place ?? file;
  if (!source.resource) {
    const { length } = source.marks;
    const message = `${length === 1 ? '1 annotation of' : `${length} annotations of`} “${source.iri}” ${length === 1 ? 'was' : 'were'} left out: this file does not have its text. Put the text beside it under the same name with .txt, and import both together.`;
    return yield { kind: 'problem', problem: place.problem('refused', message) };
  }
  const { document, problems, proving } = documentOf(source, options.unit ?? 'codepoint');
  for (const problem of problems) yield { kind: 'problem', problem };
  // Places that were found by their words say nothing about the unit that the file counts in.
  proof.weigh(document.text, proving);
  yield* outsideDocument(document, place, { options, proof: new UnitProof(['codepoint']) }, 'codepoint');
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme }: WriteOptions,
): AsyncGenerator<string> {
  yield `{"@context":${JSON.stringify(pageContext)},"type":"AnnotationPage","items":[`;
  let isFirst = true;
  const iris = new Iris();
  for await (const document of documents)
    for (const item of itemsOf(document, scheme, iris)) {
      yield `${isFirst ? '' : ','}\n${oneLine(JSON.stringify(item))}`;
      isFirst = false;
    }
  yield '\n]}\n';
}
