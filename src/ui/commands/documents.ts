import type { Command } from './command.ts';

export const documentCommands: readonly Command[] = [
  {
    id: 'next-document',
    name: 'Next document',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Alt+PageDown'],
    run: (app) => app.openNeighbour(1),
  },
  {
    id: 'previous-document',
    name: 'Previous document',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Alt+PageUp'],
    run: (app) => app.openNeighbour(-1),
  },
];
