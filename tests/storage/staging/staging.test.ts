import { describe, expect, test } from 'vitest';
import { describeFileProblem, fileProblem } from '../../../src/core/problem.ts';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { countSpans, sheetOf } from '../../../src/core/sheet.ts';
import { canonicalText } from '../../../src/core/text.ts';
import type { IncomingDocument, IncomingSpan, Reading } from '../../../src/core/transfer.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { loadDocuments, openDocument } from '../../../src/storage/documents.ts';
import { outgoingDocuments } from '../../../src/storage/outgoing.ts';
import { Staging, type Staged } from '../../../src/storage/staging/staging.ts';
import { annotated } from '../../annotated.ts';
import { relation } from '../../core/edits.ts';
import { draft, everything, marking, newWorkspace } from '../workspace.ts';

/** A document as a file brings it, marked as the notation says. */
function incoming(notation: string, traits: Partial<IncomingDocument> = {}): IncomingDocument {
  const { text, spans } = annotated(notation);
  const { source } = canonicalText(text);
  return { title: text, text, source, meta: {}, spans, relations: [], ...traits };
}

function incomingSpan(traits: Partial<IncomingSpan> & { start: number; end: number }): IncomingSpan {
  return { id: 's1', label: 'claim', annotator: 'anna', attributes: {}, ...traits };
}

async function* readings(items: readonly (IncomingDocument | Reading)[]): AsyncGenerator<Reading> {
  for (const item of items) yield 'kind' in item ? item : { kind: 'document', document: item };
}

async function stage(database: Database, ...items: readonly (IncomingDocument | Reading)[]): Promise<Staged> {
  const staging = await Staging.begin(database, 'first');
  await staging.take({ file: 'a.jsonl', readings: readings(items) });
  return staging.finish();
}

/** Stages documents and writes the change that makes them count. */
async function bring(database: Database, ...items: readonly (IncomingDocument | Reading)[]): Promise<Staged> {
  const staged = await stage(database, ...items);
  await commit(database, draft(staged.edit, { kind: 'import', importId: staged.importId }));
  return staged;
}

const complaints = ({ problems }: Staged) => problems.map(describeFileProblem);

