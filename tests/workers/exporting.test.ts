import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { plainChoices, type ExportChoices } from '../../src/core/export-plan.ts';
import { firstProject } from '../../src/core/project.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { formats } from '../../src/formats/formats.ts';
import { unpacked } from '../../src/formats/reading/archive.ts';
import type { Database } from '../../src/storage/database.ts';
import { exportDocuments, measureExport } from '../../src/workers/exporting/exporting.ts';
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

/** Puts documents as they would go out into a workspace, and gives back what an export of them is told. */
async function shelved(database: Database, documents: readonly OutgoingDocument[]) {
  for (const { document, text, spans, relations } of documents)
    await shelve(database, document, text, { spans: [...spans], relations: [...relations] });
  return { ...asked, documentIds: documents.map(({ document }) => document.id), choices: plainChoices };
}

describe('every export is read back and compared before it is handed out', () => {
  test.each(writers)('%s, over random projects', async (format) => {
    await fc.assert(
      fc.asyncProperty(anyDocuments, async (documents) => {
        const { workspace, database } = await newWorkspace();
        const order = await shelved(database, documents);
        const { blob, losses } = await exportDocuments(
          database,
          { ...order, format, scheme: anyScheme },
          quiet,
        );
        expect(blob).toBeInstanceOf(Blob);
        const measured = await measureExport(database, { ...order, format, scheme: anyScheme }, quiet);
        expect(measured.losses).toEqual(losses);
        workspace.close();
      }),
      { numRuns: 15 },
    );
  });
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

  test('offsets in the unit that was chosen', async () => {
    const { blob } = await exported({ unit: 'byte' }, 'JSON Lines', '“[Ada](claim)” said');
    const line = JSON.parse(await blob!.text()) as {
      offset_unit: string;
      spans: { start: number; end: number }[];
    };
    expect([line.offset_unit, line.spans[0]!.start, line.spans[0]!.end]).toEqual(['byte', 3, 6]);
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

  test('labels whose machine names are paths give names of files that lead nowhere', async () => {
    const { database, order } = await oneDocument();
    const choices = { ...plainChoices, overlaps: 'by-label' as const };
    const { blob } = await exportDocuments(database, { ...order, format: 'CoNLL 2003', choices }, quiet);
    const { files } = await unpacked([sourceFile('a.zip', new Uint8Array(await blob!.arrayBuffer()))]);
    expect(files.map(({ name }) => name)).toEqual(
      ['_a', 'A_b', 'a_B (2)', 'constructor', '__proto__'].map((name) => `a.zip/${name}.conll`),
    );
  });

  test('labels may have the names of what every object has', async () => {
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
