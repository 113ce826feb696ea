import type { AppState } from './app-state.svelte.ts';

/** Where a key works: everywhere outside form fields, or only while the text or the list of spans has the focus. */
export type Scope = 'everywhere' | 'text';

export interface Command {
  readonly name: string;
  readonly group: 'Marking' | 'Moving' | 'Ends of a span' | 'Documents' | 'Everywhere';
  readonly scope: Scope;
  /** How the help shows its keys, alternatives apart. */
  readonly keys: readonly string[];
  readonly matches: (event: KeyboardEvent) => boolean;
  readonly run: (app: AppState) => void;
  /** Whether it does anything now; when not, the key is left to others. */
  readonly when?: (app: AppState) => boolean;
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
/** The name of the key that stands for commands here. */
export const modifier = isMac ? '⌘' : 'Ctrl';

const hasModifier = ({ ctrlKey, metaKey }: KeyboardEvent) => ctrlKey || metaKey;
const plain = (key: string) => (event: KeyboardEvent) =>
  event.key.toLowerCase() === key && !hasModifier(event) && !event.altKey;
const named = (key: string) => (event: KeyboardEvent) =>
  event.key === key && !hasModifier(event) && !event.altKey;
const withModifier =
  (key: string, shift = false) =>
  (event: KeyboardEvent) =>
    hasModifier(event) && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;
const arrow = (key: string, fast: boolean) => (event: KeyboardEvent) =>
  event.key === key && hasModifier(event) === fast && !event.shiftKey && !event.altKey;
const anyOf =
  (...tests: ((event: KeyboardEvent) => boolean)[]) =>
  (event: KeyboardEvent) =>
    tests.some((test) => test(event));

const holds = (app: AppState) => app.session.open?.held !== undefined;
const focuses = (app: AppState) => app.session.open?.focused !== undefined;
const isAnnotating = (app: AppState) => app.navigation.route.screen === 'annotate';

const held: Command[] = [
  { name: 'Move the end by a character', keys: ['←', '→'], unit: 'character' as const, fast: false },
  {
    name: 'Move the end by a word',
    keys: [`${modifier} ←`, `${modifier} →`],
    unit: 'word' as const,
    fast: true,
  },
].flatMap(({ name, keys, unit, fast }) =>
  ([-1, 1] as const).map((direction): Command => ({
    name,
    group: 'Ends of a span',
    scope: 'text',
    keys: direction < 0 ? keys : [],
    matches: arrow(direction < 0 ? 'ArrowLeft' : 'ArrowRight', fast),
    when: holds,
    run: ({ session }) => session.marking.moveHeld(unit, direction),
  })),
);

/** Every verb and its key. Labels bring their own keys and come before these. */
export const commands: readonly Command[] = [
  {
    name: 'Remove the focused span',
    group: 'Marking',
    scope: 'text',
    keys: ['Delete', 'Backspace'],
    matches: anyOf(named('Delete'), named('Backspace')),
    when: focuses,
    run: ({ session }) => session.marking.remove(),
  },
  {
    name: 'Widen the selection: word, sentence, paragraph',
    group: 'Marking',
    scope: 'text',
    keys: ['F8'],
    matches: named('F8'),
    run: ({ session }) => session.marking.widen(),
  },
  {
    name: 'Take hold of the start',
    group: 'Ends of a span',
    scope: 'text',
    keys: ['['],
    matches: ({ key, ctrlKey, metaKey }) => key === '[' && !ctrlKey && !metaKey,
    run: ({ session }) => session.marking.hold('start'),
  },
  {
    name: 'Take hold of the end',
    group: 'Ends of a span',
    scope: 'text',
    keys: [']'],
    matches: ({ key, ctrlKey, metaKey }) => key === ']' && !ctrlKey && !metaKey,
    run: ({ session }) => session.marking.hold('end'),
  },
  ...held,
  {
    name: 'Let go of the end',
    group: 'Ends of a span',
    scope: 'text',
    keys: ['Enter', 'Esc'],
    matches: anyOf(named('Enter'), named('Escape')),
    when: holds,
    run: ({ session }) => session.marking.letGo(),
  },
  {
    name: 'Next span',
    group: 'Moving',
    scope: 'text',
    keys: ['N'],
    matches: plain('n'),
    run: ({ session }) => session.marking.goToNeighbour(1),
  },
  {
    name: 'Previous span',
    group: 'Moving',
    scope: 'text',
    keys: ['P'],
    matches: plain('p'),
    run: ({ session }) => session.marking.goToNeighbour(-1),
  },
  {
    name: 'Let go of the focused span',
    group: 'Moving',
    scope: 'text',
    keys: ['Esc'],
    matches: named('Escape'),
    when: focuses,
    run: ({ session }) => session.open?.focus(undefined),
  },
  {
    name: 'Next document',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Alt Page Down'],
    matches: ({ key, altKey }) => key === 'PageDown' && altKey,
    run: (app) => app.openNeighbour(1),
  },
  {
    name: 'Previous document',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Alt Page Up'],
    matches: ({ key, altKey }) => key === 'PageUp' && altKey,
    run: (app) => app.openNeighbour(-1),
  },
  {
    name: 'Undo',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [`${modifier} Z`],
    matches: withModifier('z'),
    run: (app) => app.undo(),
  },
  {
    name: 'Redo',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [`${modifier} Shift Z`, `${modifier} Y`],
    matches: anyOf(withModifier('z', true), withModifier('y')),
    when: isAnnotating,
    run: ({ session }) => session.marking.redo(),
  },
  {
    name: 'Keyboard shortcuts',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['?'],
    matches: ({ key, ctrlKey, metaKey, altKey }) => key === '?' && !ctrlKey && !metaKey && !altKey,
    run: (app) => (app.dialog = 'shortcuts'),
  },
];

/** Does what the key stands for in that scope; `true` when it stood for something. */
export function runKey(app: AppState, event: KeyboardEvent, scope: Scope): boolean {
  if (scope === 'text' && runLabelKey(app, event)) return true;
  const command = commands.find(
    (candidate) => candidate.scope === scope && candidate.matches(event) && (candidate.when?.(app) ?? true),
  );
  command?.run(app);
  return command !== undefined;
}

function runLabelKey({ session }: AppState, event: KeyboardEvent): boolean {
  if (hasModifier(event) || event.altKey || !session.open) return false;
  const label = session.labels.find(({ key }) => key !== undefined && isKey(event, key));
  if (label) session.marking.apply(label);
  return label !== undefined;
}

/** On some keyboards digits need Shift, so the place of a key that types something counts as well as what it types. */
function isKey({ key, code, shiftKey }: KeyboardEvent, wanted: string): boolean {
  return (
    key.toLowerCase() === wanted ||
    (key.length === 1 && !shiftKey && (code === `Digit${wanted}` || code === `Numpad${wanted}`))
  );
}

/** Whether keys typed there are text for a field, and none of our business. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');
}
