import { describe, expect, test } from 'vitest';
import { mergeUpdate } from '../../src/core/merge.ts';
import { mergeProject, firstProject } from '../../src/core/project.ts';
import { withLabel } from '../../src/core/scheme.ts';
import { span } from '../annotated.ts';

const text = 'Ada denied it again';
const before = span({ id: 's1', start: 4, end: 10, label: 'claim' }, text);

describe('an update of a span that somebody else has updated meanwhile', () => {
  test('relabels it without taking back the end that the other moved', () => {
    const moved = { ...before, end: 13, text: 'denied it' };
    const merged = mergeUpdate(moved, before, { ...before, label: 'denial' });
    expect(merged).toEqual({ ...moved, label: 'denial' });
  });

  test('takes its range whole, so that two people’s ends never meet', () => {
    const theirs = { ...before, start: 0, text: 'Ada denied' };
    const ours = { ...before, end: 13, text: 'denied it' };
    expect(mergeUpdate(theirs, before, ours)).toEqual(ours);
  });

  test('takes away a note that it takes away, and leaves one that it does not know', () => {
    const noted = { ...before, note: 'sure?' };
    expect(mergeUpdate(noted, noted, before)).toEqual(before);
    expect(mergeUpdate(noted, before, { ...before, label: 'denial' })).toEqual({ ...noted, label: 'denial' });
  });
});

test('labels that two imports bring at once both stay in the scheme', () => {
  const project = firstProject();
  const withX = { ...project, scheme: withLabel(project.scheme, { value: 'x' }).scheme };
  const withY = { ...project, scheme: withLabel(project.scheme, { value: 'y' }).scheme };
  const values = mergeProject(withX, project, withY).scheme.labels.map(({ value }) => value);
  expect(values.toSorted()).toEqual(['accusation', 'appeal', 'claim', 'denial', 'x', 'y']);
});
