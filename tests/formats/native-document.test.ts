import { describe, expect, test } from 'vitest';
import { hashText } from '../../src/core/text.ts';
import { json } from '../../src/formats/json.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { goingOut, readAll, readOne, schemeOf, sourceFile, written } from './reading.ts';

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
const good = { id: 's1', start: 3, end: 9, label: 'denial' };

describe('what is not said has a meaning', () => {
  test('a text alone is a document', async () => {
    const { document, complaints } = await readOne({ text: '\n\n  He denied it.  \nAgain.' });
    expect(complaints).toEqual([]);
    expect(document).toEqual({
      title: 'He denied it.',
      text: '\n\n  He denied it.  \nAgain.',
      source: { file: 'a.jsonl', newlines: 'lf', byteOrderMark: false, replacedSurrogates: 0 },
      meta: {},
      spans: [],
      relations: [],
      line: 2,
    });
  });

  test('null says the same as nothing', async () => {
    const nothing = {
      id: null,
      title: null,
      offset_unit: null,
      text_sha256: null,
      meta: null,
      status: null,
      labels: null,
      note: null,
      relations: null,
    };
    const span = { ...good, id: null, text: null, annotator: null, attributes: null, note: null };
    const { document, complaints } = await readOne({ text: 'He denied it.', ...nothing, spans: [span] });
    expect(complaints).toEqual([]);
    expect(document?.meta).toEqual({});
    expect(document?.spans).toEqual([
      { id: uuid, start: 3, end: 9, label: 'denial', annotator: 'me', attributes: {} },
    ]);
  });
});

describe('labels and notes of documents', () => {
  test('are read, each label once', async () => {
    const { document, complaints } = await readOne({
      text: 'He denied it.',
      labels: ['opinion', 'long_read', 'opinion'],
      note: ' Read again.\n',
    });
    expect(complaints).toEqual([]);
    expect(document).toMatchObject({ labels: ['opinion', 'long_read'], note: ' Read again.\n', meta: {} });
  });

  test.each([[[[0, 2, 'PER']]], ['opinion'], [{ opinion: 1 }], [['opinion', '']], [['opinion', null]]])(
    'labels that are no list of names (%j) are facts like any other',
    async (labels) => {
      const { document, complaints } = await readOne({ text: 'He denied it.', labels, note: 7 });
      expect(complaints).toEqual([]);
      expect(document?.meta).toEqual({ labels, note: 7 });
      expect(document).not.toHaveProperty('labels');
      expect(document).not.toHaveProperty('note');
    },
  );

  test.each([jsonLines, json])(
    'go out in $name under their machine names in the order of the scheme, and only where there are any',
    async (format) => {
      const scheme = {
        ...schemeOf(),
        documentLabels: [
          { id: 'l1', value: 'long_read', name: 'Long read' },
          { id: 'l2', value: 'gone', name: 'Gone', deleted: true as const },
          { id: 'l3', value: 'opinion', name: 'Opinion' },
        ],
      };
      const bare = goingOut((await readOne({ text: 'He denied it.' })).document!);
      const labelled = {
        ...bare,
        document: { ...bare.document, labels: ['l3', 'l2', 'l1'], note: 'Again.' },
      };
      const [first, second] = JSON.parse(
        `[${(await written(jsonLines, [labelled, bare], scheme)).trim().replace('\n', ',')}]`,
      ) as object[];
      expect(first).toMatchObject({ labels: ['long_read', 'opinion'], note: 'Again.' });
      expect(Object.keys(second!)).not.toEqual(expect.arrayContaining(['labels']));
      expect(second).not.toHaveProperty('note');
      expect(await written(format, [labelled], scheme)).not.toContain('gone');
    },
  );
});

