import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brat } from '../../src/formats/brat.ts';
import { lineEnds } from '../../src/formats/brat/breaks.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { emptyScheme } from '../../src/core/scheme.ts';
import { schemeFrom } from '../../src/core/schemes/plan.ts';
import { readBratConf } from '../../src/formats/schemes/brat-conf.ts';
import { document } from './arbitraries.ts';
import {
  fixture,
  fixtureBytes,
  goingOut,
  outgoing,
  readAll,
  schemeOf,
  sourceFile,
  writeOptions,
  writtenFiles,
} from './reading.ts';

const rallyText = new TextDecoder().decode(fixtureBytes('brat/rally.txt'));
const rallyMarks = new TextDecoder().decode(fixtureBytes('brat/rally.ann'));

const readRally = () => readAll(brat, fixture('brat/rally.ann'), {}, [fixture('brat/rally.txt')]);

async function readPair(text: string, marks: string, options = {}) {
  return readAll(brat, sourceFile('a.ann', marks), options, [sourceFile('a.txt', text)]);
}

function sortedLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

describe('a brat file', () => {
  test('is known by its ending and its lines', async () => {
    expect(brat.recognise!(await opening(fixture('brat/rally.ann')))).toBe(2);
    expect(brat.recognise!(await opening(sourceFile('a.ann', '')))).toBe(1);
    expect(brat.recognise!(await opening(sourceFile('a.txt', rallyMarks)))).toBe(0);
  });

  test('names the text and the scheme beside it or above', () => {
    const named = brat.companions!('all/Lisa/doc.ann');
    expect(named.filter((name) => !/(visual|tools|kb_shortcuts)\.conf$/.test(name))).toEqual([
      'all/Lisa/doc.txt',
      'all/Lisa/annotation.conf',
      'all/annotation.conf',
      'annotation.conf',
    ]);
    expect(named).toContain('all/visual.conf');
  });

  test('is read with events, fragments, attributes, references, notes and equivalents', async () => {
    const { documents, complaints } = await readRally();
    expect(complaints).toEqual([]);
    const { spans, relations, title, text } = documents[0]!;
    expect(title).toBe('brat/rally.txt');
    const said = spans.map(({ id, label, start, end, attributes, note }) => ({
      id,
      label,
      words: text.slice(start, end),
      attributes,
      note,
    }));
    expect(said).toEqual([
      {
        id: 'T1',
        label: 'Claim',
        words: 'prices fell',
        attributes: { Confidence: 'High' },
        note: 'borderline: forecast?\nasked Anna',
      },
      { id: 'T2', label: 'Denial', words: 'denied', attributes: { Negation: true, '#Lemma': 'deny' } },
      {
        id: 'T3',
        label: 'Speaker',
        words: 'Opposition',
        attributes: { Reference: { reference: 'Wikidata:Q42', text: 'The Opposition' } },
      },
      {
        id: 'T4',
        label: 'Report',
        words: 'said',
        attributes: { Speculation: true, 'Speculation E2': 'Weak', 'brat event': ['E1', 'E2'] },
      },
      { id: 'T5', label: 'Claim', words: 'said', attributes: {} },
      { id: 'T5.2', label: 'Claim', words: 'fell', attributes: {} },
    ]);
    expect(relations.map(({ label, head, child }) => `${head} ${label} ${child}`)).toEqual([
      'T2 Targets T1',
      'T4 Content T1',
      'T4 Source T3',
      'T4 Content T4',
      'T1 Equiv T3',
      'T3 Equiv T5',
      'T5 fragment T5.2',
    ]);
    expect(relations[0]!.attributes).toEqual({ '#AnnotatorNotes': 'sure' });
  });

  test('is written again as it was, line for line', async () => {
    const { documents } = await readRally();
    const { texts, losses } = await writtenFiles(brat, documents.map(goingOut), writeOptions(emptyScheme));
    expect(Object.keys(texts)).toEqual(['brat_rally.txt', 'brat_rally.ann', 'annotation.conf']);
    expect(texts['brat_rally.txt']).toBe(rallyText);
    expect(sortedLines(texts['brat_rally.ann']!)).toEqual(sortedLines(rallyMarks));
    expect(losses).toEqual({ 'documents’ annotators': 1, 'documents’ status': 1 });
  });

  test('is read as far as it goes, and each line that is broken is named', async () => {
    const text = sourceFile('brat/broken.txt', rallyText);
    const { documents, complaints } = await readAll(brat, fixture('brat/broken.ann'), {}, [text]);
    expect(complaints).toEqual([
      'brat/broken.ann, line 3: this line is kept in the document’s metadata, as it follows no rule of the format, and goes back into brat’s files only.',
      'brat/broken.ann, line 6: this line is kept in the document’s metadata, as it follows no rule of the format, and goes back into brat’s files only.',
      'brat/broken.ann, line 9: this span was given the id “T5”, as “T1” is the span of line 1 already. Relations, events, attributes and notes that say “T1” were taken to mean the span of line 1.',
      'brat/broken.ann, line 7: this line is kept in the document’s metadata, as its trigger “T9” is no span here, and goes back into brat’s files only.',
      'brat/broken.ann, line 8: this line is kept in the document’s metadata, as “T7” is no span, relation or event here, and goes back into brat’s files only.',
      'brat/broken.ann, line 2: span 2 (Denial) was left out: its words are “denied”, but at 42–48 stands “enied ”. It could be moved to “denied”, likeness 1.00.',
      'brat/broken.ann, line 4: span 3 (Report) was left out: its end 99 lies behind the text, which has 53 code points. It could be moved to “said”, likeness 1.00.',
      'brat/broken.ann, line 5: relation 1 was left out: “T2” is not a span of this document, or one that was left out.',
    ]);
    expect(documents[0]!.spans.map(({ label }) => label)).toEqual(['Claim', 'Claim']);
    expect(documents[0]!.meta).toEqual({
      brat: {
        lines: [
          'T3 Speaker 30 40 Opposition',
          'R2\tTargets Arg1:T1',
          'E1\tReport:T9 Content:T1',
          'A1\tConfidence T7 High',
        ],
      },
    });
  });

  test('with an event whose trigger is missing says so, and brings its line out again for no other span', async () => {
    const marks = 'E1\tSaid:T1\nE2\tSaid:T9 Who:T2\nT2\tSpeaker 0 2\tHe\nR1\tBy Arg1:E1 Arg2:T2\n';
    const { documents, complaints } = await readPair('He denied it.', marks);
    expect(complaints).toEqual([
      'a.ann, line 1: this line is kept in the document’s metadata, as its trigger “T1” is no span here, and goes back into brat’s files only.',
      'a.ann, line 2: this line is kept in the document’s metadata, as its trigger “T9” is no span here, and goes back into brat’s files only.',
      'a.ann, line 4: relation 1 was left out: “E1” is not a span of this document, or one that was left out.',
    ]);
    const [incoming] = documents;
    const bare = { ...incoming!, spans: incoming!.spans.map((span) => ({ ...span, id: 'other' })) };
    const { texts } = await writtenFiles(brat, [goingOut(bare)], writeOptions(schemeOf('Speaker')));
    const ann = Object.entries(texts).find(([path]) => path.endsWith('.ann'))![1];
    expect(ann).toBe('T3\tSpeaker 0 2\tHe\nE1\tSaid:T1\nE2\tSaid:T9 Who:T2\n');
  });

  test('with an id that stands twice keeps both spans, and says which one is meant', async () => {
    const marks =
      'T1\tClaim 0 2\tHe\nT1\tDenial 3 6;10 12\tden it\nR1\tTargets Arg1:T1 Arg2:T3\nT3\tClaim 10 12\tit\n';
    const { documents, complaints } = await readPair('He denied it.', marks);
    expect(complaints).toEqual([
      'a.ann, line 2: this span was given the id “T2”, as “T1” is the span of line 1 already. Relations, events, attributes and notes that say “T1” were taken to mean the span of line 1.',
    ]);
    expect(documents[0]!.spans.map(({ id, start, end }) => [id, start, end])).toEqual([
      ['T1', 0, 2],
      ['T2', 3, 6],
      ['T2.2', 10, 12],
      ['T3', 10, 12],
    ]);
    expect(documents[0]!.relations.map(({ label, head, child }) => [label, head, child])).toEqual([
      ['Targets', 'T1', 'T3'],
      ['fragment', 'T2', 'T2.2'],
    ]);
  });

  test('without its text is left out as a whole', async () => {
    const { documents, complaints } = await readAll(brat, fixture('brat/rally.ann'));
    expect(documents).toEqual([]);
    expect(complaints).toEqual([
      'brat/rally.ann: these marks were left out: the text that they are of, “brat/rally.txt”, did not come along. Choose both files, or the folder that they lie in.',
    ]);
  });

  test.each(['', '\n', '\n\n'])('without marks is a text without marks: %j', async (marks) => {
    const { documents, complaints } = await readPair('He denied it.', marks);
    expect(complaints).toEqual([]);
    expect(documents).toMatchObject([{ text: 'He denied it.', spans: [] }]);
  });

  test('counts CRLF as one character as brat does, or as two if its words say so', async () => {
    const text = 'He said.\r\nThey deny.\r\n';
    for (const marks of ['T1\tclaim 9 13\tThey\n', 'T1\tclaim 10 14\tThey\n']) {
      const { documents, complaints } = await readPair(text, marks);
      expect(complaints).toEqual([]);
      expect(documents[0]!.spans).toMatchObject([{ start: 9, end: 13 }]);
      expect(documents[0]!.source).toMatchObject({ file: 'a.txt', newlines: 'crlf' });
    }
  });

  test('proves that it counts in UTF-16 by its words', async () => {
    const marks = 'T1\tclaim 3 7\tThey\n';
    expect((await readPair('😀 They deny.', marks)).verdict.unit).toBe('utf16');
    expect((await readPair('😀 They deny.', marks, { unit: 'utf16' })).complaints).toEqual([]);
  });

  test('says who annotated by its folder, if asked to', async () => {
    const files = [sourceFile('x/Lisa/a.txt', 'He denied it.')] as const;
    const marks = sourceFile('x/Lisa/a.ann', 'T1\tdenial 3 9\tdenied\n');
    const named = await readAll(brat, marks, { annotatorByFolder: true }, files);
    expect(named.documents).toMatchObject([{ title: 'a.txt', spans: [{ annotator: 'Lisa' }] }]);
    const zipped = sourceFile('all.zip/a.ann', 'T1\tdenial 3 9\tdenied\n');
    const text = sourceFile('all.zip/a.txt', 'He denied it.');
    expect((await readAll(brat, zipped, { annotatorByFolder: true }, [text])).documents).toMatchObject([
      { spans: [{ annotator: 'me' }] },
    ]);
    const unnamed = await readAll(brat, marks, {}, files);
    expect(unnamed.documents).toMatchObject([{ title: 'x/Lisa/a.txt', spans: [{ annotator: 'me' }] }]);
  });

  test('brings the scheme that lies beside it', async () => {
    const conf = sourceFile('annotation.conf', '[entities]\nClaim\n[relations]\n[events]\n[attributes]\n');
    const text = sourceFile('a.txt', 'He denied it.');
    const { plan } = await readAll(brat, sourceFile('a.ann', ''), {}, [text, conf]);
    expect(plan?.labels).toEqual([{ value: 'Claim' }]);
  });
});

