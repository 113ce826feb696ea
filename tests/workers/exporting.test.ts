import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { plainChoices, type ExportChoices } from '../../src/core/export-plan.ts';
import { firstProject } from '../../src/core/project.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { parts, type Part } from '../../src/core/splits/part.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { formats } from '../../src/formats/formats.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { unpacked } from '../../src/formats/reading/archive.ts';
import type { Database } from '../../src/storage/database.ts';
import { keepParts, partsBefore } from '../../src/storage/parts.ts';
import { exportDocuments, measureExport } from '../../src/workers/exporting/exporting.ts';
import { Ledger, type Link, type Mark } from '../../src/workers/exporting/ledger.ts';
import { document as anyDocument } from '../formats/arbitraries.ts';
import { schemeOf, sourceFile } from '../formats/reading.ts';
import { annotated } from '../annotated.ts';
import { newWorkspace, shelve } from '../storage/workspace.ts';

const writers = formats.filter(({ write }) => write).map(({ name }) => name);
const quiet = () => undefined;
const asked = { projectId: 'first', date: '2026-01-01', version: '0' };
const anyDocuments = fc.uniqueArray(anyDocument, {
  minLength: 1,
  maxLength: 3,
  selector: (outgoing) => outgoing.document.id,
});
const anyScheme = schemeOf('claim', 'denial', 'false_alarm', 'נאום', '__proto__');
/** Other tools have labels of several words, and of signs that some formats cannot write. */
const oddScheme: Scheme = {
  ...anyScheme,
  labels: anyScheme.labels.map((label) =>
    label.id === 'claim' ? { ...label, value: 'a bold claim; or|so [x] “y”' } : label,
  ),
};

/** Puts documents as they would go out into a workspace, and gives back what an export of them is told. */
async function shelved(database: Database, documents: readonly OutgoingDocument[]) {
  for (const { document, text, spans, relations } of documents)
    await shelve(database, document, text, { spans: [...spans], relations: [...relations] });
  return { ...asked, documentIds: documents.map(({ document }) => document.id), choices: plainChoices };
}

describe('every export is read back and compared before it is handed out', () => {
  test.each(writers)('%s, over random projects', async (format) => {
    await fc.assert(
      fc.asyncProperty(anyDocuments, fc.constantFrom(anyScheme, oddScheme), async (documents, scheme) => {
        const { workspace, database } = await newWorkspace();
        const order = await shelved(database, documents);
        const { blob, losses } = await exportDocuments(database, { ...order, format, scheme }, quiet);
        expect(blob).toBeInstanceOf(Blob);
        const measured = await measureExport(database, { ...order, format, scheme }, quiet);
        expect(measured.losses).toEqual(losses);
        workspace.close();
      }),
      { numRuns: 15 },
    );
  });
});

test('a span that does not stand on its words goes out in no file, which is counted and told', async () => {
  const { workspace, database } = await newWorkspace();
  const { text, spans } = annotated('[Ada](claim) [denied](denial) it', 'file');
  const [ada, denied] = [spans[0]!, { ...spans[1]!, start: 2, end: 8 }];
  const relation = {
    id: 'r',
    head: denied.id,
    child: ada.id,
    label: 'targets',
    annotator: 'anna',
    attributes: {},
  };
  await shelve(database, { id: 'd', title: 'd' }, text, { spans: [ada, denied], relations: [relation] });
  const order = { ...asked, documentIds: ['d'], choices: plainChoices, scheme: anyScheme };
  for (const format of ['JSON Lines', 'CSV', 'brat']) {
    const { spans: written, losses, unsound } = await exportDocuments(database, { ...order, format }, quiet);
    expect([written, unsound]).toEqual([1, 1]);
    expect(losses).toContainEqual({ what: 'spans that do not stand on their words', count: 1 });
    expect(losses).toContainEqual({ what: 'relations of which an end is gone', count: 1 });
  }
  workspace.close();
});

