import type { Command } from './command.ts';

export const movingCommands: readonly Command[] = [
  {
    id: 'next-span',
    name: 'Next span',
    group: 'Moving',
    scope: 'text',
    keys: ['N'],
    run: ({ session }) => session.marking.goToNeighbour(1),
  },
  {
    id: 'previous-span',
    name: 'Previous span',
    group: 'Moving',
    scope: 'text',
    keys: ['P'],
    run: ({ session }) => session.marking.goToNeighbour(-1),
  },
  {
    id: 'let-go-of-span',
    name: 'Let go of the focused span',
    group: 'Moving',
    scope: 'text',
    keys: ['Escape'],
    when: ({ session }) => session.open?.focused !== undefined,
    run: ({ session }) => session.open?.focus(undefined),
  },
];