describe('a document written for brat', () => {
  const span = (start: number, end: number, text: string, traits = {}) => ({
    id: `s${start}`,
    ...{ start, end, text: text.slice(start, end), label: 'claim', annotator: 'me', attributes: {} },
    ...({ origin: 'hand', createdAt: '', updatedAt: '' } as const),
    ...traits,
  });

  test('has a span over a line break as fragments, which are one span again when read', async () => {
    const text = 'He said \n\t that prices fell.';
    const { texts, losses } = await writtenFiles(
      brat,
      [outgoing(text, { spans: [span(3, text.length, text), span(7, 9, text)] })],
      writeOptions(schemeOf('claim')),
    );
    expect(texts['report.ann']).toBe('T1\tclaim 3 7;11 28\tsaid that prices fell.\n');
    expect(losses).toMatchObject({ 'marks that cover nothing but white space': 1 });
    const { documents } = await readPair(texts['report.txt']!, texts['report.ann']!);
    expect(documents[0]!.spans).toMatchObject([{ start: 3, end: text.length }]);
    expect(documents[0]!.relations).toEqual([]);
  });

  test('by several annotators has a folder for each', async () => {
    const text = 'He denied it.';
    const spans = [span(0, 2, text, { annotator: 'anna' }), span(3, 9, text, { annotator: 'ben' })];
    const between = { id: 'r', head: 's0', child: 's3', label: 'denies', annotator: 'ben', attributes: {} };
    const { texts, losses } = await writtenFiles(
      brat,
      [outgoing(text, { spans, relations: [between] })],
      writeOptions(schemeOf('claim')),
    );
    expect(Object.keys(texts)).toEqual([
      'anna/report.txt',
      'anna/report.ann',
      'ben/report.txt',
      'ben/report.ann',
      'annotation.conf',
    ]);
    expect(losses).toEqual({ 'documents’ status': 1, 'relations whose ends are not in one file': 1 });
  });

  test('says what it cannot hold of attributes', async () => {
    const text = 'He denied it.';
    const attributes = { speaker: ['Turkey'], target: ['A', 'B'], sure: true, count: 2, 'how said': 'a\nb' };
    const { texts, losses } = await writtenFiles(
      brat,
      [outgoing(text, { spans: [span(3, 9, text, { attributes, note: 'one\ntwo' })] })],
      writeOptions(schemeOf('claim')),
    );
    expect(texts['report.ann']!.split('\n')).toEqual([
      'T1\tclaim 3 9\tdenied',
      'A1\tspeaker T1 Turkey',
      'A2\ttarget T1 A',
      'A3\ttarget T1 B',
      'A4\tsure T1',
      'A5\tcount T1 2',
      'A6\thow_said T1 a b',
      '#1\tAnnotatorNotes T1\tone',
      '#2\tAnnotatorNotes T1\ttwo',
      '',
    ]);
    expect(losses).toMatchObject({
      'lists of one value, which become that value': 1,
      'attributes’ values that are not one line of text, which become one': 2,
      'names of attributes with white space, which becomes “_”': 1,
    });
    expect(texts['annotation.conf']).toBe(
      '[entities]\nclaim\n\n[relations]\n\n[events]\n\n[attributes]\nspeaker Arg:<ANY>, Value:Turkey\ntarget Arg:<ANY>, Value:A|B\nsure Arg:<ANY>\ncount Arg:<ANY>, Value:2\nhow_said Arg:<ANY>, Value:a b\n',
    );
  });

  test('counts what becomes the same word as another label or relation type', async () => {
    const marks = 'T1\ta_claim 0 2\tHe\nT2\tclaim 3 9\tdenied\nR1\tspoken_by Arg1:T2 Arg2:T1\n';
    const { documents } = await readPair('He denied it.', marks);
    const type = { name: '', colour: 0, pairs: [] } as const;
    const scheme = {
      ...schemeOf('a claim', 'a_claim'),
      relations: ['spoken by', 'spoken_by'].map((value) => ({ ...type, id: value, value })),
    };
    const whole = goingOut(documents[0]!);
    const renamed = {
      ...whole,
      spans: whole.spans.map((one) => (one.id === 'T2' ? { ...one, label: 'a claim' } : one)),
      relations: whole.relations.map((relation) => ({ ...relation, label: 'spoken by' })),
    };
    const { losses } = await writtenFiles(brat, [renamed], writeOptions(scheme));
    expect(losses).toMatchObject({
      'spans whose label becomes the same word as another label': 1,
      'relations whose type becomes the same word as another type': 1,
    });
  });

  test('has its scheme beside it, which is the same when read', async () => {
    const conf =
      '[entities]\nClaim\nDenial\n[relations]\nTargets Arg1:Denial, Arg2:Claim|Denial\n[events]\nReport Content:Claim\n[attributes]\nConfidence Arg:Claim, Value:High|Low\nNegation Arg:Denial\n';
    const others = [sourceFile('a.txt', 'He said that prices fell.'), sourceFile('annotation.conf', conf)];
    const marks = 'T1\tReport 3 7\tsaid\nT2\tClaim 13 24\tprices fell\nE1\tReport:T1 Content:T2\n';
    const { documents, plan } = await readAll(brat, sourceFile('a.ann', marks), {}, others);
    const scheme = schemeFrom(plan!);
    const { texts } = await writtenFiles(brat, documents.map(goingOut), writeOptions(scheme));
    expect(texts['annotation.conf']).toBe(
      '[entities]\nClaim\nDenial\n\n[relations]\nTargets Arg1:Denial, Arg2:Claim\nTargets Arg1:Denial, Arg2:Denial\n\n[events]\nReport Content*:<ANY>\n\n[attributes]\nConfidence Arg:Claim, Value:High|Low\nNegation Arg:Denial\n',
    );
    const again = readBratConf('annotation.conf', texts['annotation.conf']!);
    expect(again.plan!.labels.map(({ value }) => value).sort()).toEqual(['Claim', 'Denial', 'Report']);
    expect(again.plan!.relations!.map(({ value }) => value).sort()).toEqual(['Content', 'Targets']);
    expect(again.plan!.attributes).toMatchObject([
      { value: 'Confidence', type: 'one', options: ['High', 'Low'] },
      { value: 'Negation', type: 'yes-no' },
    ]);
    expect(sortedLines(texts['a.ann']!)).toEqual(sortedLines(marks));
  });

  test('has every mark where it was, in any text', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (whole) => {
        const one = { ...whole, spans: whole.spans.map((mark) => ({ ...mark, annotator: 'anna' })) };
        const options = writeOptions(schemeOf());
        const { texts } = await writtenFiles(brat, [one], options);
        const path = Object.keys(texts).find((name) => name.endsWith('.ann'))!;
        if (one.text.trim() === '') return;
        const { documents, problems } = await readPair(texts[path.replace(/ann$/, 'txt')]!, texts[path]!);
        expect(problems).toEqual([]);
        expect(documents[0]!.text).toBe(one.text);
        const held = brat.held!(one, options).spans;
        const said = (spans: readonly { start: number; end: number; label: string; note?: string }[]) =>
          spans.map(({ start, end, label, note }) => [start, end, label, note ?? ''].join(' ')).sort();
        const plain = held.map((mark) => ({ ...mark, note: (mark.note ?? '').replace(lineEnds, '\n') }));
        expect(said(documents[0]!.spans)).toEqual(said(plain));
        const ids = new Set(held.map(({ id }) => id));
        const kept = one.relations.filter(({ head, child }) => ids.has(head) && ids.has(child));
        expect(documents[0]!.relations.map(({ label }) => label).sort()).toEqual(
          kept.map(({ label }) => label).sort(),
        );
      }),
      { numRuns: 40 },
    );
  });
});

