import { describe, expect, test, vi } from 'vitest';
import { schemeFrom } from '../../../src/core/schemes/plan.ts';
import { makeLabel } from '../../../src/session/schemes/make-label.ts';
import { AppState } from '../../../src/ui/app-state.svelte.ts';
import { chooseKey, removeKey, resetAllKeys, resetKeys } from '../../../src/ui/commands/choosing-keys.ts';
import { activeKeys, activeLabelKey, commandOf, keyHints, keysOf } from '../../../src/ui/commands/keymap.ts';
import { commands } from '../../../src/ui/commands/registry.ts';
import { runKey } from '../../../src/ui/commands/run-key.ts';
import { keyFault } from '../../../src/ui/labels/fields/key-choice.ts';
import { addNamed } from '../../../src/ui/labels/parts-of-scheme.ts';
import { newDesk, select, type Desk } from '../../session/desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../../session/jobs-in-process.ts'));

async function atDesk() {
  const desk = await newDesk(['Ada [denied](denial) it']);
  return { desk, app: new AppState(desk.session, desk.projects) };
}
const stroke = (key: string, held: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...held });
const nextSpan = commandOf('next-span');

describe('a chosen key', () => {
  test('acts, and the one it replaced does not', async () => {
    const { app, desk } = await atDesk();
    expect(chooseKey(app, nextSpan, 'Alt+J', 'N')).toBeUndefined();
    expect(runKey(app, stroke('n'), 'text')).toBe(false);
    expect(runKey(app, stroke('j', { altKey: true }), 'text')).toBe(true);
    expect(desk.session.open?.focused?.text).toBe('denied');
  });

  test('stands beside the others when it is added, and once', async () => {
    const { app } = await atDesk();
    chooseKey(app, nextSpan, 'F9');
    chooseKey(app, nextSpan, 'F9');
    expect(keysOf(app, nextSpan)).toEqual(['N', 'F9']);
  });

  test('outlives a reload', async () => {
    const { app, desk } = await atDesk();
    chooseKey(app, nextSpan, 'F9', 'N');
    await vi.waitFor(async () => {
      expect(keysOf(new AppState(await desk.sit(), desk.projects), nextSpan)).toEqual(['F9']);
    });
  });

  test('can be taken away, and given back', async () => {
    const { app } = await atDesk();
    removeKey(app, nextSpan, 'N');
    expect(keysOf(app, nextSpan)).toEqual([]);
    expect(runKey(app, stroke('n'), 'text')).toBe(false);
    expect(resetKeys(app, nextSpan)).toBeUndefined();
    expect(keysOf(app, nextSpan)).toEqual(['N']);
  });

  test('is shown by the button of its command', async () => {
    const { app } = await atDesk();
    expect(keyHints(app, 'redo')).toEqual({
      title: 'Redo (Ctrl Shift Z)',
      'aria-keyshortcuts': 'Control+Shift+Z Control+Y',
    });
    removeKey(app, commandOf('undo'), 'Mod+Z');
    expect(keyHints(app, 'undo')).toEqual({ title: 'Undo', 'aria-keyshortcuts': undefined });
  });

  test('goes with all others when all are reset', async () => {
    const { app } = await atDesk();
    chooseKey(app, nextSpan, 'F9', 'N');
    removeKey(app, commandOf('undo'), 'Mod+Z');
    resetAllKeys(app);
    expect(commands.map((command) => keysOf(app, command))).toEqual(commands.map(({ keys }) => keys));
  });
});

describe('a key that somebody has', () => {
  test.each([
    ['P', 'P belongs to “Previous span”. Choose another key, or change that one first.'],
    ['1', '1 belongs to the label Claim. Choose another key, or change that one first.'],
    ['K', 'K belongs to the attribute Kind. Choose another key, or change that one first.'],
    ['Shift+K', 'Shift K belongs to the attribute Kind. Choose another key, or change that one first.'],
    ['?', '? belongs to “Keyboard shortcuts”. Choose another key, or change that one first.'],
    ['Escape', 'Esc belongs to “While linking: leave”. Choose another key, or change that one first.'],
    [
      'Mod+C',
      'Ctrl C belongs to the browser, for selecting and copying. Choose another key, or change that one first.',
    ],
    [
      'Space',
      'Space belongs to the browser, for pressing buttons. Choose another key, or change that one first.',
    ],
  ])('is refused with the name of its holder: %s', async (key, sentence) => {
    const { app } = await atDesk();
    expect(chooseKey(app, nextSpan, key, 'N')).toBe(sentence);
    expect(keysOf(app, nextSpan)).toEqual(['N']);
  });

  test('is free once its holder has another', async () => {
    const { app } = await atDesk();
    const previous = commandOf('previous-span');
    expect(chooseKey(app, previous, 'F6', 'P')).toBeUndefined();
    expect(chooseKey(app, nextSpan, 'P')).toBeUndefined();
    expect(resetKeys(app, previous)).toBe(
      'P belongs to “Next span”. Choose another key, or change that one first.',
    );
    expect(keysOf(app, previous)).toEqual(['F6']);
  });

  test('may be shared as it is from the start, and no more', async () => {
    const { app } = await atDesk();
    const letGo = commandOf('let-go-of-span');
    removeKey(app, letGo, 'Escape');
    expect(chooseKey(app, letGo, 'Escape')).toBeUndefined();
    expect(keysOf(app, commandOf('let-go-of-end'))).toEqual(['Enter', 'Escape']);
    removeKey(app, commandOf('let-go-of-end'), 'Enter');
    expect(keysOf(app, letGo)).toEqual(['Escape']);
  });
});

