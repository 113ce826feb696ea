import { tick } from 'svelte';
import type { Project } from '../../core/project.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { MenuItem } from '../parts/menu-item.ts';

/** Goes over to a project, to the document that was open there last. Resolves to whether that was done. */
async function switchProject(app: AppState, projectId: string): Promise<boolean> {
  // First, as the address of a document leads back to its own project.
  app.navigation.go({ screen: 'annotate' });
  return app.projects.switchTo(projectId);
}

/** Makes a project and goes over to it. Resolves to whether that was done. */
export async function makeProject(app: AppState, name: string, scheme: Scheme): Promise<boolean> {
  const id = await app.session.projects.create(name, scheme);
  if (id === undefined || !(await switchProject(app, id))) return false;
  await tick();
  const { messages, project } = app.projects.session;
  messages.say(`Made the project “${project.name}”.`);
  return true;
}

/** Why the project that is open cannot be deleted; `undefined` when it can. */
export function refusalToDelete({ projects, session }: AppState): string | undefined {
  return projects.living.some(({ id }) => id !== session.project.id)
    ? undefined
    : `“${session.project.name}” is the only project, so it stays. Make another one first.`;
}

/** Goes over to another project and puts this one away. */
export async function deleteProject(app: AppState): Promise<void> {
  const { project, messages } = app.session;
  const refusal = refusalToDelete(app);
  if (refusal !== undefined) return messages.say(refusal);
  const other = app.projects.living.find(({ id }) => id !== project.id)!;
  if (!(await switchProject(app, other.id))) return;
  await tick();
  await app.projects.session.projects.setDeleted(project, true);
}

/** The lines of the menu of projects. Two projects of one name are told apart by a number. */
export function projectItems(app: AppState): readonly MenuItem[] {
  const current = app.session.project;
  const open = (name: NonNullable<AppState['dialog']>) => () => (app.dialog = name);
  const verbs: MenuItem[] = [
    { name: 'New project…', run: open('new-project'), apart: true },
    { name: 'Rename project…', run: open('rename-project') },
    { name: 'Back up project', run: () => void app.session.backingUp.download() },
    { name: 'Delete project…', run: open('delete-project') },
    ...(app.projects.all.some(({ deleted }) => deleted)
      ? [{ name: 'Deleted projects…', run: open('deleted-projects') }]
      : []),
  ];
  const taken = new Set(verbs.map(({ name }) => name));
  return [...app.projects.living.map((project) => projectItem(app, project, current, taken)), ...verbs];
}

function projectItem(app: AppState, { id, name }: Project, current: Project, taken: Set<string>): MenuItem {
  const isOpen = id === current.id;
  const shown = numbered(isOpen ? current.name : name, taken);
  taken.add(shown);
  return { name: shown, checked: isOpen, run: () => void (isOpen || switchProject(app, id)) };
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2, shown = name; ; number++) {
    if (!taken.has(shown)) return shown;
    shown = `${name} (${number})`;
  }
}
