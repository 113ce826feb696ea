import { describe, expect, test, vi } from 'vitest';
import { labelKeys } from '../../../src/core/scheme.ts';
import { AppState } from '../../../src/ui/app-state.svelte.ts';
import { matchesChord, parseChord } from '../../../src/ui/commands/chord.ts';
import type { Scope } from '../../../src/ui/commands/command.ts';
import { commands } from '../../../src/ui/commands/registry.ts';
import { isField, runKey } from '../../../src/ui/commands/run-key.ts';
import { newDesk, select } from '../../session/desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../../session/jobs-in-process.ts'));

const named = [
  'Delete',
  'Backspace',
  'Enter',
  'Escape',
  'F2',
  'F3',
  'F7',
  'F8',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Tab',
];
const keys = [
  ...[...Array(95).keys()].map((index) => String.fromCharCode(32 + index)),
  ...named,
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
];
const modifiers = [...Array(8).keys()].map((bits) => ({
  ctrlKey: Boolean(bits & 1),
  shiftKey: Boolean(bits & 2),
  altKey: Boolean(bits & 4),
}));
const strokes = keys.flatMap((key) =>
  modifiers.map((held) => new KeyboardEvent('keydown', { key, ...held })),
);
const stroke = (key: string, held: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...held });

function spoken({ key, ctrlKey, shiftKey, altKey }: KeyboardEvent): string {
  return [ctrlKey && 'Ctrl', shiftKey && 'Shift', altKey && 'Alt', key].filter(Boolean).join('+');
}

const standingFor = (event: KeyboardEvent, scope: Scope) =>
  commands.filter(
    (command) => command.scope === scope && command.keys.some((key) => matchesChord(event, key)),
  );

describe('the keys', () => {
  test.each(['text', 'everywhere'] as const)(
    'stand for one command each (%s), or for several that say when',
    (scope) => {
      const shared = strokes.filter((event) => {
        const found = standingFor(event, scope);
        return found.length > 1 && found.slice(0, -1).some(({ when }) => when === undefined);
      });
      expect(shared.map(spoken)).toEqual([]);
    },
  );

  test('that several commands share are those of what is under way: a relation, a held end, a focused span', () => {
    const shared = strokes.filter((event) => standingFor(event, 'text').length > 1);
    expect(new Set(shared.map(({ key }) => key))).toEqual(
      new Set(['Escape', 'Enter', 'ArrowLeft', 'ArrowRight']),
    );
  });

  test('that the text takes mean nothing else elsewhere', () => {
    const both = strokes.filter(
      (event) => standingFor(event, 'text').length > 0 && standingFor(event, 'everywhere').length > 0,
    );
    expect(both.map(spoken)).toEqual([]);
  });

  test('of labels never hide a command', () => {
    const hidden = labelKeys.filter((key) =>
      (['text', 'everywhere'] as const).some((scope) => standingFor(stroke(key), scope).length > 0),
    );
    expect(hidden).toEqual([]);
  });

  test('are written as chords, so that each can be pressed', () => {
    const written = commands.flatMap(({ keys: chords }) => chords);
    expect(written.map((chord) => parseChord(chord))).toEqual(written);
    expect(written.filter((chord) => !strokes.some((event) => matchesChord(event, chord)))).toEqual([]);
  });

  test('have commands with names and ids of their own', () => {
    for (const trait of ['id', 'name'] as const)
      expect(new Set(commands.map((command) => command[trait])).size).toBe(commands.length);
  });
});

describe('a key', () => {
  async function atDesk() {
    const desk = await newDesk(['Ada [denied](denial) it', 'Ben was there']);
    return { desk, app: new AppState(desk.session, desk.projects) };
  }

  test.each([
    ['1', {}, '[Ada](claim)'],
    ['"', { code: 'Digit2', shiftKey: false }, '[Ada](denial)'],
    ['1', { code: 'Numpad1' }, '[Ada](claim)'],
    ['3', { shiftKey: true }, '[Ada](appeal)'],
  ])('%s of a label marks the selection (%o)', async (key, held, expected) => {
    const { desk, app } = await atDesk();
    select(desk.session, 'Ada');
    expect(runKey(app, stroke(key, held), 'text')).toBe(true);
    expect(desk.notation()).toBe(`${expected} [denied](denial) it`);
  });

  test.each([
    ['with Ctrl', stroke('1', { ctrlKey: true }), 'text'],
    ['with Alt', stroke('1', { altKey: true }), 'text'],
    ['with Shift, typing something else', stroke('!', { code: 'Digit1', shiftKey: true }), 'text'],
    ['outside of the text', stroke('1'), 'everywhere'],
  ] as const)('of a label does nothing %s', async (_what, event, scope) => {
    const { desk, app } = await atDesk();
    select(desk.session, 'Ada');
    expect(runKey(app, event, scope)).toBe(false);
    expect(desk.notation()).toBe('Ada [denied](denial) it');
  });

  test('for removing is left to others while no span is focused', async () => {
    const { desk, app } = await atDesk();
    expect(runKey(app, stroke('Delete'), 'text')).toBe(false);
    desk.session.marking.goToNeighbour(1);
    expect(runKey(app, stroke('Delete'), 'text')).toBe(true);
    expect(desk.notation()).toBe('Ada denied it');
  });

  test('moves a held end and lets it go, and is an arrow otherwise', async () => {
    const { desk, app } = await atDesk();
    expect(runKey(app, stroke('ArrowRight'), 'text')).toBe(false);
    const taken = [stroke('n'), stroke(']'), stroke('ArrowRight', { ctrlKey: true }), stroke('Enter')].map(
      (event) => runKey(app, event, 'text'),
    );
    expect(taken).toEqual([true, true, true, true]);
    expect(desk.notation()).toBe('Ada [denied it](denial)');
    expect(runKey(app, stroke('Enter'), 'text')).toBe(false);
  });

  test('Escape lets go of the end first and of the span then', async () => {
    const { desk, app } = await atDesk();
    for (const key of ['n', '[']) runKey(app, stroke(key), 'text');
    const { open } = desk.session;
    expect([open!.held === undefined, open!.focused?.text]).toEqual([false, 'denied']);
    runKey(app, stroke('Escape'), 'text');
    expect([open!.held === undefined, open!.focused?.text]).toEqual([true, 'denied']);
    runKey(app, stroke('Escape'), 'text');
    expect(open!.focused).toBeUndefined();
    expect(runKey(app, stroke('Escape'), 'text')).toBe(false);
  });

  test('goes to the next document and back, and says where the list ends', async () => {
    const { desk, app } = await atDesk();
    runKey(app, stroke('PageDown', { altKey: true }), 'everywhere');
    expect(app.navigation.route).toEqual({ screen: 'annotate', documentId: 'report-2' });
    await desk.session.openDocument('report-2');
    runKey(app, stroke('PageDown', { altKey: true }), 'everywhere');
    expect(desk.session.messages.current?.text).toBe('This is the last document.');
  });

  test('opens the help', async () => {
    const { app } = await atDesk();
    runKey(app, stroke('?', { shiftKey: true }), 'everywhere');
    expect(app.dialog).toBe('shortcuts');
  });
});

test.each([
  ['<input>', true],
  ['<input type="search">', true],
  ['<textarea></textarea>', true],
  ['<select></select>', true],
  ['<input type="checkbox">', false],
  ['<button></button>', false],
  ['<div tabindex="0"></div>', false],
])('typing into %s is a field’s business: %s', (markup, expected) => {
  const place = document.createElement('div');
  place.innerHTML = markup;
  expect(isField(place.firstChild)).toBe(expected);
  expect(isField(null)).toBe(false);
});
