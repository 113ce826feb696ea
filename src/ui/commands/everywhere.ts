import type { Command } from './command.ts';

const screens = (
  [
    ['annotate', 'Annotate'],
    ['documents', 'Documents'],
    ['labels', 'Labels'],
    ['statistics', 'Statistics'],
    ['settings', 'Settings'],
  ] as const
).map(([screen, name]): Command => ({
  id: `screen-${screen}`,
  name: `Screen: ${name}`,
  group: 'Everywhere',
  scope: 'everywhere',
  keys: [],
  when: ({ navigation }) => navigation.route.screen !== screen,
  run: ({ navigation }) => navigation.go({ screen }),
}));

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
    when: ({ navigation }) => ['annotate', 'labels'].includes(navigation.route.screen),
    run: (app) => app.redo(),
  },
  {
    id: 'shortcuts',
    name: 'Keyboard shortcuts',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['?'],
    run: (app) => (app.dialog = 'shortcuts'),
  },
  {
    id: 'commands',
    name: 'Commands',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['Mod+K'],
    inFields: true,
    run: (app) => (app.dialog = 'commands'),
  },
  ...screens,
];
