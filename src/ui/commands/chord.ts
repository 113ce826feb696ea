/**
 * A key with what is held beside it, in one spelling: `Mod+Shift+Z`, `Alt+PageDown`, `[`, `N`, `F8`. `Mod` is Ctrl or ⌘.
 * Digits and punctuation stand for what they type, so they never name the Shift or AltGr that some keyboards need.
 */
export type Chord = string;

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
/** The name of the key that stands for `Mod` here. */
export const modifier = isMac ? '⌘' : 'Ctrl';

const modifiers = ['Mod', 'Alt', 'Shift'] as const;
type Modifier = (typeof modifiers)[number];

/** Keys that type nothing, as events name them, with what people call them where that differs. */
const named: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: 'Backspace',
  Delete: 'Delete',
  End: 'End',
  Enter: 'Enter',
  Escape: 'Esc',
  Home: 'Home',
  Insert: 'Insert',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  Space: 'Space',
  Tab: 'Tab',
  ...Object.fromEntries([...Array(24).keys()].map((index) => [`F${index + 1}`, `F${index + 1}`])),
};

/** The chord in its one spelling, whatever the order and case it is given in; `undefined` when it is none. */
export function parseChord(written: string): Chord | undefined {
  const [, held = '', key = ''] = /^((?:[a-z]+\+)*)(.+)$/isu.exec(written) ?? [];
  const names = held.split('+').slice(0, -1).map(capitalized);
  const known = modifiers.filter((name) => names.includes(name));
  const full = keyNamed(key);
  return full === undefined || known.length < names.length ? undefined : chordOf(full, known);
}

/**
 * The chords that a key press stands for: by the place of a digit first, then by what is typed. None for modifiers alone
 * and for keys at work in an input method.
 */
export function chordsOf(event: KeyboardEvent): readonly Chord[] {
  if (event.isComposing) return [];
  const held = heldIn(event);
  return [digitAt(event), letterAt(event) ?? keyNamed(event.key)].flatMap((key, index, keys) =>
    key === undefined || keys.indexOf(key) < index ? [] : [chordOf(key, held)],
  );
}

export function matchesChord(event: KeyboardEvent, chord: Chord): boolean {
  return chordsOf(event).includes(chord);
}

/** As people read it: `Ctrl Shift Z`, on a Mac `⌘ Shift Z`. */
export function formatChord(chord: Chord, mac = isMac): string {
  return words(chord)
    .map((word) => (word === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (named[word] ?? word)))
    .join(' ');
}

/** As `aria-keyshortcuts` wants it: `Control+Shift+Z`. */
export function ariaChord(chord: Chord, mac = isMac): string {
  const spelled: Readonly<Record<string, string>> = { Mod: mac ? 'Meta' : 'Control', '+': 'Plus' };
  return words(chord)
    .map((word) => spelled[word] ?? word)
    .join('+');
}

/** Whether it is a character alone, which speech input and slips of the hand type without meaning a command. */
export function isSingleKey(chord: Chord): boolean {
  const held = words(chord).slice(0, -1);
  const key = words(chord).at(-1) ?? '';
  return held.every((word) => word === 'Shift') && (key === 'Space' || named[key] === undefined);
}

function chordOf(key: string, held: readonly Modifier[]): Chord {
  return [...held.filter((name) => counts(name, key, held)), key].join('+');
}

/** What a keyboard needs for typing a character is part of the character. */
function counts(name: Modifier, key: string, held: readonly Modifier[]): boolean {
  if (name === 'Mod' || named[key] !== undefined || isLetter(key)) return true;
  if (name === 'Shift') return false;
  return isDigit(key) || held.includes('Mod');
}

function words(chord: Chord): string[] {
  return chord.split(/(?<=.)\+(?=.)/u);
}

function keyNamed(key: string): string | undefined {
  if (key === ' ') return 'Space';
  const name = Object.keys(named).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  if (name !== undefined) return name;
  const capital = key.toLocaleUpperCase('en');
  const character = [...capital].length === 1 ? capital : key;
  return /^[^\s\p{C}]$/u.test(character) ? character : undefined;
}

/** AltGr types characters, and some systems tell of it as Ctrl and Alt. */
function heldIn(event: KeyboardEvent): Modifier[] {
  const types = event.getModifierState('AltGraph');
  const held = {
    Mod: (event.ctrlKey && !types) || event.metaKey,
    Alt: event.altKey && !types,
    Shift: event.shiftKey,
  };
  return modifiers.filter((name) => held[name]);
}

/** On some keyboards digits need Shift, so without it the place of a key that types something counts as well. */
function digitAt(event: KeyboardEvent): string | undefined {
  const plain = !event.shiftKey && !event.getModifierState('AltGraph') && [...event.key].length === 1;
  return plain ? /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1] : undefined;
}

/** Where a keyboard types no Latin letters, or Alt makes signs of them, the place of a key is its letter. */
function letterAt(event: KeyboardEvent): string | undefined {
  const isOther = event.altKey || /^\p{L}$/u.test(event.key);
  if (!isOther || /^[a-z]$/i.test(event.key) || event.getModifierState('AltGraph')) return undefined;
  return /^Key([A-Z])$/.exec(event.code)?.[1];
}

function isLetter(key: string): boolean {
  return /^\p{L}$/u.test(key);
}

function isDigit(key: string): boolean {
  return /^[0-9]$/.test(key);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
