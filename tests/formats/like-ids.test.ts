import { describe, expect, test } from 'vitest';
import { bio } from '../../src/formats/bio.ts';
import { brat } from '../../src/formats/brat.ts';
import { casJson } from '../../src/formats/cas-json.ts';
import { certainty, type Format } from '../../src/formats/format.ts';
import { formatFor } from '../../src/formats/formats.ts';
import { labelStudio } from '../../src/formats/label-studio.ts';
import { pubAnnotation } from '../../src/formats/pubannotation.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { webAnnotation } from '../../src/formats/web-annotation.ts';
import { webAnnoTsv } from '../../src/formats/webanno-tsv.ts';
import { annotated } from '../annotated.ts';
import { outgoing, readAll, schemeOf, sourceFile, written, type ReadFile } from './reading.ts';

const read = (format: Format, content: unknown, name = 'a.json') =>
  readAll(format, sourceFile(name, typeof content === 'string' ? content : JSON.stringify(content)));
const wordsOf = ({ documents }: ReadFile) =>
  documents.map(({ text, spans }) => spans.map(({ start, end }) => text.slice(start, end)));
/** Each relation by the words at its ends, a list a document. */
const joined = ({ documents }: ReadFile) =>
  documents.map(({ text, spans, relations }) => {
    const words = new Map(spans.map(({ id, start, end }) => [id, text.slice(start, end)]));
    return relations.map(({ head, child }) => `${words.get(head)} → ${words.get(child)}`);
  });
const text = 'Abba bbbb Cccc dddd';

describe('ids that stand for one thing here and for another there', () => {
  test('Web Annotation: those of two documents stay with their own', async () => {
    const twins = ['[Ada](claim) [denied](denial) it', '[Ben](claim) [left](denial)'].map(
      (notation, index) => {
        const { text: words, spans } = annotated(notation);
        const marks = spans.map((span, at) => ({ ...span, id: `T${at + 1}` }));
        const link = {
          id: 'R1',
          head: 'T1',
          child: 'T2',
          label: 'targets',
          annotator: 'Ada',
          attributes: {},
        };
        const when = { createdAt: marks[0]!.createdAt, updatedAt: marks[0]!.updatedAt };
        const one = outgoing(words, { spans: marks, relations: [{ ...link, ...when }] });
        return { ...one, document: { ...one.document, id: `r${index + 1}` } };
      },
    );
    const again = await read(webAnnotation, await written(webAnnotation, twins, schemeOf('claim', 'denial')));
    expect(again.complaints).toEqual([]);
    expect(joined(again)).toEqual([['Ada → denied'], ['Ben → left']]);
    expect(again.documents.map(({ spans }) => spans.map(({ id }) => id))).toEqual([
      ['T1', 'T2'],
      ['T1', 'T2'],
    ]);
  });

  test('PubAnnotation: those of two tracks stay with their own', async () => {
    const denotation = (id: string, begin: number) => ({ id, span: { begin, end: begin + 4 }, obj: 'claim' });
    const tracks = [
      { project: 'p1', denotations: [denotation('T1', 0), denotation('T2', 5)] },
      {
        project: 'p2',
        denotations: [denotation('T1', 10), denotation('T2', 15)],
        relations: [{ pred: 'targets', subj: 'T1', obj: 'T2' }],
      },
    ];
    const again = await read(pubAnnotation, { text, tracks });
    expect(wordsOf(again)).toEqual([['Abba', 'bbbb', 'Cccc', 'dddd']]);
    expect(joined(again)).toEqual([['Cccc → dddd']]);
  });

  test('Label Studio: a region of the same id elsewhere is a span too, and is told', async () => {
    const row = (start: number, end: number) => ({
      ...{ id: 'region', type: 'labels', from_name: 'label', to_name: 'text' },
      value: { start, end, labels: ['claim'] },
    });
    const again = await read(labelStudio, [
      { data: { text }, annotations: [{ result: [row(0, 4), row(5, 9)] }] },
    ]);
    expect(wordsOf(again)).toEqual([['Abba', 'bbbb']]);
    expect(again.complaints.join()).toMatch(/another region “region” is elsewhere; relations join the first/);
  });

  test('UIMA CAS: what names stand for in a knowledge base is no id of theirs', async () => {
    const entity = (id: number, begin: number) => ({
      ...{ '%ID': id, '%TYPE': 'custom.NamedEntity', '@sofa': 1, begin, end: begin + 4 },
      ...{ value: 'PER', identifier: 'http://www.wikidata.org/entity/Q42' },
    });
    const again = await read(casJson, {
      '%TYPES': {},
      '%FEATURE_STRUCTURES': [
        { '%ID': 1, '%TYPE': 'uima.cas.Sofa', sofaID: '_InitialView', mimeType: 'text', sofaString: text },
        ...[entity(2, 0), entity(3, 10), entity(4, 15)],
        { '%ID': 5, '%TYPE': 'custom.Link', '@sofa': 1, begin: 15, end: 19, '@Governor': 3, '@Dependent': 4 },
      ],
      '%VIEWS': { _InitialView: { '%SOFA': 1, '%MEMBERS': [2, 3, 4, 5] } },
    });
    expect(new Set(again.documents[0]!.spans.map(({ id }) => id)).size).toBe(3);
    expect(joined(again)).toEqual([['Cccc → dddd']]);
  });

  test('WebAnno: the number of what fills a slot is not that of the frame', async () => {
    const link = 'ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameRolesLink';
    const again = await read(
      webAnnoTsv,
      [
        '#FORMAT=WebAnno TSV 3.3',
        `#T_SP=webanno.custom.Frame|FE|${link}|webanno.custom.Lu`,
        ...['', '', '#Text=auctioned sold'],
        '1-1\t0-9\tauctioned\ttransaction\tgoods\t2-3[4]\t',
        '1-2\t10-14\tsold\tselling\tgoods\t2-3[4]\t',
        '',
      ].join('\n'),
      'a.tsv',
    );
    expect(wordsOf(again)).toEqual([['auctioned', 'sold']]);
  });
});

describe('how a file begins', () => {
  test('brat: a byte order mark costs no span', async () => {
    const marks = sourceFile('a.ann', '\uFEFFT1\tclaim 0 4\tAbba\n');
    const again = await readAll(brat, marks, {}, [sourceFile('a.txt', text)]);
    expect([wordsOf(again), again.complaints]).toEqual([[['Abba']], []]);
  });

  test('tags after many lines without one are tags', async () => {
    const unmarked = 'so\tO\n'.repeat(80);
    const sureOf = async (name: string, content: string) =>
      bio.recognise!(await opening(sourceFile(name, content)));
    expect(await sureOf('train.txt', `${unmarked}\nParis\tB-LOC\n`)).toBe(certainty.byShape);
    expect(await sureOf('eng.train', `${unmarked}\nParis\tB-LOC\n`)).toBe(certainty.byShape);
    expect(await sureOf('train.txt', unmarked)).toBe(certainty.no);
  });

  test.each([
    ['brackets without end', '['.repeat(60_000)],
    ['what turns itself into words', '[{"format":{"toString":1},"data":{"text":"x"}}]'],
  ])('%s throw nothing when the format is looked for', async (_, content) => {
    await expect(formatFor(sourceFile('a.json', content))).resolves.toHaveProperty('name');
  });
});
