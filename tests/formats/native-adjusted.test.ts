import { describe, expect, test } from 'vitest';
import { hashText } from '../../src/core/text.ts';
import { readOne } from './reading.ts';

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
const good = { id: 's1', start: 3, end: 9, label: 'denial' };

describe('what does not fit beside the text is adjusted and said', () => {
  const long = 'x'.repeat(201);
  test.each<[string, object, string, object]>([
    [
      'an unknown status',
      { status: 'finished' },
      'the "status" of this document is none of todo, in_progress, done, skipped and was ignored.',
      { meta: {} },
    ],
    [
      'a number for an id',
      { id: 17 },
      'the "id" of this document is not text of 1 to 200 characters, so it was given a new one; what stood there is kept in its metadata.',
      { meta: { id: 17 } },
    ],
    [
      'a very long id',
      { id: long },
      'the "id" of this document is not text of 1 to 200 characters, so it was given a new one; what stood there is kept in its metadata.',
      { meta: { id: long } },
    ],
    [
      'a number for a title',
      { title: 3 },
      'the "title" of this document is not text, so it was given one from its first line; what stood there is kept in its metadata.',
      { title: 'He denied it.', meta: { title: 3 } },
    ],
    [
      'text for metadata',
      { meta: 'wire' },
      'the "meta" of this document is not an object; what stood there is kept in its metadata.',
      { meta: { meta: 'wire' } },
    ],
    [
      'a text that was changed',
      { text_sha256: hashText('He denied that.') },
      'the "text_sha256" of this document does not fit its text, which may have been changed since it was exported; check its spans.',
      {},
    ],
    [
      'spans that are no list',
      { spans: { a: 1 } },
      'the "spans" of this document are not a list, so it was kept without them.',
      { spans: [] },
    ],
    [
      'relations that are no list',
      { relations: 'r1' },
      'the "relations" of this document are not a list, so it was kept without them.',
      { relations: [] },
    ],
  ])('%s', async (_, fields, complaint, kept) => {
    const { document, complaints } = await readOne({ text: 'He denied it.', ...fields });
    expect(complaints).toEqual([complaint]);
    expect(document).toMatchObject({ text: 'He denied it.', ...kept });
    expect(document).not.toHaveProperty('id');
    expect(document).not.toHaveProperty('status');
  });

  test('numbers with more digits than can be kept', async () => {
    const span = '{"start":3,"end":9,"label":"denial","attributes":{"post":[1e999]}}';
    const line = `{"text":"He denied it.","meta":{"post":12345678901234567890,"share":0.1},"spans":[${span}]}`;
    const { complaints } = await readOne(line);
    const advice = 'put it in double quotes to keep every digit.';
    expect(complaints).toEqual([
      `the metadata of this document has a number that was read as 12345678901234567000; ${advice}`,
      `span 1 has a number that was read as Infinity; ${advice}`,
    ]);
  });

  test('ids that stand twice or are no text are replaced, and relations follow', async () => {
    const spans = [
      good,
      { ...good, label: 'claim' },
      { ...good, id: 7 },
      { ...good, id: long },
      { start: 0, end: 2, label: 'claim' },
    ];
    const relations = [
      { id: 'r1', head: 's1', child: 7, label: 'denies' },
      { id: 'r1', head: long, child: 's1', label: 'denies' },
    ];
    const { document, complaints } = await readOne({ text: 'He denied it.', spans, relations });
    expect(complaints).toEqual([
      'span 2 was given a new id: its id “s1” stands here twice.',
      'span 3 was given a new id: its id is not text of 1 to 200 characters.',
      'span 4 was given a new id: its id is not text of 1 to 200 characters.',
      'relation 2 was given a new id: its id “r1” stands here twice.',
    ]);
    const ids = document!.spans.map(({ id }) => id);
    expect(ids).toEqual(['s1', uuid, uuid, uuid, uuid]);
    expect(new Set(ids).size).toBe(5);
    expect(document!.relations).toMatchObject([
      { id: 'r1', head: 's1', child: ids[2] },
      { id: uuid, head: ids[3], child: 's1' },
    ]);
  });
});
