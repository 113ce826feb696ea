import { openDatabase } from '../../src/storage/database.ts';
import { failing, type Manner } from './faults.ts';
import { lay, lying, released, type Released } from './released.ts';
import { Workspace } from './workspace.ts';

/** A workspace and its second copy, as an old version has left them. */
export async function layBoth(database: Released): Promise<Workspace> {
  const workspace = new Workspace();
  await lay(workspace.factory, workspace.name, database);
  await lay(workspace.factory, `${workspace.name}-mirror`, database);
  return workspace;
}

/** Both copies, as they lie there. */
export function copies({ factory, name }: Workspace) {
  return Promise.all([lying(factory, name), lying(factory, `${name}-mirror`)]);
}

/** A database of the schema with so many projects. */
export function withProjects(schema: number, count: number): Released {
  const { version, tables } = released(schema);
  const [project] = tables['projects']!.rows as [object];
  const rows = [...Array(count).keys()].map((index) => ({ ...project, id: `project-${index}` }));
  return { version, tables: { ...tables, projects: { ...tables['projects']!, rows } } };
}

/**
 * Upgrades the database while one operation after another fails. Gives back what is wrong, in sentences: after a failure
 * both copies have to be as they were, and after that the upgrade has to succeed.
 */
export async function strikeUpgrades(
  before: Released,
  manner: Manner,
  step = 1,
): Promise<{ readonly wrong: readonly string[]; readonly refused: number }> {
  const wrong: string[] = [];
  const wanted = before.tables['projects']!.rows.length;
  let refused = 0;
  for (let nth = 1, isThrough = false; !isThrough; nth += step) {
    const workspace = await layBoth(before);
    const untouched = (await copies(workspace)).map((copy) => JSON.stringify(copy));
    const fault = failing(nth, manner);
    const opening = await openDatabase(() => undefined, workspace.options);
    fault.end();
    isThrough = fault.struck() === undefined;
    if (opening.kind === 'refused') {
      refused++;
      const [main, mirror] = await copies(workspace);
      // Behind an upgrade that is through, looking for locks may fail as well; whether all is there is counted below.
      const isThroughIt = main.version > before.version;
      if (!isThroughIt && JSON.stringify(main) !== untouched[0]) wrong.push(`${nth}: something has changed`);
      if (JSON.stringify(mirror) !== untouched[1]) wrong.push(`${nth}: the second copy has changed`);
      if (!/^[^\n]+\.$/.test(opening.problem.message)) wrong.push(`${nth}: ${opening.problem.message}`);
    } else opening.database.close();
    const count = await (await workspace.tab()).projects.count();
    if (count !== wanted) wrong.push(`${nth}: ${count} projects for ${wanted}`);
    workspace.close();
  }
  return { wrong, refused };
}
