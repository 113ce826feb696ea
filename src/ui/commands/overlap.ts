import type { Command } from './command.ts';

export const overlapCommands: readonly Command[] = [
  {
    id: 'outer-span',
    name: 'Next span outwards, of those at the caret',
    group: 'Moving',
    scope: 'text',
    keys: ['Alt+ArrowDown'],
    run: ({ session }) => session.stack.step(1),
  },
  {
    id: 'inner-span',
    name: 'Next span inwards, of those at the caret',
    group: 'Moving',
    scope: 'text',
    keys: ['Alt+ArrowUp'],
    run: ({ session }) => session.stack.step(-1),
  },
  {
    id: 'spans-here',
    name: 'List the spans at the caret',
    group: 'Moving',
    scope: 'text',
    keys: ['F7'],
    run: (app) => app.listSpansHere(),
  },
];