describe('staging', () => {
  test('writes documents, texts and spans that do not count yet', async () => {
    const { database } = await newWorkspace();
    const staged = await stage(database, incoming('[Ada](claim) denied it', { id: 'report' }));
    expect(staged).toMatchObject({ documentIds: ['report'], spans: 1, problems: [] });
    expect((await loadDocuments(database, 'first')).documents).toEqual([]);
    expect(await database.changes.count()).toBe(0);
  });

  test('keeps what the lines are beside the text, and sends it out again', async () => {
    const { database } = await newWorkspace();
    const lineKinds = [
      { line: 0, kind: 'heading-1' },
      { line: 2, kind: 'quotation' },
    ] as const;
    const titled = incoming('Denials\n\n[No](denial)', { id: 'titled', lineKinds });
    const plain = incoming('Ada was here', { id: 'plain', lineKinds: [] });
    await bring(database, titled, plain);
    expect(await openDocument(database, 'titled')).toMatchObject({ text: 'Denials\n\nNo', lineKinds });
    expect(await openDocument(database, 'plain')).not.toHaveProperty('lineKinds');
    const sent = [];
    for await (const document of outgoingDocuments(database, ['titled', 'plain'], emptyScheme))
      sent.push(document.lineKinds);
    expect(sent).toEqual([lineKinds, undefined]);
  });

  test('says that nothing was taken in of a file with a question that nobody has answered', async () => {
    const { database } = await newWorkspace();
    const question = { about: 'encoding', words: 'Which encoding is it in?', choices: [] } as const;
    const staged = await stage(
      database,
      { kind: 'question', question },
      { kind: 'question', question: { ...question, presumed: 'utf-8' } },
    );
    expect(complaints(staged)).toEqual([
      'a.jsonl: Which encoding is it in? Nothing of this file was taken in before that is known.',
    ]);
  });

  test('brings documents with their facts, in the order of the file, behind those that are here', async () => {
    const { database } = await newWorkspace();
    await bring(database, incoming('Ben was here', { id: 'old' }));
    await bring(
      database,
      incoming('[Ada](claim) denied it', {
        id: 'b',
        title: 'One',
        status: 'done',
        meta: { date: '2026-01-01' },
      }),
      incoming('Ada denied it again', { id: 'a', title: 'Two' }),
    );
    const { documents } = await loadDocuments(database, 'first');
    expect(documents.map(({ id, title, status, meta }) => ({ id, title, status, meta }))).toEqual([
      { id: 'old', title: 'Ben was here', status: 'todo', meta: {} },
      { id: 'b', title: 'One', status: 'done', meta: { date: '2026-01-01' } },
      { id: 'a', title: 'Two', status: 'todo', meta: {} },
    ]);
    const opened = await openDocument(database, 'b');
    expect(opened!.text).toBe('Ada denied it');
    expect(opened!.sheet.spans).toMatchObject([{ id: 's1', start: 0, end: 3, text: 'Ada', origin: 'file' }]);
    expect(documents[1]!.counts).toEqual(countSpans(opened!.sheet.spans));
  });

  test('keeps the problems of files among its own, in order', async () => {
    const { database } = await newWorkspace();
    const before = fileProblem('refused', 'a.jsonl', 'this is no document.', 1);
    const after = fileProblem('refused', 'a.jsonl', 'this is none either.', 3);
    const staged = await stage(
      database,
      { kind: 'problem', problem: before },
      incoming('Ada denied it', { id: 'report' }),
      incoming('Ada denied it', { line: 2 }),
      { kind: 'problem', problem: after },
    );
    expect(complaints(staged)).toEqual([
      'a.jsonl, line 1: this is no document.',
      'a.jsonl, line 2: this text is already here as “Ada denied it”; nothing was added.',
      'a.jsonl, line 3: this is none either.',
    ]);
  });

  test('refuses a project that is not there', async () => {
    const { database } = await newWorkspace();
    await expect(Staging.begin(database, 'second')).rejects.toThrow(RangeError);
  });

  test('takes 1,200 documents over several batches', async () => {
    const { database } = await newWorkspace();
    const many = [...Array(1200).keys()].map((index) => incoming(`[Ada](claim) denied report ${index}`));
    const staged = await bring(database, ...many);
    expect([staged.documentIds.length, staged.spans, staged.problems]).toEqual([1200, 1200, []]);
    const { documents } = await loadDocuments(database, 'first');
    expect(documents.map(({ title }) => title)).toEqual(many.map(({ title }) => title));
    expect(await database.texts.count()).toBe(1200);
    expect((await openDocument(database, documents[777]!.id))!.sheet.spans).toHaveLength(1);
  });
});

