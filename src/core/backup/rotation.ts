/** A backup in a row of them: when it was written, in milliseconds since 1970. */
export interface Dated {
  readonly atMs: number;
}

/** How many are kept: the latest ones, and the last one of each day and of each week on which there were any. */
export const keptBackups = { latest: 5, days: 7, weeks: 4 } as const;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The backups that may go. Days and weeks without a backup do not count, so a holiday costs none; `newest` always stays,
 * whatever the clock said when it was written.
 */
export function outlived<Backup extends Dated>(backups: readonly Backup[], newest: Backup): Backup[] {
  const latestFirst = backups.toSorted((a, b) => b.atMs - a.atMs);
  const kept = new Set<Backup>([
    newest,
    ...latestFirst.slice(0, keptBackups.latest),
    ...lastOfEach(latestFirst, dayMs).slice(0, keptBackups.days),
    ...lastOfEach(latestFirst, 7 * dayMs).slice(0, keptBackups.weeks),
  ]);
  return latestFirst.filter((backup) => !kept.has(backup));
}

function lastOfEach<Backup extends Dated>(latestFirst: readonly Backup[], spanMs: number): Backup[] {
  const spans = new Map<number, Backup>();
  for (const backup of latestFirst) {
    const span = Math.floor(backup.atMs / spanMs);
    if (!spans.has(span)) spans.set(span, backup);
  }
  return [...spans.values()];
}
