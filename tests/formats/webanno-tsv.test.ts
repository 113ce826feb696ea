import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { opening } from '../../src/formats/reading/source-text.ts';
import { webAnnoTsv } from '../../src/formats/webanno-tsv.ts';
import { document } from './arbitraries.ts';
import { fixture, outgoing, readAll, schemeOf, sourceFile, writeOptions, writtenFiles } from './reading.ts';
import { words } from './token-rows.ts';

describe('a WebAnno TSV file', () => {
  test('is known by its first line', async () => {
    expect(webAnnoTsv.recognise!(await opening(fixture('speech.tsv')))).toBe(3);
    expect(webAnnoTsv.recognise!(await opening(sourceFile('a.tsv', 'id\ttext\n')))).toBe(0);
  });

  test('is read with stacked and parted marks, features and relations', async () => {
    const { documents, complaints, verdict } = await readAll(webAnnoTsv, fixture('speech.tsv'));
    expect(complaints).toEqual([]);
    expect(verdict).toMatchObject({ unit: 'utf16', tied: [] });
    const { text, spans, relations } = documents[0]!;
    expect(text).toBe('Minister 😊 said prices fell .\nOpposition denied it .');
    const layer = 'webanno.custom.Speechact';
    const said = spans.map(({ start, end, label, attributes }) => [
      label,
      text.slice(start, end),
      attributes,
    ]);
    expect(said).toEqual([
      ['report', 'said', { layer }],
      ['claim', 'prices fell', { sure: 'very_much', layer }],
      ['part', 'prices', { layer }],
      ['Speechact', 'fe', { layer }],
      ['denial', 'denied', { layer }],
    ]);
    const labels = new Map(spans.map(({ id, label }) => [id, label]));
    expect(relations.map(({ head, child, label }) => [labels.get(head), label, labels.get(child)])).toEqual([
      ['denial', 'refers', 'claim'],
    ]);
  });

  test('is read as far as it goes, and each line that is broken is named', async () => {
    const { documents, complaints } = await readAll(webAnnoTsv, fixture('broken.tsv'));
    expect(complaints).toEqual([
      'broken.tsv, line 3: the chains of webanno.custom.Link are not read, and were skipped.',
      'broken.tsv, line 7: Sentence.id has no place here, and was skipped.',
      'broken.tsv, line 11: this row was left out: “eleven” are no offsets.',
      'broken.tsv, line 13: this line follows no rule of the format, and was skipped.',
      'broken.tsv, line 12: the relation “against” was left out: at 1-9 stands no mark of webanno.custom.Speechact.',
      'broken.tsv, line 10: span 1 (denial) was left out: its words are “refused”, but at 4–10 stands “denied”.',
    ]);
    expect(documents).toMatchObject([{ text: 'Ada denied it', spans: [{ label: 'claim', start: 11 }] }]);
  });

  test('by a tool that counts code points is told by its words', async () => {
    const rows = '1-1\t0-1\t😊\t_\t\n1-2\t2-5\tAda\tclaim\t\n1-3\t6-10\tsaid\t_\t\n';
    const file = sourceFile(
      'a.tsv',
      `#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Act|kind\n\n\n#Text=😊 Ada said\n${rows}`,
    );
    expect((await readAll(webAnnoTsv, file)).verdict).toMatchObject({ unit: 'codepoint', tied: [] });
    const { documents, complaints } = await readAll(webAnnoTsv, file, { unit: 'codepoint' });
    expect(complaints).toEqual([]);
    expect(documents[0]!.spans).toMatchObject([{ start: 3, end: 6 }]);
  });
});