describe('a text that is here already', () => {
  test('adds nothing', async () => {
    const { database } = await newWorkspace();
    const report = incoming('[Ada](claim) denied it', { title: 'The report' });
    await bring(database, report);
    const before = await everything(database);
    const staged = await stage(database, { ...report, title: 'Another name', line: 7 });
    expect(staged).toMatchObject({
      documentIds: [],
      spans: 0,
      edit: { added: [], updated: [], removed: [] },
    });
    expect(complaints(staged)).toEqual([
      'a.jsonl, line 7: this text is already here as “The report”; nothing was added.',
    ]);
    expect(await everything(database)).toEqual(before);
  });

  test('is seen twice in one file as well', async () => {
    const { database } = await newWorkspace();
    const staged = await bring(database, incoming('Ada denied it'), incoming('Ada denied it'));
    expect(staged.documentIds).toHaveLength(1);
    expect((await loadDocuments(database, 'first')).documents).toHaveLength(1);
  });

  test('gets the spans and relations that it lacks, and those alone', async () => {
    const { database } = await newWorkspace();
    await bring(database, incoming('[Ada](claim) denied it', { id: 'report' }));
    const more = incoming('[Ada](claim) [denied](denial) it');
    const staged = await bring(database, {
      ...more,
      spans: more.spans.map((span) => ({ ...span, id: span.id === 's1' ? 'twin' : span.id })),
      relations: [relation({ id: 'r1', head: 's2', child: 'twin' })],
    });
    expect(staged.spans).toBe(1);
    expect(complaints(staged)).toEqual([
      'a.jsonl: this text is already here as “Ada denied it”; 1 of its spans and 1 of its relations were missing there and were added to it.',
    ]);
    const { sheet } = (await openDocument(database, 'report'))!;
    expect(sheet.spans.map(({ id, text }) => [id, text])).toEqual([
      ['s1', 'Ada'],
      ['s2', 'denied'],
    ]);
    // The span that it points to is here under another id.
    expect(sheet.relations.map(({ head, child }) => [head, child])).toEqual([['s2', 's1']]);
  });

  test('gets the spans of another annotator beside the same ones of the first', async () => {
    const { database } = await newWorkspace();
    await bring(database, incoming('[Ada](claim) denied it', { id: 'report' }));
    const bens = incomingSpan({ id: 'b1', start: 0, end: 3, annotator: 'ben' });
    await bring(database, incoming('Ada denied it', { spans: [bens] }));
    const { sheet } = (await openDocument(database, 'report'))!;
    expect(sheet.spans.map(({ annotator }) => annotator).sort()).toEqual(['anna', 'ben']);
  });

  test('keeps its own span where another one has the same id', async () => {
    const { database } = await newWorkspace();
    await bring(database, incoming('[Ada](claim) denied it', { id: 'report' }));
    const other = incomingSpan({ id: 's1', start: 4, end: 10 });
    const staged = await bring(database, incoming('Ada denied it', { spans: [other], line: 3 }));
    expect(complaints(staged)).toEqual([
      'a.jsonl, line 3: this text is already here as “Ada denied it”; nothing was added.',
      'a.jsonl, line 3: span “s1” stands here with another range or label; the one here was kept.',
    ]);
    const { sheet } = (await openDocument(database, 'report'))!;
    expect(sheet.spans.map(({ text }) => text)).toEqual(['Ada']);
  });

  test('gets what three documents of one file mark on it, each thing once', async () => {
    const { database } = await newWorkspace();
    const marked = (id: string, start: number, end: number) =>
      incoming('Ada denied it', { spans: [incomingSpan({ id, start, end })] });
    const staged = await bring(database, marked('s1', 0, 3), marked('s2', 4, 10), marked('s3', 4, 10));
    expect(staged.spans).toBe(2);
    const { documents } = await loadDocuments(database, 'first');
    const { sheet } = (await openDocument(database, documents[0]!.id))!;
    expect(sheet.spans.map(({ text }) => text)).toEqual(['Ada', 'denied']);
    expect(documents[0]!.counts).toEqual(countSpans(sheet.spans));
  });

  test('gets only what was not marked by hand since', async () => {
    const { database } = await newWorkspace();
    const report = incoming('[Ada](claim) denied it', { id: 'report' });
    await bring(database, incoming('Ada denied it', { id: 'report' }));
    const { scheme } = (await database.projects.get('first'))!;
    const { spans } = annotated('[Ada](claim) denied it');
    await commit(database, marking('report', { ...spans[0]!, id: 'mine', label: scheme.labels[0]!.id }));
    expect((await stage(database, report)).spans).toBe(0);
  });

  test('comes as a new document when the one here was deleted', async () => {
    const { database } = await newWorkspace();
    const report = incoming('Ada denied it', { id: 'report' });
    await bring(database, report);
    const before = (await database.documents.get('report'))!;
    await database.documents.put({ ...before, deleted: true });
    const staged = await bring(database, report);
    expect(staged.documentIds).toHaveLength(1);
    expect(staged.documentIds).not.toEqual(['report']);
    expect(await database.documents.get('report')).toEqual({ ...before, deleted: true });
  });
});

