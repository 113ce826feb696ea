import type { StorageProblem } from '../core/problem.ts';
import type { Database, DatabaseOptions, Opening } from '../storage/database.ts';
import { storageProblem } from '../storage/failure.ts';
import { lastSeq } from '../storage/log.ts';
import {
  breakNow,
  isEmpty,
  openMirrorAfter,
  replayEnd,
  standingOf,
  type Standing,
} from '../storage/mirror.ts';
import { restoreFromMirror } from '../storage/mirroring.ts';
import { rememberedDocumentCount } from '../storage/tripwire.ts';
import type { Beginning, Rescue, Trouble } from './rescue.svelte.ts';

/** A start under way. */
interface Starting<Next> {
  readonly opening: Promise<Opening>;
  /** Opens the storage once more. */
  readonly open: () => Promise<Opening>;
  readonly options: DatabaseOptions;
  readonly goOn: (beginning: Beginning) => Promise<Next>;
}

interface Rescued<Next> {
  readonly kind: 'rescue';
  readonly rescue: Rescue<Next>;
}

/**
 * Compares the storage with its second copy before anything is written. What is missing at its end or within comes back by
 * itself; of everything else the user decides.
 */
export async function begin<Next>({
  opening,
  open,
  options,
  goOn,
}: Starting<Next>): Promise<Next | Rescued<Next>> {
  const [first, mirror] = await Promise.all([opening, openMirrorAfter(opening, options)]);
  const rescue = async (
    trouble: Trouble,
    database?: Database,
    problem?: StorageProblem,
  ): Promise<Rescued<Next>> => {
    const { Rescue } = await import('./rescue.svelte.ts');
    return {
      kind: 'rescue',
      rescue: await Rescue.of(trouble, { database, mirror, problem }, goOn),
    };
  };
  // The browser has put an empty storage in the place of a damaged one.
  const isDamaged = first.kind === 'refused' && first.problem.kind === 'damaged';
  const opened = isDamaged ? await open() : first;
  if (opened.kind === 'refused') return rescue(troubleOf(opened.problem), undefined, opened.problem);
  const { database } = opened;
  try {
    const { standing, notice } = await look(database, mirror);
    if (standing === 'emptied' || standing === 'parted' || standing === 'altered')
      return await rescue(standing, database);
    const isLost = isDamaged || rememberedDocumentCount() > 0;
    if (isLost && (await isEmpty(database))) return await rescue('lost', database);
    return await goOn({ database, copy: mirror, notice });
  } catch (error) {
    return rescue('unopened', undefined, storageProblem(error));
  }
}

/** How the storage stands once all has come back that comes back by itself, and what that was. */
async function look(
  database: Database,
  mirror: Database | undefined,
): Promise<{ readonly standing: Standing; readonly notice?: string }> {
  if (!mirror) return { standing: (await breakNow(database)) === undefined ? 'whole' : 'altered' };
  const standing = await standingOf(database, mirror);
  if (standing === 'gapped') {
    const { documents, changes } = await restoreFromMirror(database, mirror, await lastSeq(database));
    const again = await standingOf(database, mirror);
    // What neither has any more was taken out by somebody.
    if (again === 'gapped') return { standing: 'altered' };
    const notice = cameBack(`Some work (documents: ${documents}, changes: ${changes}) was`);
    return again === 'behind'
      ? { ...(await catchUp(database, mirror)), notice }
      : { standing: again, notice };
  }
  return standing === 'behind' ? catchUp(database, mirror) : { standing };
}

async function catchUp(database: Database, mirror: Database) {
  const count = await replayEnd(database, mirror);
  const what = count === 1 ? 'The last change was' : `The last ${count} changes were`;
  return { standing: 'whole' as const, notice: cameBack(what) };
}

function cameBack(what: string): string {
  return `${what} missing from the storage, as after a crash, and came back from the second copy.`;
}

function troubleOf({ kind }: StorageProblem): Trouble {
  switch (kind) {
    case 'newer-version':
      return 'newer';
    case 'foreign':
    case 'unavailable':
      return kind;
    default:
      return 'unopened';
  }
}