describe('a document written as WebAnno TSV', () => {
  const text = '  Ada denied *it*.\n\n \tShe left_\\ 😊 early.\n';
  const span = (start: number, end: number, traits = {}) => ({
    id: `s${start}-${end}`,
    ...{ start, end, text: text.slice(start, end), label: 'claim', annotator: 'me', attributes: {} },
    ...({ origin: 'hand', createdAt: '', updatedAt: '' } as const),
    ...traits,
  });

  test('has a row for each token and part of one, numbers where rows do not tell, and escapes', async () => {
    const spans = [
      span(2, 11, { attributes: { speaker: 'a|b', 'how said': ['x'] }, note: '*' }),
      span(6, 11, { annotator: 'anna' }),
      span(7, 14, { label: 'an act' }),
      span(18, 19),
    ];
    const relation = {
      id: 'r',
      head: 's7-14',
      child: 's6-11',
      label: 'denies',
      annotator: 'me',
      attributes: {},
    };
    const { texts, losses } = await writtenFiles(
      webAnnoTsv,
      [outgoing(text, { spans, relations: [relation] })],
      writeOptions(schemeOf()),
    );
    expect(texts['report.tsv']!.split('\n')).toEqual([
      '#FORMAT=WebAnno TSV 3.3',
      '#T_SP=webanno.custom.Span|label|annotator|note|how_said|speaker',
      '#T_RL=webanno.custom.Relation|label|BT_webanno.custom.Span',
      '',
      '',
      '#Text=Ada denied *it*.',
      '#Text=',
      '#Text= \\t',
      '1-1\t2-5\tAda\tclaim[1]\tme[1]\t\\*[1]\t\\["x"\\][1]\ta\\|b[1]\t_\t_\t',
      '1-2\t6-12\tdenied\t_\t_\t_\t_\t_\t_\t_\t',
      '1-2.1\t6-11\tdenie\tclaim[1]|claim[2]\tme[1]|anna[2]\t\\*[1]|*[2]\t\\["x"\\][1]|*[2]\ta\\|b[1]|*[2]\tdenies\t1-2.2[3_2]\t',
      '1-2.2\t7-12\tenied\tan act[3]\tme[3]\t*[3]\t*[3]\t*[3]\t_\t_\t',
      '1-3\t13-14\t*\tan act[3]\tme[3]\t*[3]\t*[3]\t*[3]\t_\t_\t',
      '1-4\t14-16\tit\t_\t_\t_\t_\t_\t_\t_\t',
      '1-5\t16-17\t*\t_\t_\t_\t_\t_\t_\t_\t',
      '1-6\t17-18\t.\t_\t_\t_\t_\t_\t_\t_\t',
      '',
      '#Text=She left_\\\\ 😊 early.',
      '#Text=',
      '2-1\t22-25\tShe\t_\t_\t_\t_\t_\t_\t_\t',
      '2-2\t26-31\tleft_\t_\t_\t_\t_\t_\t_\t_\t',
      '2-3\t31-32\t\\\\\t_\t_\t_\t_\t_\t_\t_\t',
      '2-4\t33-35\t😊\t_\t_\t_\t_\t_\t_\t_\t',
      '2-5\t36-41\tearly\t_\t_\t_\t_\t_\t_\t_\t',
      '2-6\t41-42\t.\t_\t_\t_\t_\t_\t_\t_\t',
      '',
    ]);
    expect(losses).toEqual({
      'spans that cover no word or sign': 1,
      'names of attributes that features cannot have, which are changed': 1,
      'attributes’ values that are not text, which become text': 1,
      'documents’ status': 1,
    });
  });

  test('has every mark where it was, in any text', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (whole) => {
        // A mark that stands first once the line feeds before it are gone is taken for that of the file.
        if (words(whole.text) === '' || /^[\s\p{White_Space}]*\uFEFF/u.test(whole.text)) return;
        const options = writeOptions(schemeOf());
        const { texts } = await writtenFiles(webAnnoTsv, [whole], options);
        const [content] = Object.values(texts);
        const { documents, problems } = await readAll(webAnnoTsv, sourceFile('a.tsv', content!));
        expect(problems).toEqual([]);
        const read = documents[0]!;
        const held = webAnnoTsv.held!(whole, options);
        expect(words(read.text)).toBe(words(whole.text));
        if (held.text === 'exact') expect(read.text).toBe(whole.text);
        const first = whole.text.search(/\P{White_Space}/u);
        expect(read.text.slice(first)).toBe(whole.text.slice(first));
        expect(read.text).toHaveLength(whole.text.length);
        const said = (
          spans: readonly { start: number; end: number; label: string; annotator: string; note?: string }[],
        ) =>
          spans
            .map(
              ({ start, end, label, annotator, note }) =>
                `${start}-${end} ${label} ${annotator} ${note ?? ''}`,
            )
            .sort();
        expect(said(read.spans)).toEqual(said(held.spans));
        const ids = new Set(held.spans.map(({ id }) => id));
        const kept = whole.relations.filter(({ head, child }) => ids.has(head) && ids.has(child));
        expect(read.relations.map(({ label }) => label).sort()).toEqual(
          kept.map(({ label }) => label).sort(),
        );
      }),
      { numRuns: 40 },
    );
  });
});
