import type { Change } from '../../core/change.ts';
import type { Database } from '../../storage/database.ts';
import type { followLog } from '../../storage/log.ts';
import { startJob } from '../job.ts';
import {
  coversOf,
  followStandings,
  inFolder,
  keepStanding,
  lastBackup,
  loadStandings,
  type Standing,
  type Standings,
} from './backup-standing.ts';

/** `followLog`, handed in by what the page starts with. Imported here, its module would be split off from that and grow it. */
export type FollowLog = typeof followLog;

/** Knows what was backed up, and what was done since. */
export class BackupLedger {
  readonly #database: Database;
  readonly #follow: FollowLog;
  #standings = $state.raw<Standings>({});
  /** By project, the places in the log of changes that may be in no backup. */
  #places = $state.raw<Readonly<Record<string, readonly number[]>>>({});

  constructor(database: Database, follow: FollowLog) {
    this.#database = database;
    this.#follow = follow;
  }

  /**
   * Looks for work that no backup has, in the folder of this choice where there is one, and follows what is done from
   * there on. Gives back the function that ends it.
   */
  async begin(
    folderId: string | undefined,
    onchanges: (changes: readonly Change[]) => void,
    onerror: (error: unknown) => void,
  ): Promise<() => void> {
    await this.refresh();
    const covers = coversOf(this.#standings, folderId);
    const since = await startJob({ kind: 'since-backups', covers }).result;
    for (const key of since.void)
      await keepStanding(this.#database, { ...this.#standings[key]!, seq: 0, id: '' });
    await this.refresh();
    this.#places = since.places;
    const note = (changes: readonly Change[]) => {
      this.#note(changes);
      onchanges(changes);
    };
    const ends = [
      this.#follow(this.#database, since.seq, note, onerror),
      followStandings(this.#database, (standings) => (this.#standings = standings), onerror),
    ];
    return () => ends.forEach((end) => end());
  }

  /** Reads what was backed up meanwhile, in whatever tab. */
  async refresh(): Promise<void> {
    this.#standings = await loadStandings(this.#database);
  }

  /** Enters a backup that was made and read back. */
  async enter(made: Standing): Promise<void> {
    await keepStanding(this.#database, made);
    await this.refresh();
  }

  /** The last good backup of the project, wherever it is. */
  last(projectId: string): Standing | undefined {
    return lastBackup(this.#standings, projectId);
  }

  /** How many changes of the project stand behind this one in the log, and are not in a backup. */
  changesSince(projectId: string, seq: number): number {
    const from = Math.max(seq, this.last(projectId)?.seq ?? 0);
    return this.#places[projectId]?.filter((place) => place > from).length ?? 0;
  }

  /** Up to where in the log everything of the project is known. */
  lastPlace(projectId: string): number {
    return this.#places[projectId]?.at(-1) ?? this.last(projectId)?.seq ?? 0;
  }

  /** The projects with work that is not in the folder of this choice. */
  due(folderId: string): string[] {
    const known = Object.values(this.#standings).map(({ projectId }) => projectId);
    return [...new Set([...Object.keys(this.#places), ...known])].filter((projectId) => {
      const covered = inFolder(this.#standings, projectId, folderId);
      return !covered || this.#places[projectId]?.some((place) => place > covered.seq);
    });
  }

  #note(changes: readonly Change[]): void {
    const places: Record<string, readonly number[]> = { ...this.#places };
    for (const { projectId, seq } of changes) places[projectId] = [...(places[projectId] ?? []), seq];
    this.#places = places;
  }
}
