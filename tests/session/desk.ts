import { expect, onTestFinished, vi } from 'vitest';
import type { Document } from '../../src/core/document.ts';
import type { Sheet } from '../../src/core/sheet.ts';
import type { Projects } from '../../src/session/projects/projects.svelte.ts';
import type { Session } from '../../src/session/session.svelte.ts';
import { startSession, type Start } from '../../src/session/start.ts';
import type { Database } from '../../src/storage/database.ts';
import { rememberDocumentCount } from '../../src/storage/tripwire.ts';
import { annotated } from '../annotated.ts';
import { shelve, Workspace } from '../storage/workspace.ts';
import { runJobsOn } from './jobs-in-process.ts';

/** An annotator's place of work: a workspace and a session on it, both gone after the test. */
export class Desk {
  readonly workspace = new Workspace();
  /** A connection beside the session's, for looking at what is stored. */
  database!: Database;
  session!: Session;
  /** The projects as whoever sat down last sees them. */
  projects!: Projects;
  readonly #projects: Projects[] = [];

  /** One more session on the same workspace, as in a second tab or after a reload. */
  async sit(): Promise<Session> {
    const start = await this.#start();
    if (start.kind === 'rescue')
      throw new Error(['the storage is', start.rescue.trouble, start.rescue.reason].join(' '));
    if (start.kind === 'locked') throw new Error('the project is locked');
    this.#projects.push(start.projects);
    this.projects = start.projects;
    return start.projects.session;
  }

  /** Tests of one file share what a browser keeps beside its databases, and one that has ended may still write it. */
  async #start(): Promise<Start> {
    if (this.#projects.length > 0) return startSession(this.workspace.options);
    rememberDocumentCount(0);
    const start = await startSession(this.workspace.options);
    if (start.kind !== 'rescue' || start.rescue.trouble !== 'lost') return start;
    rememberDocumentCount(0);
    return startSession(this.workspace.options);
  }

  async setUp(): Promise<this> {
    this.database = await this.workspace.tab();
    runJobsOn(this.database);
    return this;
  }

  /** Waits until a session has nothing on its way. */
  async saved(session = this.session): Promise<void> {
    await vi.waitFor(
      () => {
        if (session.saving.status !== 'saved') throw new Error(`the session is ${session.saving.status}`);
      },
      { interval: 2 },
    );
  }

  /** The label of that machine name. */
  label(value: string, session = this.session) {
    return session.labels.find((label) => label.value === value)!;
  }

  /** The open document in the tests' own notation: what is marked, with the names of the labels. */
  notation(session = this.session): string {
    const { text, spans } = session.open!;
    const ends = spans.map(({ end, start, label }) => ({ end, start, name: session.label(label).value }));
    const at = (offset: number) => [
      ...ends
        .filter(({ end }) => end === offset)
        .sort((a, b) => b.start - a.start)
        .map(({ name }) => `](${name})`),
      ...ends.filter(({ start }) => start === offset).map(() => '['),
    ];
    // By UTF-16 units, as offsets are; joined again they are the characters they were.
    return [...text.split(''), ''].flatMap((character, offset) => [...at(offset), character]).join('');
  }

  close(): void {
    for (const projects of this.#projects) projects.close();
    this.workspace.close();
  }
}

/** A desk with reports on it, marked as the notation says, of which the first is open. */
export async function newDesk(
  notations: readonly string[] = ['Ada denied it, “all of it”, he said.'],
  traits: Partial<Document> = {},
): Promise<Desk> {
  const desk = await new Desk().setUp();
  onTestFinished(() => desk.close());
  const first = await desk.sit();
  const ids = new Map(first.project.scheme.labels.map(({ value, id }) => [value, id]));
  for (const [index, notation] of notations.entries()) {
    const { text, spans } = annotated(notation, 'file');
    const sheet: Sheet = {
      spans: spans.map((span) => ({ ...span, label: ids.get(span.label) ?? span.label })),
      relations: [],
    };
    await shelve(
      desk.database,
      { id: `report-${index + 1}`, title: `Report ${index + 1}`, order: index, ...traits },
      text,
      sheet,
    );
  }
  desk.session = await desk.sit();
  if (notations.length > 0) {
    await desk.session.openDocument('report-1');
    // That it was opened is kept as well, and tests that make a write fail mean one of their own.
    await vi.waitFor(async () => {
      const row = await desk.database.preferences.get('preferences');
      expect(row?.value).toMatchObject({ lastDocuments: { first: 'report-1' } });
    });
  }
  return desk;
}

/** Selects words of the open document as a drag or the keyboard does; the last of them where they stand twice. */
export function select(
  session: Session,
  words: string,
  by: 'hand' | 'keyboard' | 'exact' = 'keyboard',
): void {
  const start = session.open!.text.lastIndexOf(words);
  if (start < 0) throw new RangeError(`“${words}” is not in the text`);
  session.selecting.select(start, start + words.length, by);
}
