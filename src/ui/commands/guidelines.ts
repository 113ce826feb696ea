import type { Command } from './command.ts';

export const guidelineCommands: readonly Command[] = [
  {
    id: 'guidelines',
    name: 'Show or hide the guidelines',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: ['Mod+Shift+G'],
    inFields: true,
    when: ({ navigation }) => navigation.route.screen === 'annotate',
    run: (app) => app.toggleGuidelines(),
  },
  {
    id: 'codebook',
    name: 'Codebook: download all guidelines as one page',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [],
    run: async ({ session }) =>
      (await import('../../session/schemes/scheme-files.ts')).exportCodebook(session),
  },
];
