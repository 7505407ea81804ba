import type { DrillResults } from '#src/fleet/contract/drills.ts';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

type Ended = { ended: 'done' | 'refused'; code: number | null; words: string };
export type Observed = {
  /** What kept the drill from judging: a silent host, a full disk. */
  trouble: Text | null;
  restore: Ended | null;
  recovery: Ended | null;
  pages: (Ended & { absent: boolean }) | null;
  marks: NonNullable<DrillResults['marks']> | null;
  /** Databases that the primary still has, and had by the moment. */
  gone: readonly string[];
  databases: NonNullable<DrillResults['databases']>;
};
export type Verdict = { state: 'passed' | 'backup-bad' | 'infrastructure-failed'; reason: Text | null };

/**
 * Words of pgBackRest that speak of what lies in the repository, not of the way there. A changed byte that ends a compressed file
 * early is met as more than was expected to be read, with the number of what cannot be read at all.
 */
const badBackup =
  /\[(?:026|029|095)\]|checksum|does not match expected|unable to (?:decompress|decrypt)|corrupt|invalid (?:block|delta|bundle|frame)|expected EOF but flushed|eof in compressed data/i;
/** A file of the backup itself is gone; one that every backup needs means that the repository is not there at all. */
const missingFile = /\[055\].*\/(?:backup|archive)\/[^']*(?<!(?:backup|archive)\.info(?:\.copy)?)'/s;
/** Words of PostgreSQL that speak of WAL or pages that are not what they should be. */
const badRecovery =
  /recovery ended before configured recovery target|WAL ends before|could not locate (?:required|a valid) checkpoint|invalid (?:record|magic|checkpoint|page)|incorrect (?:resource manager )?data checksum|unexpected pageaddr|could not open file "(?:base|global)|PANIC/;

/** Whether what pgBackRest complains of is the backup's fault. What is not known to be is not. */
export const blamesBackup = (words: string): boolean => badBackup.test(words) || missingFile.test(words);

/** The judgement on a drill. Only what was seen to be wrong with the backup counts against it; everything else is the drill's own failure. */
export function judge({ trouble, restore, recovery, pages, marks, gone, databases }: Observed): Verdict {
  const failed = (reason: Text): Verdict => ({ state: 'infrastructure-failed', reason });
  const bad = (reason: Text): Verdict => ({ state: 'backup-bad', reason });
  if (restore?.ended === 'refused')
    return blamesBackup(restore.words)
      ? bad(drillText.badFiles(restore.words))
      : failed(drillText.noRestore(restore.words));
  if (recovery?.ended === 'refused') {
    // PostgreSQL takes an archive that does not answer for one that ends; pgBackRest's own words tell the two apart.
    const archiveSpoke = /ERROR: \[\d+\]/.test(recovery.words);
    const isBad = archiveSpoke ? blamesBackup(recovery.words) : badRecovery.test(recovery.words);
    return isBad ? bad(drillText.badWal(recovery.words)) : failed(drillText.noRecovery(recovery.words));
  }
  if (marks && marks.missing > 0) return bad(drillText.commitsMissing(marks.missing, marks.before));
  if (marks && marks.tooNew > 0) return bad(drillText.commitsTooNew(marks.tooNew));
  if (gone.length > 0) return bad(drillText.databasesGone(gone));
  const missing = databases.flatMap(({ name, known }) =>
    (known?.missing ?? []).map((table) => `${name}: ${table}`),
  );
  if (missing.length > 0) return bad(drillText.rowsMissing(missing));
  // pg_amcheck ends with 2 when it found something, with 1 when it could not look.
  if (pages?.ended === 'refused')
    return pages.code === 2 ? bad(drillText.badPages(pages.words)) : failed(drillText.noPages(pages.words));
  if (trouble) return failed(trouble);
  if (!restore || !recovery || !pages) return failed(drillText.notFinished);
  return { state: 'passed', reason: null };
}

/** A text that is the same for the same value, whatever the order in which its parts were put together: what is signed. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`);
  return `{${parts.join(',')}}`;
}

/** The fate of each known commit on a recovered server; the transactions that it does not know yet are `future`. */
export const marksScript = `
select x as xid, case when x::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) then 'future'
  else coalesce(pg_xact_status(x::xid8), 'old') end as status
from unnest(string_to_array(:'xids', ',')) as x;
`;

/** A random moment of a window, more likely where it is longer; null when it holds backups only. */
export function randomMoment(ranges: readonly { from: Date; to: Date }[], random: number): Date | null {
  const lengths = ranges.map((range) => Math.max(range.to.getTime() - range.from.getTime(), 0));
  const all = lengths.reduce((sum, length) => sum + length, 0);
  if (all === 0) return null;
  let left = random * all;
  for (const [i, range] of ranges.entries()) {
    const length = lengths[i]!;
    if (left <= length && length > 0) return new Date(range.from.getTime() + Math.floor(left));
    left -= length;
  }
  return ranges.at(-1)!.to;
}
