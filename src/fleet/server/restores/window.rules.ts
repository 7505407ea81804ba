/** A backup that a restore can begin with, as pgBackRest describes it. */
export type WindowBackup = {
  repo: number;
  label: string;
  kind: 'full' | 'diff' | 'incr';
  startedAt: Date;
  stoppedAt: Date;
  /** Names of the first and last segment it needs to be whole. */
  startWal: string;
  stopWal: string;
  /** Bytes of the database as it will lie on the disk. */
  databaseBytes: number;
  /** True when pgBackRest noticed a page with a wrong checksum while it copied. */
  hasErrors: boolean;
};

/** Segments that lie in a repository without one missing between them, on one timeline. */
export type WalRun = {
  repo: number;
  firstWal: string;
  lastWal: string;
  /** When the last of them was written: what was committed by then is in it, or in what came before. */
  lastAt: Date;
};

/** A commit of which the place in the WAL is known, and that it came to be between two moments. */
export type Mark = { beganAt: Date; at: Date; wal: string };

/** A timeline that came from a restore to an earlier moment: between the two moments its parent alone knows what was. */
export type Fork = { timeline: number; restoredTo: Date; began: Date };

/** Moments to which the data can be brought back, by one backup or several. */
export type RecoverableRange = { from: Date; to: Date; timeline: number; repo: number; backups: string[] };
/** Moments in between to which it cannot, and what is missing. */
export type WindowGap = { from: Date; to: Date; missingFrom: string; missingTo: string };
export type RestoreWindow = { ranges: RecoverableRange[]; gaps: WindowGap[] };

/** What is read of a name such as 000000010000000A000000FE: its timeline and how many segments of 16 MB lie before it. */
export function readWal(name: string): { timeline: number; segment: number } {
  return {
    timeline: Number.parseInt(name.slice(0, 8), 16),
    segment: Number.parseInt(name.slice(8, 16), 16) * 256 + Number.parseInt(name.slice(16, 24), 16),
  };
}

/** The name of a segment. */
export function nameWal(timeline: number, segment: number): string {
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0');
  return hex(timeline) + hex(Math.floor(segment / 256)) + hex(segment % 256);
}

type Reach = { repo: number; timeline: number; last: number; lastAt: Date };

/**
 * How far the WAL goes on without a gap from a segment. A newer timeline goes on where an older one ends: after a failover it
 * begins in the segment in which its parent stopped.
 */
function reachFrom(runs: readonly WalRun[], repo: number, wal: string): Reach | undefined {
  const { timeline, segment } = readWal(wal);
  const mine = runs
    .filter((run) => run.repo === repo)
    .map((run) => ({ ...readWal(run.firstWal), last: readWal(run.lastWal).segment, lastAt: run.lastAt }));
  const start = mine.find(
    (run) => run.timeline === timeline && run.segment <= segment && segment <= run.last,
  );
  if (!start) return undefined;
  let reach: Reach = { repo, timeline, last: start.last, lastAt: start.lastAt };
  for (;;) {
    const next = mine
      .filter(
        (run) => run.timeline > reach.timeline && run.segment <= reach.last + 1 && run.last >= reach.last,
      )
      .toSorted((a, b) => a.timeline - b.timeline)[0];
    if (!next) return reach;
    reach = { repo, timeline: next.timeline, last: next.last, lastAt: next.lastAt };
  }
}

/**
 * The newest moment that such a reach surely holds. A target needs a commit after it in the WAL, or PostgreSQL says that the
 * target was never reached: so it is just before the newest known commit in there, and without one the end of the backup.
 */
function endOf(reach: Reach, backup: WindowBackup, marks: readonly Mark[]): Date {
  const known = marks.findLast((mark) => {
    const { timeline, segment } = readWal(mark.wal);
    return timeline <= reach.timeline && segment <= reach.last;
  });
  return known && known.beganAt > backup.stoppedAt ? known.beganAt : backup.stoppedAt;
}

/** Moments really recoverable, from backups and archived WAL alone; marks in order of time. */
export function recoverableWindow(known: {
  backups: readonly WindowBackup[];
  runs: readonly WalRun[];
  marks: readonly Mark[];
}): RestoreWindow {
  const pieces = known.backups
    .flatMap((backup) => {
      const reach = reachFrom(known.runs, backup.repo, backup.startWal);
      if (!reach || readWal(backup.stopWal).segment > reach.last) return [];
      return [{ backup, reach, from: backup.stoppedAt, to: endOf(reach, backup, known.marks) }];
    })
    .toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.backup.repo - b.backup.repo);
  const ranges: RecoverableRange[] = [];
  for (const { backup, reach, from, to } of pieces) {
    const before = ranges.find((range) => range.repo === backup.repo && from <= range.to);
    if (before) {
      before.backups.push(backup.label);
      if (to > before.to) Object.assign(before, { to, timeline: reach.timeline });
    } else ranges.push({ from, to, timeline: reach.timeline, repo: backup.repo, backups: [backup.label] });
  }
  ranges.sort((a, b) => a.from.getTime() - b.from.getTime() || a.repo - b.repo);
  return { ranges, gaps: gapsOf(ranges, pieces) };
}