test('a file whose relations do not come back is not handed out', async () => {
  const { workspace, database } = await newWorkspace();
  const { text, spans } = annotated('[Ada](claim) [denied](denial) it', 'file');
  const ends = { head: spans[1]!.id, child: spans[0]!.id };
  const relation = { id: 'r', ...ends, label: 'targets', annotator: 'anna', attributes: {} };
  await shelve(database, { id: 'd', title: 'd' }, text, { spans, relations: [relation] });
  const order = {
    ...asked,
    documentIds: ['d'],
    choices: plainChoices,
    scheme: anyScheme,
    format: 'JSON Lines',
  };
  expect(await exportDocuments(database, order, quiet)).toHaveProperty('blob');
  const write = jsonLines.write!;
  const spoiled = vi.spyOn(jsonLines, 'write').mockImplementation(async function* (documents, options) {
    for await (const part of write(documents, options))
      yield typeof part === 'string' ? part.replace('"label":"targets"', '"label":"denies"') : part;
  });
  await expect(exportDocuments(database, order, quiet)).rejects.toThrow(/relations of 1 documents/);
  spoiled.mockRestore();
  workspace.close();
});

describe('choices', () => {
  const scheme = firstProject().scheme;
  const idOf = (value: string) => scheme.labels.find((label) => label.value === value)!.id;

  /** A workspace with reports in our notation, each span by anna unless the report says otherwise. */
  async function reports(
    ...notations: readonly string[]
  ): Promise<{ database: Database; documentIds: string[] }> {
    const { database } = await newWorkspace();
    for (const [index, notation] of notations.entries()) {
      const { text, spans } = annotated(notation, 'file');
      const marked = spans.map((span) => ({
        ...span,
        label: idOf(span.label),
        annotator: index % 2 ? 'ben' : 'anna',
      }));
      await shelve(database, { id: `r${index + 1}`, title: `r${index + 1}` }, text, {
        spans: marked,
        relations: [],
      });
    }
    return { database, documentIds: notations.map((_, index) => `r${index + 1}`) };
  }

  async function exported(choices: Partial<ExportChoices>, format = 'JSON Lines', ...notations: string[]) {
    const { database, documentIds } = await reports(...notations);
    const order = { ...asked, format, documentIds, scheme, choices: { ...plainChoices, ...choices } };
    return exportDocuments(database, order, quiet);
  }

  test('only the chosen annotators’ spans go, and all annotators are named', async () => {
    const { spans, annotators } = await exported(
      { annotators: ['ben'] },
      'JSON Lines',
      '[Ada](claim) said',
      '[Ben](denial) too',
    );
    expect([spans, annotators]).toEqual([1, ['anna', 'ben']]);
  });

  test('a text that says the same for ever comes back out of its zip, which from others would be refused', async () => {
    const { blob } = await exported({}, 'brat', `[Ada](claim) ${'said so. '.repeat(300_000)}`);
    expect(blob!.size).toBeLessThan(100_000);
  });

  test('offsets as doccano counts them, unless another unit was chosen', async () => {
    const first = async (choices: Partial<ExportChoices>) => {
      const { blob } = await exported(choices, 'doccano JSONL', '😊 [Ada](claim) said');
      return (JSON.parse(await blob!.text()) as { label: unknown[] }).label[0];
    };
    expect(await first({})).toEqual([3, 6, 'claim']);
    expect(await first({ unit: 'codepoint' })).toEqual([2, 5, 'claim']);
  });

  test('offsets in the unit that was chosen', async () => {
    const { blob } = await exported({ unit: 'byte' }, 'JSON Lines', '“[Ada](claim)” said');
    const line = JSON.parse(await blob!.text()) as {
      offset_unit: string;
      spans: { start: number; end: number }[];
    };
    expect([line.offset_unit, line.spans[0]!.start, line.spans[0]!.end]).toEqual(['byte', 3, 6]);
  });

  /** The files of an export that comes as a zip, by path. */
  async function filesIn(blob: Blob): Promise<Record<string, string>> {
    const { files } = await unpacked([sourceFile('e.zip', new Uint8Array(await blob.arrayBuffer()))]);
    const texts = await Promise.all(
      files.map(async ({ name, stream }) => [name.slice(6), await new Response(stream()).text()]),
    );
    return Object.fromEntries(texts) as Record<string, string>;
  }

  test('where one file goes for each label, every span goes', async () => {
    const both = '[Ada [denied](denial) it](claim) twice';
    const { blob, documents, spans, losses } = await exported({ overlaps: 'by-label' }, 'CoNLL 2003', both);
    const files = await filesIn(blob!);
    expect(Object.keys(files)).toEqual(scheme.labels.map(({ value }) => `${value}.conll`));
    expect(files['claim.conll']).toMatch(/Ada .*B-claim\ndenied .*I-claim\nit .*I-claim\n/);
    expect(files['denial.conll']).toMatch(/Ada .*O\ndenied .*B-denial\nit .*O\n/);
    expect([documents, spans]).toEqual([1, 2]);
    expect(losses.map(({ what }) => what)).not.toContain('spans that overlap another');
  });

  describe('what a choice takes along is counted', () => {
    const marks = (spans: [id: string, label: string, annotator: string][]) =>
      spans.map(([id, label, annotator], index) => ({
        ...annotated('[Ada](claim) said').spans[0]!,
        ...{ id, label: idOf(label), annotator, start: index * 4, end: index * 4 + 3, text: 'Ada' },
      }));
    const link = { id: 'l1', head: 's1', child: 's2', label: scheme.relations[0]!.id, attributes: {} };
    const when = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };
    const lossesOf = async (
      annotators: [string, string],
      choices: Partial<ExportChoices>,
      format: string,
    ) => {
      const { database } = await newWorkspace();
      await shelve(database, { id: 'r1', title: 'r1' }, 'Ada Ada said so', {
        spans: marks([
          ['s1', 'claim', annotators[0]],
          ['s2', 'denial', annotators[1]],
        ]),
        relations: [{ ...link, ...when, annotator: 'anna' }],
      });
      const order = {
        ...asked,
        format,
        documentIds: ['r1'],
        scheme,
        choices: { ...plainChoices, ...choices },
      };
      const { losses } = await exportDocuments(database, order, quiet);
      return Object.fromEntries(losses.map(({ what, count }) => [what, count]));
    };

    test('a relation to a span of somebody who is not chosen', async () => {
      const losses = await lossesOf(['anna', 'ben'], { annotators: ['anna'] }, 'JSON Lines');
      expect(losses['relations of which an end is elsewhere']).toBe(1);
    });

    test('a relation from one label to another, and what is said of documents, once over the files of all labels', async () => {
      const losses = await lossesOf(['anna', 'anna'], { overlaps: 'by-label' }, 'BIO');
      expect([losses['relations'], losses['documents’ status']]).toEqual([1, 1]);
    });
  });

  test('the layout of a document is told as lost', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'r1', title: 'r1' }, 'Notes\nAda said', { spans: [], relations: [] });
    await database.texts.update('r1', { lineKinds: [{ line: 0, kind: 'heading' }] });
    const order = { ...asked, format: 'CSV', documentIds: ['r1'], scheme, choices: plainChoices };
    const { losses } = await exportDocuments(database, order, quiet);
    expect(losses.find(({ what }) => what.includes('layout'))?.count).toBe(1);
  });

  test('a text behind an apostrophe that guards it in spreadsheets is told, as offsets do not count that', async () => {
    const guarded = async (safeCells: boolean) =>
      (await exported({ safeCells }, 'CSV', '- [Ada](claim) said')).losses.find(({ what }) =>
        what.includes('apostrophe'),
      )?.count;
    expect([await guarded(true), await guarded(false)]).toEqual([1, undefined]);
  });

  test.each(writers)(
    '%s: a text longer than what a file is told by comes back, alone and in parts',
    async (format) => {
      const long = `[Ada](claim) ${'said that Ben was there and that nobody knew. '.repeat(8_000)}[He](denial) left.`;
      for (const split of [undefined, { seed: 1, shares: { train: 1, validation: 1, test: 0 } }]) {
        const choices = split ? { split } : {};
        const { documents } = await exported(
          choices,
          format,
          long,
          'Ben [said](claim) no',
          '[Eve](denial) too',
        );
        expect(documents).toBe(3);
      }
    },
  );

  test('a format that holds overlaps comes as one file whatever was chosen for them', async () => {
    const { blob } = await exported({ overlaps: 'by-label' }, 'JSON Lines', '[Ada](claim) said');
    expect(JSON.parse(await blob!.text())).toMatchObject({ text: 'Ada said' });
  });

  test.each(['paragraph', 'sentence'] as const)('what lies across a %s is counted', async (textUnit) => {
    const notation = '[Ada denied it.\n\nBen](claim) agreed. [Cem](denial) left.';
    const { blob, documents, spans, losses } = await exported({ textUnit }, 'JSON Lines', notation);
    const texts = (await blob!.text()).trimEnd().split('\n');
    expect(texts.map((line) => (JSON.parse(line) as { text: string }).text)).toEqual(
      textUnit === 'paragraph'
        ? ['Ada denied it.', 'Ben agreed. Cem left.']
        : ['Ada denied it.', 'Ben agreed.', 'Cem left.'],
    );
    expect([documents, spans]).toEqual([1, 1]);
    expect(losses).toContainEqual({ what: `spans across the end of a ${textUnit}`, count: 1 });
  });

  describe('a split', () => {
    const shares = { train: 0.5, validation: 0.25, test: 0.25 };
    const split = { shares, seed: 1 };
    const press = Array.from(
      { length: 8 },
      (_, index) => `Report ${index}: [${'abcdefgh'[index]!.repeat(9)}](claim) was said on day ${index * 7}`,
    );
    const titlesIn = (files: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(files).flatMap(([path, content]) =>
          path.endsWith('.jsonl')
            ? [
                [
                  path,
                  content
                    .trimEnd()
                    .split('\n')
                    .map((line) => (JSON.parse(line) as { id: string }).id),
                ],
              ]
            : [],
        ),
      );

    test('gives a file for each part, and a later export moves no document', async () => {
      const { database, documentIds } = await reports(...press);
      const first = documentIds.slice(0, 6);
      const order = { ...asked, format: 'JSON Lines', scheme, choices: { ...plainChoices, split } };
      const before = await exportDocuments(database, { ...order, documentIds: first }, quiet);
      const dealt = titlesIn(await filesIn(before.blob!));
      expect(Object.keys(dealt)).toEqual(['train.jsonl', 'validation.jsonl', 'test.jsonl']);
      expect(Object.values(dealt).flat().sort()).toEqual(first);
      const choices = { ...plainChoices, split: { shares, seed: 99 } };
      const after = await exportDocuments(database, { ...order, documentIds, choices }, quiet);
      const again = titlesIn(await filesIn(after.blob!));
      for (const [part, ids] of Object.entries(dealt))
        expect(again[part]).toEqual(expect.arrayContaining(ids));
      expect(Object.values(again).flat().sort()).toEqual(documentIds);
    });

    describe('of documents that are nearly the same as some of an earlier export', () => {
      const report =
        'The [minister](claim) said on Friday that no soldier had crossed the border at night, that both sides knew it, and that whoever wrote otherwise had not been there';
      const changed = [report.replace('Friday', 'Monday'), report.replace('night', 'dawn')];
      const order = { ...asked, format: 'JSON Lines', scheme, choices: { ...plainChoices, split } };
      const partsIn = (database: Database) => partsBefore(database, asked.projectId);

      test.each(parts)('sends them after it into %s', async (part) => {
        const { database } = await reports(report, ...press, ...changed);
        await keepParts(database, asked.projectId, new Map([['r1', part]]));
        const documentIds = ['r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r10', 'r11'];
        const { blob, documents, warnings } = await exportDocuments(
          database,
          { ...order, documentIds },
          quiet,
        );
        const dealt = titlesIn(await filesIn(blob!));
        expect(dealt[`${part}.jsonl`]).toEqual(expect.arrayContaining(['r10', 'r11']));
        expect(Object.values(dealt).flat().sort()).toEqual([...documentIds].sort());
        expect([documents, warnings]).toEqual([8, []]);
        const kept = await partsIn(database);
        expect([kept.get('r1'), kept.get('r10'), kept.get('r11')]).toEqual([part, part, part]);
      });

      test('sends them where most of them are, and says that they are in several parts', async () => {
        const { database } = await reports(report, report, report, changed[0]!);
        const before = new Map<string, Part>([
          ['r1', 'train'],
          ['r2', 'test'],
          ['r3', 'test'],
        ]);
        await keepParts(database, asked.projectId, before);
        const { warnings } = await exportDocuments(database, { ...order, documentIds: ['r4'] }, quiet);
        expect((await partsIn(database)).get('r4')).toBe('test');
        expect(warnings).toContainEqual(expect.stringContaining('in several parts (test, train)'));
      });

      test('passes over those that are gone', async () => {
        const { database } = await reports(report, ...press, ...changed);
        await keepParts(database, asked.projectId, new Map([['r1', 'test']]));
        await database.documents.delete('r1');
        await database.texts.delete('r1');
        const documentIds = ['r2', 'r10', 'r11'];
        const shared = { ...plainChoices, split: { shares: { train: 1, validation: 0, test: 0 }, seed: 1 } };
        await exportDocuments(database, { ...order, documentIds, choices: shared }, quiet);
        const kept = await partsIn(database);
        expect(documentIds.map((id) => kept.get(id))).toEqual(['train', 'train', 'train']);
      });
    });

    test('that only counts what would be lost deals out nothing for good', async () => {
      const { database, documentIds } = await reports(...press);
      const order = {
        ...asked,
        format: 'JSON Lines',
        documentIds,
        scheme,
        choices: { ...plainChoices, split },
      };
      await measureExport(database, order, quiet);
      expect(await database.preferences.toArray()).toEqual([]);
    });

    test('of a single document is a zip all the same, and says what is odd', async () => {
      const { blob, warnings } = await exported({ split }, 'JSON Lines', '[Ada](claim) said');
      expect(Object.keys(await filesIn(blob!))).toHaveLength(1);
      expect(warnings).toContain('There is only one document, fewer than there are parts.');
    });

    test('knows the pieces of a document from another one that is called like a piece', async () => {
      const { database } = await newWorkspace();
      for (const id of ['a', 'a#1'])
        await shelve(database, { id, title: id }, 'He said so.\n\nThey denied it.', {
          spans: [],
          relations: [],
        });
      const parted = new Map<string, Part>([
        ['a', 'test'],
        ['a#1', 'train'],
      ]);
      await keepParts(database, asked.projectId, parted);
      const choices = { ...plainChoices, split, textUnit: 'paragraph' as const };
      const order = { ...asked, format: 'Dataset folder', documentIds: ['a', 'a#1'], scheme, choices };
      const { blob } = await exportDocuments(database, order, quiet);
      expect(titlesIn(await filesIn(blob!))).toEqual({
        'data/train.jsonl': ['a#1#1', 'a#1#2'],
        'data/test.jsonl': ['a#1', 'a#2'],
      });
    });

    test('names the labels that a part lacks in one sentence', async () => {
      const { warnings } = await exported(
        { split },
        'JSON Lines',
        ...['[Ada](claim) [denied](denial) [it](appeal)', 'Ben was there', 'The port was shut'],
      );
      const lacking = warnings.map((warning) => /^The labels .* do not occur in the part/.exec(warning)?.[0]);
      expect(lacking).toEqual(
        Array(2).fill('The labels “appeal”, “claim” and “denial” do not occur in the part'),
      );
    });

    test('goes into the dataset folder as its parts', async () => {
      const { blob } = await exported({ split }, 'Dataset folder', ...press);
      const files = await filesIn(blob!);
      const dealt = titlesIn(files);
      expect(Object.keys(dealt)).toEqual(['data/train.jsonl', 'data/validation.jsonl', 'data/test.jsonl']);
      expect(Object.values(dealt).flat()).toHaveLength(press.length);
      expect(files['README.md']).toContain('data/test.jsonl');
    });
  });

  describe('a file that the user picked', () => {
    /** A file of the disk: what is written counts once it is closed. */
    function picked(fault?: Error) {
      let content = 'what was there';
      const createWritable = async () => {
        let arrived = '';
        return new WritableStream<Uint8Array>({
          write: (chunk) => {
            if (fault) throw fault;
            arrived += new TextDecoder().decode(chunk);
          },
          close: () => void (content = arrived),
        });
      };
      const target = { createWritable } as unknown as FileSystemFileHandle;
      return { target, content: () => content };
    }

    async function exportTo(target: FileSystemFileHandle) {
      const { database, documentIds } = await reports('[Ada](claim) said');
      const choices = { ...plainChoices, split: { shares: { train: 1, validation: 0, test: 0 }, seed: 1 } };
      const order = { ...asked, format: 'JSON Lines', documentIds, scheme, choices, target };
      return {
        database,
        exported: await exportDocuments(database, order, quiet).catch((error) => error as Error),
      };
    }

    test('has the whole export', async () => {
      const { target, content } = picked();
      const { database, exported: result } = await exportTo(target);
      expect(result).not.toHaveProperty('blob');
      expect(content()).toMatch(/^PK/);
      expect(await database.preferences.count()).toBe(1);
    });

    test('is as it was when the disk is full, and nothing is dealt out', async () => {
      const { target, content } = picked(new Error('the disk is full'));
      const { database, exported: result } = await exportTo(target);
      expect(result).toMatchObject({ message: 'the disk is full' });
      expect(content()).toBe('what was there');
      expect(await database.preferences.count()).toBe(0);
    });

    test('is as it was when what was written does not come back', async () => {
      const spoiled = vi.spyOn(Ledger.prototype, 'difference').mockReturnValue('the spans came back changed');
      const { target, content } = picked();
      const { exported: result } = await exportTo(target);
      spoiled.mockRestore();
      expect(result).toMatchObject({ message: expect.stringContaining('the spans came back changed') });
      expect(content()).toBe('what was there');
    });
  });
});

