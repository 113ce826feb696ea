import type { Command } from './command.ts';

export const markingCommands: readonly Command[] = [
  {
    id: 'remove-span',
    name: 'Remove the focused span',
    group: 'Marking',
    scope: 'text',
    keys: ['Delete', 'Backspace'],
    when: ({ session }) => session.open?.focused !== undefined,
    run: ({ session }) => session.marking.remove(),
  },
  {
    id: 'widen-selection',
    name: 'Widen the selection: word, sentence, paragraph',
    group: 'Marking',
    scope: 'text',
    keys: ['F8'],
    run: ({ session }) => session.selecting.widen(),
  },
];