describe('unknown fields are kept', () => {
  test('of a document under its metadata, of spans and relations under their attributes', async () => {
    const spans = [{ ...good, confidence: 0.5, speaker: 'He', attributes: { speaker: ['Pompeo'] } }];
    const relations = [{ head: 's1', child: 's1', label: 'denies', weight: 2 }];
    const document = {
      text: 'He denied it.',
      source: 'wire',
      meta: { source: 'AP', source_2: 'x' },
      spans,
      relations,
    };
    const read = await readOne(document);
    expect(read.complaints).toEqual([]);
    expect(read.document?.meta).toEqual({ source: 'AP', source_2: 'x', source_3: 'wire' });
    expect(read.document?.spans[0]?.attributes).toEqual({
      speaker: ['Pompeo'],
      confidence: 0.5,
      speaker_2: 'He',
    });
    expect(read.document?.relations[0]?.attributes).toEqual({ weight: 2 });
  });

  test.each(['jsonl', 'json'])(
    '__proto__ and constructor are data like any other, in and out of %s',
    async (extension) => {
      const format = extension === 'json' ? json : jsonLines;
      const evil = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';
      const source =
        `{"id":"d","title":"t","status":"todo","text":"He denied it.",${evil},"meta":{${evil},"toString":1},"spans":` +
        `[{"id":"s","start":3,"end":9,"label":"__proto__","attributes":{${evil}},"hasOwnProperty":1}],` +
        `"relations":[{"id":"__proto__","head":"s","child":"s","label":"x","__proto__":1}]}`;
      const { documents, complaints } = await readAll(format, sourceFile(`a.${extension}`, source));
      expect(complaints).toEqual([]);
      const [document] = documents;
      for (const part of [
        document!.meta,
        document!.spans[0]!.attributes,
        document!.relations[0]!.attributes,
      ]) {
        expect(Object.getPrototypeOf(part)).toBe(Object.prototype);
        expect(Object.hasOwn(part, '__proto__')).toBe(true);
        expect(part['polluted']).toBeUndefined();
      }
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      const out = await written(format, [goingOut(document!)], schemeOf('__proto__'));
      const again = await readAll(format, sourceFile(`a.${extension}`, out));
      expect(JSON.stringify(again.documents)).toBe(JSON.stringify(documents));
    },
  );
});

describe('offsets of the file are carried to the canonical text', () => {
  const covered = (
    document: { text: string; spans: readonly { start: number; end: number }[] } | undefined,
  ) => document?.spans.map(({ start, end }) => document.text.slice(start, end));
  const at = (start: number, end: number, text?: string) => ({
    start,
    end,
    label: 'x',
    ...(text !== undefined && { text }),
  });

  test.each<[string, string, object[], string[]]>([
    [
      'past CRLF',
      'One.\r\nTwo.\r\nThree.',
      [at(6, 10, 'Two.'), at(0, 10, 'One.\r\nTwo.'), at(12, 18)],
      ['One.\nTwo.', 'Two.', 'Three.'],
    ],
    [
      'inside CRLF',
      'One.\r\nTwo.',
      [at(0, 5, 'One.\r'), at(5, 9, '\nTwo'), at(4, 5, '\r'), at(5, 6, '\n')],
      ['One.\n', '\nTwo', '\n', '\n'],
    ],
    ['past lone CR', 'One.\rTwo.', [at(5, 9, 'Two.'), at(0, 5, 'One.\r')], ['One.\n', 'Two.']],
    [
      'past a byte order mark',
      '\uFEFFOne. 😀 Two.',
      [at(0, 5, '\uFEFFOne.'), at(8, 12, 'Two.')],
      ['One.', 'Two.'],
    ],
    [
      'past lone surrogates',
      '\ud83d One \ude00 😀 Two.',
      [at(0, 1, '\ud83d'), at(2, 5), at(10, 14, 'Two.')],
      ['\ufffd', 'One', 'Two.'],
    ],
    ['a byte order mark inside', 'One \uFEFFTwo', [at(4, 8, '\uFEFFTwo')], ['\uFEFFTwo']],
  ])('%s', async (_, text, spans, texts) => {
    const { document, complaints } = await readOne({ text, spans });
    expect(complaints).toEqual([]);
    expect(covered(document)?.sort()).toEqual(texts.sort());
  });

  test('in UTF-16 units as well', async () => {
    const spans = [at(3, 7, 'One.'), at(9, 13, 'Two.')];
    const { document, complaints } = await readOne({ text: '😀 One.\r\nTwo.', offset_unit: 'utf16', spans });
    expect(complaints).toEqual([]);
    expect(covered(document)).toEqual(['One.', 'Two.']);
  });

  test('and what was changed is recorded; the file’s hash is over the text as the file has it', async () => {
    const text = '\uFEFFOne.\r\nTwo \ud83d.';
    const { document, complaints } = await readOne({ text, text_sha256: hashText(text).toUpperCase() });
    expect(complaints).toEqual([]);
    expect(document?.source).toEqual({
      file: 'a.jsonl',
      newlines: 'crlf',
      byteOrderMark: true,
      replacedSurrogates: 1,
    });
  });
});
