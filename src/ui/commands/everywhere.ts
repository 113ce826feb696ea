import type { Command } from './command.ts';

export const everywhereCommands: readonly Command[] = [
  {
    id: 'undo',
    name: 'Undo',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['Mod+Z'],
    run: (app) => app.undo(),
  },
  {
    id: 'redo',
    name: 'Redo',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    when: ({ navigation }) => navigation.route.screen === 'annotate',
    run: ({ session }) => session.marking.redo(),
  },
  {
    id: 'shortcuts',
    name: 'Keyboard shortcuts',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['?'],
    run: (app) => (app.dialog = 'shortcuts'),
  },
];