describe('the id that a file gives', () => {
  test('is kept when it is free', async () => {
    const { database } = await newWorkspace();
    expect((await stage(database, incoming('Ada denied it', { id: 'report' }))).documentIds).toEqual([
      'report',
    ]);
  });

  test('gives way when a document with another text has it', async () => {
    const { database } = await newWorkspace();
    await bring(database, incoming('Ada denied it', { id: 'report' }));
    const staged = await bring(database, incoming('Ben claimed it', { id: 'report', line: 2 }));
    expect(staged.documentIds).not.toEqual(['report']);
    expect(complaints(staged)).toEqual([
      'a.jsonl, line 2: another document has the id “report”, so this one was given a new id.',
    ]);
    expect((await openDocument(database, 'report'))!.text).toBe('Ada denied it');
  });

  test('is not free when a document of another project has it, which stays as it was', async () => {
    const { database } = await newWorkspace();
    await bring(database, incoming('[Ada](claim) denied it', { id: 'report' }));
    await database.projects.add({ ...(await database.projects.get('first'))!, id: 'second' });
    const staging = await Staging.begin(database, 'second');
    const other = { kind: 'document' as const, document: incoming('Ben was there', { id: 'report' }) };
    await staging.take({ file: 'b.jsonl', readings: readings([other]) });
    const { documentIds, problems } = await staging.finish();
    expect([documentIds.includes('report'), problems]).toEqual([false, []]);
    const { document, text, sheet } = (await openDocument(database, 'report'))!;
    expect([document.projectId, text, sheet.spans.map((span) => span.text)]).toEqual([
      ...['first', 'Ada denied it'],
      ['Ada'],
    ]);
  });

  test('is not free after an import that was taken back, which may come again', async () => {
    const { database } = await newWorkspace();
    const { importId } = await bring(database, incoming('[Ada](claim) denied it', { id: 'report' }));
    await commit(database, draft({}, { kind: 'undo', importId }));
    const again = await stage(database, incoming('[Ben](denial) was there', { id: 'report' }));
    expect(again.documentIds.includes('report')).toBe(false);
    expect((await openDocument(database, 'report'))!.text).toBe('Ada denied it');
  });

  test('is free after an import that was cut off, of which nothing comes back', async () => {
    const { database } = await newWorkspace();
    const bens = incomingSpan({ id: 'b1', start: 0, end: 3, annotator: 'ben' });
    await stage(database, incoming('Ada denied it', { id: 'report', spans: [bens] }));
    await bring(database, incoming('[Ada denied](denial) it', { id: 'report' }));
    const { sheet } = (await openDocument(database, 'report'))!;
    expect(sheet.spans.map(({ text, annotator }) => [text, annotator])).toEqual([['Ada denied', 'anna']]);
  });
});

describe('a label that the scheme lacks', () => {
  test('is made once, with the next free key and colour', async () => {
    const { database } = await newWorkspace();
    const staged = await stage(
      database,
      incoming('[Ada](threat) [denied](claim) [it](threat)'),
      incoming('[Ben](threat) was [here](plea)'),
    );
    expect(
      staged.created.labels.map(({ value, name, key, colour }) => ({ value, name, key, colour })),
    ).toEqual([
      { value: 'threat', name: 'Threat', key: '5', colour: 4 },
      { value: 'plea', name: 'Plea', key: '6', colour: 5 },
    ]);
    const layers = await database.imported.toArray();
    const used = layers.flatMap(({ spans }) => spans.map(({ label }) => label));
    const threat = staged.created.labels[0]!.id;
    expect(used.filter((label) => label === threat)).toHaveLength(3);
  });

  test('looks as the file wishes, where that is free', async () => {
    const { database } = await newWorkspace();
    const wish = { value: 'threat', name: 'A threat', key: 'w', colour: 9 } as const;
    const staged = await stage(database, { kind: 'label', label: wish }, incoming('[Ada](threat) denied it'));
    expect(staged.created.labels).toMatchObject([wish]);
  });

  test('is made anew where the one that was chosen is gone', async () => {
    const { database } = await newWorkspace();
    const labels = { threat: { to: 'map', labelId: 'never' } } as const;
    const staging = await Staging.begin(database, 'first', [], { labels, twins: 'merge' });
    await staging.take({ file: 'a.jsonl', readings: readings([incoming('[Ada](threat) denied it')]) });
    expect((await staging.finish()).created.labels).toMatchObject([{ value: 'threat' }]);
  });

  test('is not made when a file only wishes for it', async () => {
    const { database } = await newWorkspace();
    const wish = { value: 'threat', name: 'A threat' };
    const staged = await stage(database, { kind: 'label', label: wish }, incoming('[Ada](claim) denied it'));
    expect(staged.created.labels).toEqual([]);
  });
});

