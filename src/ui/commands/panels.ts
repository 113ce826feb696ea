import type { Command } from './command.ts';

const isAnnotating: Command['when'] = (app) => app.navigation.route.screen === 'annotate';

/** What is shown beside the text. */
export const panelCommands: readonly Command[] = [
  {
    id: 'toggle-documents-panel',
    name: 'Show or hide the documents',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['Mod+B'],
    when: isAnnotating,
    run: (app) => app.panels.toggle('documents'),
  },
  {
    id: 'toggle-spans-panel',
    name: 'Show or hide the spans',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['Mod+Alt+B'],
    when: isAnnotating,
    run: (app) => app.panels.toggle('spans'),
  },
  {
    id: 'toggle-hidden-characters',
    name: 'Show or hide hidden characters',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['Alt+Shift+H'],
    when: isAnnotating,
    run: ({ session: { preferences } }) =>
      preferences.set({ hiddenCharacters: !preferences.values.hiddenCharacters }),
  },
];
