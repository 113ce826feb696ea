import { expect, test } from 'vitest';
import licences from 'virtual:licences';
import project from '../package.json' with { type: 'json' };

test('every package that the page is built out of brings its licence', () => {
  const withText = licences.filter(({ text }) => text !== '').map(({ name }) => name);
  expect(withText).toEqual(expect.arrayContaining(Object.keys(project.dependencies)));
});

test('what those packages are built out of is in the list too, each once', () => {
  const names = licences.map(({ name, version }) => `${name} ${version}`);
  expect(licences.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['prosemirror-view', 'workbox-precaching']),
  );
  expect(names).toEqual([...new Set(names)]);
});

test('the build carries the version of package.json', () => {
  expect(__BUILD__.version).toBe(project.version);
});