describe('a ledger', () => {
  const text = 'Ada denied it, twice.';
  const marks = [
    { start: 0, end: 3, label: 'claim' },
    { start: 4, end: 10, label: 'denial' },
  ];
  const difference = (mode: 'exact' | 'words', ...back: [text: string, marks: typeof marks][]) => {
    const ledger = new Ledger(mode);
    ledger.enter(text, marks);
    for (const [words, all] of back) ledger.enterBack(words, all);
    return ledger.difference();
  };

  test('balances, in whatever order marks and documents come', () => {
    expect(difference('exact', [text, marks.toReversed()])).toBeUndefined();
    expect(difference('exact', [text, [marks[1]!]], [text, [marks[0]!]])).toBeUndefined();
  });

  test.each<[string, [string, typeof marks][], RegExp]>([
    ['a text that is not there', [], /1 of 1 texts came back changed or not at all/],
    ['a text with another letter', [[text.replace('it', 'is'), marks]], /1 of 1 texts came back changed/],
    [
      'a text too many',
      [
        [text, marks],
        ['Ben.', []],
      ],
      /1 texts came back that nobody wrote/,
    ],
    ['a span that is gone', [[text, marks.slice(1)]], /of 1 documents came back changed/],
    ['a span twice', [[text, [...marks, marks[0]!]]], /of 1 documents came back changed/],
    [
      'a span moved by a character',
      [[text, [{ ...marks[0]!, end: 4 }, marks[1]!]]],
      /of 1 documents came back changed/,
    ],
    [
      'labels the wrong way round',
      [
        [
          text,
          [
            { ...marks[0]!, label: 'denial' },
            { ...marks[1]!, label: 'claim' },
          ],
        ],
      ],
      /of 1 documents came back changed/,
    ],
  ])('refuses %s', (_, back, fault) => {
    expect(difference('exact', ...back)).toMatch(fault);
  });

  test('minds what relations join, which way round, and by what', () => {
    const [head, child] = marks as [Mark, Mark];
    const link = { head, child, label: 'targets' };
    const after = (...back: Link[]) => {
      const ledger = new Ledger('exact');
      ledger.enter(text, marks, [link]);
      ledger.enterBack(text, marks, back);
      return ledger.difference();
    };
    expect(after({ ...link })).toBeUndefined();
    const changed = [
      [],
      [link, link],
      [{ ...link, head: child, child: head }],
      [{ ...link, label: 'denies' }],
    ];
    for (const back of changed) expect(after(...back)).toMatch(/relations of 1 documents came back changed/);
  });

  test('of words minds at which of two like words a span is, and of quotes does not', () => {
    const twice = 'no and no';
    const at = (start: number) => [{ start, end: start + 2, label: 'denial' }];
    const moved = (mode: 'words' | 'quotes') => {
      const ledger = new Ledger(mode);
      ledger.enter(twice, at(0));
      ledger.enterBack('no  and no', at(8));
      return ledger.difference();
    };
    expect(moved('words')).toMatch(/of 1 documents came back changed/);
    expect(moved('quotes')).toBeUndefined();
  });

  test('of words minds no white space, but every word', () => {
    const spaced = 'Ada denied it ,\ntwice .';
    expect(difference('words', [spaced, marks])).toBeUndefined();
    expect(difference('words', [spaced, [marks[0]!, { ...marks[1]!, end: 13 }]])).toMatch(/spans/);
    expect(difference('words', ['Ada denied it.', marks])).toMatch(/texts came back changed/);
  });
});