const samples = join(import.meta.dirname, '../../../shared/samples');

function marksIn(folder: string): string[] {
  if (!existsSync(join(samples, folder))) return [];
  return (readdirSync(join(samples, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ann'))
    .map((name) => join(samples, folder, name))
    .sort();
}

/** brat writes relations with an empty column at their end, others without, and so do we. */
const trailingTabs = new Set([
  '000-introduction.ann',
  '060-relation_annotation.ann',
  '070-editing_relation_annotations.ann',
  '110-note_annotation.ann',
]);

describe.skipIf(!existsSync(samples))('the corpora of brat and bratiaa', () => {
  test.each(['brat', 'brat-agreement'])('%s: every mark covers the words of its file', async (folder) => {
    let count = 0;
    for (const path of marksIn(folder)) {
      const marks = readFileSync(path, 'utf8');
      const { documents, complaints } = await readPair(
        readFileSync(path.replace(/ann$/, 'txt'), 'utf8'),
        marks,
      );
      expect(complaints).toEqual([]);
      const { spans, text } = documents[0]!;
      const covered = spans.map(({ id, start, end }) => `${id}\t${text.slice(start, end)}`);
      const column = marks.split('\n').filter((line) => line.startsWith('T'));
      expect(covered.sort()).toEqual(
        column.map((line) => line.split('\t').toSpliced(1, 1).join('\t')).sort(),
      );
      count += column.length;
    }
    expect(count).toBeGreaterThan(100);
  });

  test.each(
    marksIn('brat')
      .concat(marksIn('brat-agreement'))
      .map((path) => [relative(samples, path), path]),
  )('%s is written again as it was, its lines sorted', async (name, path) => {
    const marks = readFileSync(path, 'utf8');
    const text = readFileSync(path.replace(/ann$/, 'txt'), 'utf8');
    const { documents } = await readPair(text, marks);
    const { texts } = await writtenFiles(brat, documents.map(goingOut), writeOptions(emptyScheme));
    const again = sortedLines(texts['a.ann']!);
    const before = sortedLines(marks);
    const hasTabs = before.some((line) => /^R.*\t$/.test(line));
    expect(hasTabs).toBe([...trailingTabs].some((file) => name.endsWith(file)));
    expect(again).toEqual(hasTabs ? before.map((line) => line.replace(/^(R.*)\t$/, '$1')).sort() : before);
    expect(texts['a.txt']).toBe(text);
  });
});
