import type { AppState } from '../app-state.svelte.ts';
import type { Command } from './command.ts';

const holds = ({ session }: AppState) => session.open?.held !== undefined;
const ways = [
  { id: 'back', direction: -1, arrow: 'ArrowLeft' },
  { id: 'forward', direction: 1, arrow: 'ArrowRight' },
] as const;
const steps = [
  { unit: 'character', held: '' },
  { unit: 'word', held: 'Mod+' },
] as const;

const movesOfHeldEnd = steps.flatMap(({ unit, held }) =>
  ways.map(({ id, direction, arrow }): Command => ({
    id: `move-end-${id}-${unit}`,
    name: `Move the end ${id} by a ${unit}`,
    group: 'Ends of a span',
    scope: 'text',
    keys: [`${held}${arrow}`],
    when: holds,
    run: ({ session }) => session.ends.move(unit, direction),
  })),
);

export const endCommands: readonly Command[] = [
  {
    id: 'hold-start',
    name: 'Take hold of the start',
    group: 'Ends of a span',
    scope: 'text',
    keys: ['['],
    run: ({ session }) => session.ends.hold('start'),
  },
  {
    id: 'hold-end',
    name: 'Take hold of the end',
    group: 'Ends of a span',
    scope: 'text',
    keys: [']'],
    run: ({ session }) => session.ends.hold('end'),
  },
  ...movesOfHeldEnd,
  {
    id: 'let-go-of-end',
    name: 'Let go of the end',
    group: 'Ends of a span',
    scope: 'text',
    keys: ['Enter', 'Escape'],
    when: holds,
    run: ({ session }) => session.ends.letGo(),
  },
];