describe('names and files', () => {
  const scheme = schemeOf('../a', 'A/b', 'a/B', 'constructor', '__proto__');

  async function oneDocument() {
    const { database } = await newWorkspace();
    const { text, spans } = annotated('[Ada](claim) said', 'file');
    const marked = spans.map((span) => ({ ...span, label: scheme.labels[3]!.id }));
    await shelve(database, { id: 'r1', title: 'r1' }, text, { spans: marked, relations: [] });
    return { database, order: { ...asked, documentIds: ['r1'], scheme } };
  }

  test('labels whose machine names are paths give names of files that lead nowhere (B31)', async () => {
    const { database, order } = await oneDocument();
    const choices = { ...plainChoices, overlaps: 'by-label' as const };
    const { blob } = await exportDocuments(database, { ...order, format: 'CoNLL 2003', choices }, quiet);
    const { files } = await unpacked([sourceFile('a.zip', new Uint8Array(await blob!.arrayBuffer()))]);
    expect(files.map(({ name }) => name)).toEqual(
      ['_a', 'A_b', 'a_B (2)', 'constructor', '__proto__'].map((name) => `a.zip/${name}.conll`),
    );
  });

  test('labels may have the names of what every object has (B12)', async () => {
    const { database, order } = await oneDocument();
    const split = { shares: { train: 1, validation: 0, test: 0 }, seed: 1 };
    const choices = { ...plainChoices, split };
    const { spans } = await exportDocuments(database, { ...order, format: 'JSON Lines', choices }, quiet);
    expect(spans).toBe(1);
  });

  test('the file that the user picked is opened only when what it will hold has come back the same', async () => {
    const { database, order } = await oneDocument();
    const written: BlobPart[] = [];
    const createWritable = vi.fn(
      async () => new WritableStream({ write: (part) => void written.push(part) }),
    );
    const target = { createWritable } as unknown as FileSystemFileHandle;
    const whole = { ...order, format: 'JSON Lines', choices: plainChoices };
    const missing = { ...whole, documentIds: ['r1', 'gone'] };
    await expect(exportDocuments(database, { ...missing, target }, quiet)).rejects.toThrow('only 1 of 2');
    expect(createWritable).not.toHaveBeenCalled();
    expect((await exportDocuments(database, { ...whole, target }, quiet)).blob).toBeUndefined();
    const { blob } = await exportDocuments(database, whole, quiet);
    expect(await new Blob(written).text()).toBe(await blob!.text());
  });
});
