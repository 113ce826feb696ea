import type { AppState } from '../app-state.svelte.ts';
import type { Command } from './command.ts';

const hasDocuments = ({ session }: AppState) => session.shelf.present.length > 0;

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
  {
    id: 'go-to-document',
    name: 'Go to document…',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Mod+P'],
    inFields: true,
    when: hasDocuments,
    run: (app) => (app.dialog = 'go-to-document'),
  },
  {
    id: 'import',
    name: 'Import documents…',
    group: 'Documents',
    scope: 'everywhere',
    keys: [],
    run: (app) => (app.dialog = 'import'),
  },
  {
    id: 'export',
    name: 'Export documents…',
    group: 'Documents',
    scope: 'everywhere',
    keys: [],
    when: hasDocuments,
    run: (app) => (app.dialog = 'export'),
  },
  {
    id: 'erase-document',
    name: 'Delete document for good…',
    group: 'Documents',
    scope: 'everywhere',
    keys: [],
    when: ({ session }) => session.open !== undefined,
    run: (app) => {
      const document = app.session.shelf.get(app.session.open?.id ?? '');
      if (document) app.askToErase({ name: document.title, documentIds: [document.id], projectIds: [] });
    },
  },
];
