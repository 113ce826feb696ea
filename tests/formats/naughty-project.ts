import type { Span } from '../../src/core/span.ts';
import { canonicalText } from '../../src/core/text.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { naughty } from '../naughty.ts';
import { outgoing, schemeOf } from './reading.ts';

/** Nobody and nothing is called by white space alone. */
const named = (naught: string) => (naught.trim() === '' ? 'blank' : naught);

/** A document that has the string wherever people write something. */
function documentOf(naught: string, index: number): OutgoingDocument {
  const name = named(naught);
  const { text } = canonicalText(`Ada said ${naught} and left.`);
  const said = { label: name, annotator: name, attributes: { speaker: naught, [naught]: [naught] } };
  const span: Span = {
    ...{ id: `s${index}`, start: 9, end: text.length - 10, text: text.slice(9, -10), ...said, note: naught },
    ...{ origin: 'hand', createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
  };
  const relation = { id: `r${index}`, head: span.id, child: span.id, ...said };
  const bare = outgoing(text, { spans: [span], relations: [relation] });
  const meta = { source: naught, [naught]: naught };
  return { ...bare, document: { ...bare.document, id: `d${index}`, title: name, meta, note: naught } };
}

/** A document for each of the strings, and the scheme with their labels. */
export const naughtyProject = naughty.map(documentOf);
export const naughtyScheme = schemeOf(...new Set(naughty.map(named)));
