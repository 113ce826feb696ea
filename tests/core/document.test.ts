import { describe, expect, test } from 'vitest';
import { mergeDocument, titleFrom } from '../../src/core/document.ts';
import { documentWith } from './documents.ts';

describe('the title of a text that came without one', () => {
  test.each([
    ['is its first line', 'Ada denied it.\nShe left.', 'Ada denied it.'],
    ['is the first line that has words', '\n \n***\n— …\nAda denied it.', 'Ada denied it.'],
    ['has no white space around it or doubled within', ' \tAda  denied\u00a0it. ', 'Ada denied it.'],
    ['may be of digits alone', '1984\nAda denied it.', '1984'],
    ['may be in any script', 'עדה הכחישה.\nAda denied it.', 'עדה הכחישה.'],
    ['is a word for its lack where there are no words', '\n— …\n', 'Untitled'],
    ['is a word for its lack where there is no text', '', 'Untitled'],
  ])('%s', (_, text, title) => {
    expect(titleFrom(text)).toBe(title);
  });

  test('is whole up to sixty characters and cut after them', () => {
    expect(titleFrom('a'.repeat(60))).toBe('a'.repeat(60));
    expect(titleFrom('a'.repeat(61))).toBe(`${'a'.repeat(60)}…`);
    expect(titleFrom(`${'a'.repeat(59)} b`)).toBe(`${'a'.repeat(59)}…`);
  });

  test('is not cut inside a surrogate pair', () => {
    expect(titleFrom(`${'a'.repeat(59)}😡😡`)).toBe(`${'a'.repeat(59)}😡…`);
  });
});

describe('somebody else’s update of a document', () => {
  const before = documentWith();

  test.each([{ title: 'Ada left' }, { status: 'done' }, { order: 7 }, { deleted: true }] as const)(
    'brings %j and leaves all else as it is here',
    (trait) => {
      const current = documentWith({ title: 'Here', status: 'skipped', meta: { here: true }, order: 3 });
      expect(mergeDocument(current, before, { ...before, ...trait })).toEqual({ ...current, ...trait });
    },
  );

  test('brings each field and each label by itself, and takes away what it takes away', () => {
    const current = documentWith({ meta: { source: 'radio', here: true }, labels: ['a', 'b'] });
    const was = documentWith({ meta: { source: 'radio' }, labels: ['a'] });
    const is = documentWith({ meta: { date: '2026-01-01' }, labels: ['c'] });
    expect(mergeDocument(current, was, is)).toEqual({
      ...current,
      meta: { date: '2026-01-01', here: true },
      labels: ['b', 'c'],
    });
  });

  test('says nothing of facts that only look new because the update was read from a copy', () => {
    const current = documentWith({ meta: { date: '2026-01-01' } });
    const [was, is] = [
      documentWith({ meta: { source: 'radio' } }),
      documentWith({ meta: { source: 'radio' }, status: 'done' }),
    ];
    expect(mergeDocument(current, was, is)).toEqual({ ...current, status: 'done' });
  });

  test('leaves the counts to those who keep them', () => {
    const current = documentWith({ counts: { spans: 1, byLabel: { PER: 1 } } });
    const after = documentWith({ status: 'done', counts: { spans: 2, byLabel: { PER: 2 } } });
    expect(mergeDocument(current, before, after)).toEqual({ ...current, status: 'done' });
  });

  test('brings a deleted document back', () => {
    const deleted = documentWith({ deleted: true });
    const merged = mergeDocument(deleted, deleted, before);
    expect(merged).toEqual(before);
    expect('deleted' in merged).toBe(false);
  });

  test('leaves a document deleted that was deleted here', () => {
    const current = documentWith({ deleted: true });
    expect(mergeDocument(current, before, documentWith({ status: 'done' }))).toEqual({
      ...current,
      status: 'done',
    });
  });
});
