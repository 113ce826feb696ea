import { onTestFinished } from 'vitest';
import { documentUpdate } from '../../../src/core/change.ts';
import { firstProject } from '../../../src/core/project.ts';
import { commit } from '../../../src/storage/commit.ts';
import { openDatabase, type Database } from '../../../src/storage/database.ts';
import { KeyRing } from '../../../src/storage/lock/guard.ts';
import { Mirror } from '../../../src/storage/copying.ts';
import { openMirror } from '../../../src/storage/mirror.ts';
import { makeAlike } from '../../../src/storage/mirroring.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { span } from '../../annotated.ts';
import { draft, everything, marking, newWorkspace, shelve, type Workspace } from '../workspace.ts';
import { lettersOf, rawRows } from './locked.ts';

/** Words that stand nowhere but in what is to be sealed. */
export const words = {
  text: 'Kazimierz denied everything 😀 שלום',
  title: 'Xylophone protocol',
  quote: 'everything',
  note: 'uncertain witness',
  speaker: 'Kazimierz',
  guideline: 'Zebra guideline',
  change: 'Quokka change',
  meta: 'Walrus gazette',
  file: 'narwhal.txt',
};

export const mark = (id: string, start = 17, end = 27) =>
  marking(
    'report',
    span({
      id,
      start,
      end,
      text: words.quote,
      note: words.note,
      attributes: { speaker: [words.speaker] },
    }),
  );

export async function filled(): Promise<{ workspace: Workspace; database: Database }> {
  const { workspace, database } = await newWorkspace();
  const project = firstProject();
  const told = { ...project, scheme: { ...project.scheme, guideline: words.guideline } };
  await database.projects.put(told);
  const copy = (await openMirror(database.openedWith))!;
  onTestFinished(() => copy.close({ disableAutoOpen: true }));
  database.mirror = new Mirror(copy, (error) => {
    throw error;
  });
  const report = await shelve(
    database,
    {
      id: 'report',
      title: words.title,
      note: words.note,
      meta: { source: words.meta },
      source: { file: words.file, newlines: 'none', byteOrderMark: false, replacedSurrogates: 0 },
    },
    words.text,
    {
      spans: [span({ id: 'i1', start: 0, end: 9, text: words.speaker, annotator: 'file', note: words.note })],
      relations: [],
    },
  );
  await commit(database, { ...mark('s1'), title: words.change });
  await commit(
    database,
    draft({ updated: [documentUpdate(report, { ...report, title: `${words.title} 2` })] }),
  );
  await bringUpToDate(database);
  await commit(database, mark('s2', 0, 9));
  await makeAlike(database);
  return { workspace, database };
}

export async function stored(workspace: Workspace): Promise<string> {
  const both = [workspace.name, `${workspace.name}-mirror`].map((name) => rawRows(workspace.factory, name));
  return lettersOf(await Promise.all(both));
}

export const standing = (letters: string) => Object.values(words).filter((word) => letters.includes(word));

/** The content as one reads it, in a page that has the key. */
export async function contentOf(database: Database): Promise<unknown> {
  const { preferences: _, ...rest } = await everything(database);
  return rest;
}

/** Another page on the same storage, with no key. */
export async function otherPage(workspace: Workspace, ring = new KeyRing()): Promise<Database> {
  const opened = await openDatabase(() => undefined, { ...workspace.options, ring });
  if (opened.kind === 'refused') throw new Error(opened.problem.message);
  onTestFinished(() => opened.database.close({ disableAutoOpen: true }));
  return opened.database;
}
