import type { OutgoingDocument } from '../core/transfer.ts';
import type { Scheme } from '../core/scheme.ts';
import { casParts, type Features } from './cas/cas-features.ts';
import { casTypes, initialView, stringRange } from './cas/cas-types.ts';
import { readXmi } from './checking/pages.ts';
import type { Format, WriteOptions, Written } from './format.ts';
import { DocumentPaths } from './writing/document-paths.ts';
import { loss } from './writing/losses.ts';

/** The XML of a UIMA CAS, a file a document beside the type system that all of them need; offsets count UTF-16 units. */
export const casXmi: Format = {
  name: 'UIMA CAS XMI',
  extensions: ['zip', 'xmi'],
  mediaType: 'application/zip',
  readBack: readXmi,
  pieces,
  isFolder: true,
  write,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the files, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the files, only what the spans and documents have of them.',
    'The history is not in the files: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the files.',
  ],
};

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme }: WriteOptions,
): AsyncGenerator<Written> {
  yield { kind: 'file', path: 'TypeSystem.xml' };
  yield typeSystem();
  const paths = new DocumentPaths('xmi');
  for await (const document of documents) {
    yield { kind: 'file', path: paths.next(document.document.title) };
    const { xml, replaced } = xmiOf(document, scheme);
    yield xml;
    if (replaced > 0) yield loss(replaced, 'characters that XML forbids, which became spaces');
  }
}

function xmiOf(
  outgoing: OutgoingDocument,
  scheme: Scheme,
): { readonly xml: string; readonly replaced: number } {
  const { document, spans, relations } = casParts(outgoing, scheme);
  let replaced = 0;
  const element = (name: string, attributes: Readonly<Record<string, string | number>>) => {
    const pairs = Object.entries(attributes).map(([key, value]) => {
      replaced += String(value).match(forbidden)?.length ?? 0;
      return `${key}="${escaped(String(value))}"`;
    });
    return `  <${name} ${pairs.join(' ')}/>\n`;
  };
  const own = (type: string) => `custom:${type.replace(/^.*\./, '')}`;
  const [textId, documentId, firstSpan] = [1, 2, 3];
  const parts = [
    element('cas:NULL', { 'xmi:id': 0 }),
    element(own(casTypes.document.name), { 'xmi:id': documentId, ...document }),
    ...spans.map(({ start, end, features }, index) =>
      element(own(casTypes.span.name), {
        'xmi:id': firstSpan + index,
        sofa: textId,
        begin: start,
        end,
        ...features,
      }),
    ),
    ...relations.map(({ source, target, features }, index) =>
      element(own(casTypes.relation.name), {
        'xmi:id': firstSpan + spans.length + index,
        ...ends(firstSpan, source, target, features),
      }),
    ),
    element('cas:Sofa', {
      ...{ 'xmi:id': textId, sofaNum: 1, sofaID: initialView, mimeType: 'text', sofaString: outgoing.text },
    }),
    element('cas:View', { sofa: textId, members: idsFrom(documentId, 1 + spans.length + relations.length) }),
  ];
  return { xml: `${head}${parts.join('')}</xmi:XMI>\n`, replaced };
}

function ends(firstSpan: number, source: number, target: number, features: Features) {
  return { source: firstSpan + source, target: firstSpan + target, ...features };
}

function idsFrom(first: number, count: number): string {
  return Array.from({ length: count }, (_, index) => first + index).join(' ');
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore" xmi:version="2.0">
`;

/** What is read back: XML has spaces for what it cannot write. */
function pieces(outgoing: OutgoingDocument, { scheme }: WriteOptions) {
  const written = (words: string) => words.replace(forbidden, ' ');
  const spans = casParts(outgoing, scheme).spans.map(({ start, end, features }) => ({
    ...{ start, end },
    label: written(features['label'] ?? ''),
  }));
  return [{ text: written(outgoing.text), spans }];
}

/** What XML 1.0 has no way to write. Each is one UTF-16 unit, and so is the space that takes its place. */
// eslint-disable-next-line no-control-regex -- these characters are what is looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** Line ends and tabs are escaped too, as a reader of XML makes spaces of them in attributes. */
function escaped(value: string): string {
  return value
    .toWellFormed()
    .replace(forbidden, ' ')
    .replace(/[&<>"\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function typeSystem(): string {
  const types = Object.values(casTypes).map(({ name, parent, features, references }) => {
    const feature = (key: string, range: string) =>
      `        <featureDescription><name>${key}</name><rangeTypeName>${range}</rangeTypeName></featureDescription>\n`;
    const all = [
      ...features.map((key) => feature(key, stringRange)),
      ...references.map((key) => feature(key, casTypes.span.name)),
    ];
    return `    <typeDescription>\n      <name>${name}</name>\n      <supertypeName>${parent}</supertypeName>\n      <features>\n${all.join('')}      </features>\n    </typeDescription>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n  <types>\n${types.join('')}  </types>\n</typeSystemDescription>\n`;
}
