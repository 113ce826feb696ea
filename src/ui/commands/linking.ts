import type { AppState } from '../app-state.svelte.ts';
import type { Chord } from './chord.ts';
import type { Command } from './command.ts';

const isLinking = ({ session }: AppState) => session.linking.current !== undefined;

/** A verb for while a relation is on its way, whose keys then come before all others. */
function whileLinking({ id, name, keys, run }: Pick<Command, 'id' | 'name' | 'keys' | 'run'>): Command {
  return { id, name, keys, run, group: 'Relations', scope: 'text', when: isLinking, first: true };
}

export const linkingCommands: readonly Command[] = [
  {
    id: 'link',
    name: 'Link the span to another',
    group: 'Relations',
    scope: 'text',
    keys: ['L'],
    when: (app) => !isLinking(app),
    run: ({ session }) => session.linking.start(),
  },
  whileLinking({
    id: 'next-target',
    name: 'While linking: next span that fits',
    keys: ['Tab', 'ArrowRight'],
    run: ({ session }) => session.linking.step(1),
  }),
  whileLinking({
    id: 'previous-target',
    name: 'While linking: previous span that fits',
    keys: ['Shift+Tab', 'ArrowLeft'],
    run: ({ session }) => session.linking.step(-1),
  }),
  whileLinking({
    id: 'next-relation-type',
    name: 'While linking: next type',
    keys: ['ArrowDown'],
    run: ({ session }) => session.linking.turn(1),
  }),
  whileLinking({
    id: 'previous-relation-type',
    name: 'While linking: previous type',
    keys: ['ArrowUp'],
    run: ({ session }) => session.linking.turn(-1),
  }),
  whileLinking({
    id: 'confirm-relation',
    name: 'While linking: make the relation',
    keys: ['Enter'],
    run: ({ session }) => session.linking.confirm(),
  }),
  whileLinking({
    id: 'leave-linking',
    name: 'While linking: leave',
    keys: ['Escape'],
    run: ({ session }) => session.linking.leave(),
  }),
];

/** While a relation is on its way digits choose its type, by the place in the bar. Other single keys rest. */
export function runTypeKey({ session: { linking } }: AppState, chords: readonly Chord[]): boolean {
  const link = linking.current;
  const typed = chords.find((chord) => [...chord].length === 1);
  if (!link || typed === undefined) return false;
  const type = /^[1-9]$/.test(typed) ? link.types[Number(typed) - 1] : undefined;
  if (type) linking.choose(type);
  return true;
}