describe('a key that the user gave to a command', () => {
  test.each<[string, (desk: Desk) => unknown]>([
    ['made while marking', ({ session }) => makeLabel(session, session.scheme, 'Threat')],
    ['added to the scheme', ({ session }) => addNamed(session, 'labels', 'Threat')],
    [
      'that an imported document brings',
      ({ session }) =>
        session.importing.files([
          new File(
            [JSON.stringify({ text: 'Go now', spans: [{ start: 0, end: 2, label: 'threat' }] })],
            'a.jsonl',
          ),
        ]),
    ],
    [
      'of a scheme file that has none',
      ({ session }) => session.scheme.addPlan({ labels: [{ value: 'threat' }] }, 'Imported'),
    ],
    [
      'of a scheme file that wishes for it',
      ({ session }) => session.scheme.addPlan({ labels: [{ value: 'threat', key: '5' }] }, 'Imported'),
    ],
  ])('goes to no label %s', async (_what, make) => {
    const { app, desk } = await atDesk();
    expect(chooseKey(app, nextSpan, '5')).toBeUndefined();
    await make(desk);
    expect(desk.label('threat').key).toBe('6');
    expect(runKey(app, stroke('5'), 'text')).toBe(true);
    expect(desk.session.open?.focused?.text).toBe('denied');
  });

  test('goes to no label or attribute of a new project, and to none that a scheme file brings', async () => {
    const { app, desk } = await atDesk();
    for (const key of ['G', '5']) chooseKey(app, nextSpan, key);
    const keys = desk.session.preferences.labelKeys;
    const made = schemeFrom({ labels: [...'abcde'].map((value) => ({ value })) }, keys);
    expect(made.labels.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '6']);
    const attribute = { value: 'genre', type: 'text', key: 'g' } as const;
    desk.session.scheme.addPlan({ labels: [], attributes: [attribute] }, 'Imported');
    expect(desk.session.project.scheme.attributes.at(-1)).toMatchObject({ value: 'genre', name: 'Genre' });
    expect(desk.session.project.scheme.attributes.at(-1)).not.toHaveProperty('key');
    expect(schemeFrom({ labels: [], attributes: [attribute] }, keys).attributes[0]).not.toHaveProperty('key');
  });

  test('stays with it when the label that had it before is restored', async () => {
    const { app, desk } = await atDesk();
    const { id } = desk.label('appeal');
    desk.session.scheme.delete('labels', id);
    expect(chooseKey(app, nextSpan, '3')).toBeUndefined();
    desk.session.scheme.restore('labels', id);
    expect(desk.label('appeal')).toMatchObject({ name: 'Appeal' });
    expect(desk.label('appeal')).not.toHaveProperty('key');
  });

  test('is refused to an attribute even where Shift goes with it, naming the command', async () => {
    const { app, desk } = await atDesk();
    chooseKey(app, nextSpan, 'Shift+G');
    const { id } = desk.session.project.scheme.attributes[0]!;
    expect(keyFault(app, 'attributes', id, 'g')).toBe('Shift G belongs to “Next span”. Choose another key.');
    expect(keyFault(app, 'labels', desk.label('claim').id, 'g')).toBeUndefined();
  });
});

describe('stored keys', () => {
  test.each([
    ['of a command that is gone cost no other', { gone: ['F9'], 'next-span': ['F6'] }, ['F6']],
    [
      'that are malformed are left out one by one',
      { 'next-span': ['Hyper+Q', 'F6', 7, 'alt+j'] },
      ['F6', 'Alt+J'],
    ],
    ['of which none can be used are as if not stored', { 'next-span': ['Hyper+Q'] }, ['N']],
    ['that are no list are as if not stored', { 'next-span': 'F6' }, ['N']],
    ['that are nothing at all are as if not stored', 7, ['N']],
    ['that are an empty list mean no key', { 'next-span': [] }, []],
  ])('%s', async (_what, keys, expected) => {
    const { desk } = await atDesk();
    await desk.database.preferences.put({
      key: 'preferences',
      value: { keys, theme: 'dark' },
    });
    const session = await desk.sit();
    expect(keysOf(new AppState(session, desk.projects), nextSpan)).toEqual(expected);
    expect(session.preferences.values.theme).toBe('dark');
  });

  test('beat what is another command’s own, as when a new version brings it', async () => {
    const { app, desk } = await atDesk();
    desk.session.preferences.set({ keys: { 'next-span': ['P'] } });
    expect([keysOf(app, nextSpan), keysOf(app, commandOf('previous-span'))]).toEqual([['P'], []]);
  });
});

describe('single-key shortcuts, switched off,', () => {
  test('leave labels and commands alone, but for keys with Ctrl or Alt and named keys (W3)', async () => {
    const { app, desk } = await atDesk();
    desk.session.preferences.set({ singleKeys: false });
    select(desk.session, 'Ada');
    for (const key of ['1', 'n', '[']) expect(runKey(app, stroke(key), 'text')).toBe(false);
    expect(runKey(app, stroke('?'), 'everywhere')).toBe(false);
    expect(desk.notation()).toBe('Ada [denied](denial) it');
    expect(activeLabelKey(app, desk.label('claim'))).toBeUndefined();
    expect(activeKeys(app, commandOf('remove-span'))).toEqual(['Delete', 'Backspace']);
    expect(runKey(app, stroke('F8'), 'text')).toBe(true);
    expect(runKey(app, stroke('k', { ctrlKey: true }), 'everywhere')).toBe(true);
    expect(app.dialog).toBe('commands');
  });
});
