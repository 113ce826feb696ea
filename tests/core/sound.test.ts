import { expect, test } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import { firstProject, type Project } from '../../src/core/project.ts';
import type { Span } from '../../src/core/span.ts';
import { isSoundChange, isSoundSpan, soundProject, soundSheet, unsoundWords } from '../../src/core/sound.ts';

const span: Span = {
  ...{ id: 's', start: 3, end: 9, label: 'claim', annotator: 'me', text: 'denied', attributes: {} },
  ...{ origin: 'hand', createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
};

test.each([
  ['ends before it starts', { start: 9, end: 3 }],
  ['is empty', { start: 3, end: 3 }],
  ['lies outside of the text', { end: 13 }],
  ['starts at half a character', { start: 3.5 }],
  ['starts nowhere', { start: NaN }],
  ['has a start that is text', { start: '3' }],
  ['has markup for a list as its attributes', { attributes: ['<img>'] }],
  ['has an object for a label', { label: { toString: 1 } }],
  ['has no id', { id: undefined }],
])('a stored span that %s is not sound', (_, flaw) => {
  expect(isSoundSpan(span, 12)).toBe(true);
  expect(isSoundSpan({ ...span, ...flaw }, 12)).toBe(false);
  const { sheet, unsound } = soundSheet({ spans: [span, { ...span, ...flaw } as Span], relations: [] }, 12);
  expect([sheet.spans, unsound]).toEqual([[span], 1]);
});

test.each([
  ['a colour that is a style', { colour: '0;background:url(//evil)' }],
  ['a colour beyond the palette', { colour: 12 }],
  ['a key of many characters', { key: 'Escape' }],
  ['an object for a name', { name: { toString: null } }],
])('a stored label with %s is left out and counted', (_, flaw) => {
  const project = firstProject();
  const [first, ...rest] = project.scheme.labels;
  const spoilt = { ...project, scheme: { ...project.scheme, labels: [{ ...first!, ...flaw }, ...rest] } };
  expect(soundProject(project)).toEqual({ project, unsound: 0 });
  const { project: mended, unsound } = soundProject(spoilt as Project);
  expect([mended.scheme.labels, unsound]).toEqual([rest, 1]);
});

test('a stored project without a scheme has an empty one, and that is told', () => {
  const { project, unsound } = soundProject({ id: 'first', name: 'x', scheme: 'none' } as unknown as Project);
  expect(project.scheme).toEqual({ labels: [], attributes: [], relations: [], documentLabels: [] });
  expect(unsound).toBeGreaterThan(0);
});

test('a change is sound when all that it adds, updates and removes is', () => {
  const entry = { type: 'span', documentId: 'd', value: span } as const;
  const change: Change = {
    ...{ seq: 1, id: 'c', projectId: 'first', documentIds: ['d'], kind: 'do', annotator: 'me' },
    ...{ at: '2026-01-01T00:00:00.000Z', title: 'Marked Claim', added: [entry], updated: [], removed: [] },
  };
  const lengthOf = () => 12;
  expect(isSoundChange(change, lengthOf)).toBe(true);
  const far = { ...entry, value: { ...span, end: 13 } };
  for (const flaw of [
    { added: [far] },
    { removed: [{ type: 'script' }] },
    { updated: [{ before: entry, after: far }] },
    { added: 'all' },
    { documentIds: [1] },
    { title: { toString: 1 } },
  ])
    expect(isSoundChange({ ...change, ...flaw }, lengthOf)).toBe(false);
});

test('looking at 5,000 spans takes no longer than a frame', () => {
  const spans = Array.from({ length: 5000 }, (_, index) => ({ ...span, id: `${index}` }));
  soundSheet({ spans, relations: [] }, 1_000_000);
  const start = performance.now();
  soundSheet({ spans, relations: [] }, 1_000_000);
  const ms = performance.now() - start;
  console.log(`5,000 spans looked at in ${ms.toFixed(2)} ms`);
  expect(ms).toBeLessThan(100);
});

test('what is damaged is told with its number, and nothing is told where nothing is', () => {
  expect(unsoundWords('spans', 0)).toBeUndefined();
  expect(unsoundWords('spans', 3)).toContain('spans or relations of this document (3). Nothing was removed.');
});
