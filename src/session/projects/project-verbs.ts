import { v7 as newId } from 'uuid';
import { noEdit, projectUpdate } from '../../core/change.ts';
import type { Project } from '../../core/project.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/** What can be done to whole projects. Deleting is soft: it can always be taken back. */
export class ProjectVerbs {
  readonly #place: Workplace;
  readonly #recorder: Recorder;

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  /** Makes a project; resolves to its id, or to `undefined` when it could not be saved. */
  async create(typed: string, scheme: Scheme): Promise<string | undefined> {
    const name = oneLine(typed) || 'Untitled project';
    const project: Project = { id: newId(), name, scheme, createdAt: new Date().toISOString() };
    const edit = { ...noEdit, added: [{ type: 'project', value: project }] } as const;
    const isSaved = await this.#recorder.record('scheme', `Made the project “${name}”`, edit);
    return isSaved ? project.id : undefined;
  }

  rename(typed: string): void {
    const { project } = this.#place;
    const name = oneLine(typed);
    if (name === '' || name === project.name) return;
    void this.#update(project, { ...project, name }, `Renamed the project to “${name}”`);
  }

  /** Puts a project away, or brings it back. All its documents and spans are kept. Resolves to whether that is saved. */
  setDeleted(project: Project, isDeleted: boolean): Promise<boolean> {
    const { deleted: _, ...rest } = project;
    const [before, after] = isDeleted
      ? [rest, { ...rest, deleted: true as const }]
      : [{ ...rest, deleted: true as const }, rest];
    const title = `${isDeleted ? 'Deleted' : 'Restored'} the project “${project.name}”`;
    const saved = this.#update(before, after, title);
    if (isDeleted) this.#offerToRestore(project, title);
    return saved;
  }

  #offerToRestore(project: Project, title: string): void {
    const run = () => void this.setDeleted(project, false);
    this.#place.messages.say(`${title}.`, { name: 'Undo', run });
  }

  #update(before: Project, after: Project, title: string): Promise<boolean> {
    this.#place.messages.say(`${title}.`);
    return this.#recorder.record('scheme', title, { ...noEdit, updated: [projectUpdate(before, after)] });
  }
}

function oneLine(typed: string): string {
  return typed.replace(/\s+/gu, ' ').trim();
}
