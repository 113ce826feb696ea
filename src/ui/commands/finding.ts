import type { AppState } from '../app-state.svelte.ts';
import type { Command } from './command.ts';

const isAnnotating = ({ navigation, session }: AppState) =>
  navigation.route.screen === 'annotate' && session.open !== undefined;
const looksForWords = (app: AppState) => isAnnotating(app) && app.session.finding.words !== '';

export const findingCommands: readonly Command[] = [
  {
    id: 'find',
    name: 'Find in this document',
    group: 'Finding',
    scope: 'everywhere',
    keys: ['Mod+F'],
    when: isAnnotating,
    run: ({ session }) => session.finding.start(),
  },
  {
    id: 'find-next',
    name: 'Next hit',
    group: 'Finding',
    scope: 'everywhere',
    keys: ['F3'],
    inFields: true,
    when: looksForWords,
    run: ({ session }) => session.finding.go(1),
  },
  {
    id: 'find-previous',
    name: 'Previous hit',
    group: 'Finding',
    scope: 'everywhere',
    keys: ['Shift+F3'],
    inFields: true,
    when: looksForWords,
    run: ({ session }) => session.finding.go(-1),
  },
  {
    id: 'label-everywhere',
    name: 'Label all occurrences',
    group: 'Finding',
    scope: 'everywhere',
    keys: ['Mod+Shift+L'],
    inFields: true,
    when: isAnnotating,
    run: (app) => app.labelEverywhere(),
  },
  {
    id: 'search',
    name: 'Search all documents',
    group: 'Finding',
    scope: 'everywhere',
    keys: ['Mod+Shift+F'],
    inFields: true,
    run: ({ navigation }) => navigation.go({ screen: 'search' }),
  },
];
