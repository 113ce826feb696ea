import { expect, test } from 'vitest';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import { blanks } from '../../src/formats/writing/blanks.ts';
import { brought, carried } from './carried.ts';
import { naughtyProject, naughtyScheme } from './naughty-project.ts';
import { behindApostrophe, formatNamed, lossless, thereAndBack } from './there-and-back.ts';

type Told = ReturnType<typeof carried> | ReturnType<typeof brought>;

/** Ids of spans and relations are not told from those of other programs in every format: they are numbered here. */
function numbered(document: Told) {
  const ids = new Map(document.spans.map(({ id }, index) => [id, index]));
  return {
    ...document,
    spans: document.spans.map((span) => ({ ...span, id: ids.get(span.id) })),
    relations: document.relations.map(({ id: _, head, child, ...relation }) => ({
      ...relation,
      joins: [ids.get(head), ids.get(child)],
    })),
  };
}

const byId = (all: readonly { readonly id?: string }[]) => all.toSorted((a, b) => (a.id! < b.id! ? -1 : 1));

test.each(lossless)(
  '%s holds what other programs stumble over, in every field (B34)',
  async (name, others) => {
    const { read, complaints, losses, strangers } = await thereAndBack(
      formatNamed(name),
      naughtyProject,
      {},
      naughtyScheme,
    );
    const same = (document: Told) => (name === 'Prodigy JSONL' ? numbered(document) : document);
    expect(byId(read.map((one) => same(brought(one))))).toEqual(
      byId(naughtyProject.map((one) => same(carried(one)))),
    );
    const { [behindApostrophe]: _, ...lost } = losses;
    expect({ complaints, lost, strangers }).toEqual({ complaints: [], lost: {}, strangers: others });
  },
);

/** brat has one word for a label, and quotes no white space alone and nothing that begins or ends with a line break or a tab. */
const edges = /^[\n\t]*|[\n\t]*$/g;
function marksOf(name: string, { text, spans }: Pick<IncomingDocument | OutgoingDocument, 'text' | 'spans'>) {
  if (name !== 'brat')
    return { text, places: spans.map(({ start, end, label }) => `${start}-${end} ${label}`).sort() };
  const quotable = spans.filter(({ start, end }) => /[^\n\t ]/.test(text.slice(start, end)));
  const places = quotable.map(({ start, end, label }) =>
    [text.slice(start, end).replace(edges, ''), label.replace(blanks, '_')].join(' '),
  );
  return { text, places: places.sort() };
}

test.each(['brat', 'Label Studio JSON', 'doccano JSONL'])(
  '%s holds them in texts and labels, and every span covers what it did (B34)',
  async (name) => {
    const unit = name === 'doccano JSONL' ? ({ unit: 'utf16' } as const) : {};
    const { read, complaints } = await thereAndBack(formatNamed(name), naughtyProject, unit, naughtyScheme);
    const inOrder = (all: readonly ReturnType<typeof marksOf>[]) =>
      all.toSorted((a, b) => (a.text < b.text ? -1 : 1));
    expect(inOrder(read.map((one) => marksOf(name, one)))).toEqual(
      inOrder(naughtyProject.map((one) => marksOf(name, one))),
    );
    expect(complaints).toEqual([]);
  },
);
