import type { Command } from './command.ts';

export const projectCommands: readonly Command[] = [
  {
    id: 'recent-changes',
    name: 'Recent changes',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [],
    run: (app) => (app.dialog = 'recent-changes'),
  },
  {
    id: 'new-project',
    name: 'New project',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [],
    run: (app) => (app.dialog = 'new-project'),
  },
  {
    id: 'rename-project',
    name: 'Rename project',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [],
    run: (app) => (app.dialog = 'rename-project'),
  },
  {
    id: 'back-up-project',
    name: 'Back up project',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [],
    run: ({ session }) => void session.backingUp.download(),
  },
  {
    id: 'doctor',
    name: 'Check everything (Doctor)',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [],
    run: (app) =>
      void import('../settings/visit-doctor.ts').then(({ visitDoctor }) => visitDoctor(app, 'check')),
  },
  {
    id: 'lock-now',
    name: 'Lock now',
    group: 'Everywhere',
    scope: 'everywhere',
    keys: [],
    run: ({ projects }) => void projects.locking().then((locking) => locking.lockNow()),
  },
];