function gapsOf(
  ranges: readonly RecoverableRange[],
  pieces: readonly { backup: WindowBackup; reach: Reach; from: Date }[],
): WindowGap[] {
  const gaps: WindowGap[] = [];
  let end: RecoverableRange | undefined;
  for (const range of ranges) {
    if (end && range.from > end.to) {
      const last = pieces.findLast((piece) => piece.backup.label === end!.backups.at(-1))!;
      const next = pieces.find((piece) => piece.backup.label === range.backups[0])!;
      const start = readWal(next.backup.startWal);
      gaps.push({
        from: end.to,
        to: range.from,
        missingFrom: nameWal(last.reach.timeline, last.reach.last + 1),
        missingTo: nameWal(start.timeline, Math.max(start.segment - 1, 0)),
      });
    }
    if (!end || range.to > end.to) end = range;
  }
  return gaps;
}

/** Why a target cannot be reached. `next` is the nearest moment that can, when there is one. */
export type Refusal = {
  why: 'no-backup' | 'before-first' | 'after-last' | 'in-gap' | 'backup-unknown' | 'backup-too-new';
  nearest: Date | null;
};

export type Choice = {
  backup: WindowBackup;
  /** A number when only an abandoned timeline knows the moment; null leads along the newest. */
  timeline: number | null;
  /** Segments that will be replayed, about. */
  firstWal: string;
  lastWal: string;
};

/**
 * The backup that leads to a moment with the least WAL to replay, sound ones first; a named one is taken at its word. The
 * newest moment is meant when none is given. Refuses what no backup leads to.
 */
export function chooseBackup(
  known: {
    backups: readonly WindowBackup[];
    runs: readonly WalRun[];
    marks: readonly Mark[];
    forks?: readonly Fork[];
  },
  target: { at?: Date; label?: string; repo?: number },
): Choice | Refusal {
  const { ranges, gaps } = recoverableWindow(known);
  const first = ranges[0];
  if (!first) return { why: 'no-backup', nearest: null };
  const last = ranges.reduce((a, b) => (b.to > a.to ? b : a));
  const at = target.at ?? last.to;
  const covering = ranges.filter(
    (range) =>
      range.from <= at && at <= range.to && (target.repo === undefined || range.repo === target.repo),
  );
  if (covering.length === 0) {
    if (at < first.from) return { why: 'before-first', nearest: first.from };
    if (at > last.to) return { why: 'after-last', nearest: last.to };
    return { why: 'in-gap', nearest: gaps.find((gap) => gap.from <= at && at <= gap.to)?.from ?? first.from };
  }
  if (target.label !== undefined) {
    const named = known.backups.find((b) => b.label === target.label);
    if (!named) return { why: 'backup-unknown', nearest: null };
    if (named.stoppedAt > at) return { why: 'backup-too-new', nearest: named.stoppedAt };
  }
  const labels = new Set(covering.flatMap((range) => range.backups.map((label) => `${range.repo} ${label}`)));
  const usable = known.backups.filter(
    (backup) =>
      labels.has(`${backup.repo} ${backup.label}`) &&
      backup.stoppedAt <= at &&
      (target.label === undefined || backup.label === target.label),
  );
  const backup = usable.toSorted(
    (a, b) =>
      Number(a.hasErrors) - Number(b.hasErrors) ||
      b.stoppedAt.getTime() - a.stoppedAt.getTime() ||
      a.repo - b.repo,
  )[0];
  if (!backup) return { why: 'in-gap', nearest: covering[0]!.from };
  const reach = reachFrom(known.runs, backup.repo, backup.startWal)!;
  const mark = known.marks.find((one) => one.beganAt >= at && readWal(one.wal).segment <= reach.last);
  const fork = (known.forks ?? []).find((one) => one.restoredTo < at && at < one.began);
  return {
    backup,
    timeline: fork ? fork.timeline - 1 : null,
    firstWal: backup.startWal,
    lastWal: mark?.wal ?? nameWal(reach.timeline, reach.last),
  };
}

/** Speeds measured on this cluster's own restores; null where nothing was measured. */
export type Speeds = { restoreBytesPerSecond: number | null; replayBytesPerSecond: number | null };

/** Taken until something was measured: a slow disk behind a network of 1 Gbit/s. */
const cautious = { restoreBytesPerSecond: 60e6, replayBytesPerSecond: 30e6 };
const segmentBytes = 16 * 1024 ** 2;
/** Start, end of recovery and a checkpoint. */
const fixedSeconds = 10;

/** How long a restore will take and what room it wants, with a tenth over the data and the WAL to be replayed. */
export function estimateRestore(
  choice: Pick<Choice, 'backup' | 'firstWal' | 'lastWal'>,
  speeds: Speeds,
): { seconds: number; measured: boolean; needsBytes: number; walSegments: number } {
  const walSegments = Math.max(1, readWal(choice.lastWal).segment - readWal(choice.firstWal).segment + 1);
  const measured = speeds.restoreBytesPerSecond !== null;
  const restore = speeds.restoreBytesPerSecond ?? cautious.restoreBytesPerSecond;
  const replay = speeds.replayBytesPerSecond ?? cautious.replayBytesPerSecond;
  const { databaseBytes } = choice.backup;
  const seconds = fixedSeconds + databaseBytes / restore + (walSegments * segmentBytes) / replay;
  // Replayed segments are recycled; a dozen lie around at once.
  const needsBytes = Math.ceil(databaseBytes * 1.1) + Math.min(walSegments + 4, 64) * segmentBytes;
  return { seconds: Math.ceil(seconds), measured, needsBytes, walSegments };
}