describe('what else a file brings for the scheme', () => {
  const plan = {
    labels: [],
    attributes: [
      { value: 'speaker', type: 'text' as const, required: true },
      { value: 'tone', type: 'one' as const, options: ['mild', 'harsh'], labels: ['threat'] },
    ],
    relations: [{ value: 'answers', pairs: [{ head: 'threat', child: 'claim' }] }],
    documentLabels: [{ value: 'opinion', name: 'Opinion piece' }],
    guideline: 'Mark one act.',
  };
  const wishes = ['threat', 'plea'].map((value) => ({ kind: 'label', label: { value } }) as const);

  test('is added where it is lacking, with the labels that it refers to and no others', async () => {
    const { database } = await newWorkspace();
    const { created, scheme } = await stage(database, ...wishes, { kind: 'plan', plan });
    const threat = created.labels[0]!.id;
    expect(created.labels.map(({ value }) => value)).toEqual(['threat']);
    expect(created.attributes).toMatchObject([{ value: 'tone', labels: [threat] }]);
    const claim = scheme.labels.find(({ value }) => value === 'claim')!.id;
    expect(created.relations).toMatchObject([{ value: 'answers', pairs: [{ head: threat, child: claim }] }]);
    expect(created.documentLabels).toMatchObject([{ value: 'opinion', name: 'Opinion piece' }]);
    expect(scheme.attributes.find(({ value }) => value === 'speaker')).not.toHaveProperty('required');
    expect(scheme.guideline).not.toBe('Mark one act.');
  });

  test('tells which relation types were made for the relations of documents', async () => {
    const { database } = await newWorkspace();
    const marked = incoming('[Ada](claim) [denied](denial) it');
    const { created } = await stage(database, {
      ...marked,
      relations: [
        relation({ id: 'r1', head: 's2', child: 's1', label: 'doubts' }),
        relation({ head: 's2', child: 's1', label: 'denies', id: 'r2' }),
      ],
    });
    expect(created.relations).toMatchObject([{ value: 'doubts', pairs: [{ head: 'any', child: 'any' }] }]);
  });

  test('documents have their labels and notes, and labels that are lacking are made once', async () => {
    const { database } = await newWorkspace();
    const { created } = await bring(
      database,
      { kind: 'plan', plan },
      incoming('Ada denied it', { labels: ['opinion', 'long_read'], note: 'Read again.' }),
      incoming('Ben was there', { labels: ['long_read'] }),
      incoming('Carla did not'),
    );
    expect(created.documentLabels).toMatchObject([
      { value: 'opinion', name: 'Opinion piece' },
      { value: 'long_read', name: 'Long read' },
    ]);
    const [opinion, longRead] = created.documentLabels.map(({ id }) => id);
    const { documents } = await loadDocuments(database, 'first');
    expect(documents.map(({ labels, note }) => ({ labels, note }))).toEqual([
      { labels: [opinion, longRead], note: 'Read again.' },
      { labels: [longRead], note: undefined },
      { labels: undefined, note: undefined },
    ]);
    expect(documents[2]).not.toHaveProperty('note');
  });

  test('a text that is here already keeps its note and labels, and is said to', async () => {
    const { database } = await newWorkspace();
    await bring(database, incoming('Ada denied it', { note: 'Mine.' }));
    const staged = await stage(
      database,
      incoming('Ada denied it', { note: 'Theirs.', labels: ['opinion'], line: 4 }),
    );
    expect(complaints(staged)).toContain(
      'a.jsonl, line 4: the file has another note and other document labels for “Ada denied it”; what is here was kept.',
    );
    expect(staged.created.documentLabels).toEqual([]);
    expect(complaints(await stage(database, incoming('Ada denied it', { note: 'Mine.' })))).toHaveLength(1);
  });
});

test('a span is staged with its range, its words and the label of that name', async () => {
  const { database } = await newWorkspace();
  const { text, spans } = annotated('[[Ada](claim) denied](denial) it');
  const staged = await bring(database, incoming('[[Ada](claim) denied](denial) it'));
  const { sheet } = (await openDocument(database, staged.documentIds[0]!))!;
  const { scheme } = (await database.projects.get('first'))!;
  const valueOf = (id: string) => scheme.labels.find((label) => label.id === id)?.value;
  expect(sheetOf(sheet.spans.map((span) => ({ ...span, label: valueOf(span.label)! }))).spans).toMatchObject(
    spans.map(({ id, start, end, label }) => ({ id, start, end, label, text: text.slice(start, end) })),
  );
});
