/** Archived WAL without a hole, of one timeline. */
export type WalRange = {
  archiveId: string;
  timeline: number;
  walFirst: string;
  walLast: string;
  firstSeconds: number;
  lastSeconds: number;
  files: number;
};

/** A path such as `17-1/0000000100000000/000000010000000000000003-<digest>.lz4`. */
const walPath = /^(\d+-\d+)\/[0-9A-F]{16}\/([0-9A-F]{24})-[0-9a-f]{40}(\.\w+)?$/;

/** Ranges without a hole of what lies in an archive: each path with the second it arrived. Paths that are no WAL are passed over. */
export function walRanges(
  files: Iterable<readonly [path: string, seconds: number]>,
  segmentBytes: number,
): WalRange[] {
  const perFile = BigInt(2 ** 32 / segmentBytes);
  const found = new Map<string, { archiveId: string; wal: string; seconds: number }>();
  for (const [path, seconds] of files) {
    const match = walPath.exec(path);
    if (!match) continue;
    const [, archiveId = '', wal = ''] = match;
    const key = `${archiveId}/${wal}`;
    const there = found.get(key);
    if (!there || there.seconds > seconds) found.set(key, { archiveId, wal, seconds });
  }
  const ranges: WalRange[] = [];
  let last: { key: string; segment: bigint } | undefined;
  const entries = [...found.values()].sort(
    (a, b) => compare(a.archiveId, b.archiveId) || compare(a.wal, b.wal),
  );
  for (const { archiveId, wal, seconds } of entries) {
    const key = `${archiveId}/${wal.slice(0, 8)}`;
    const segment = BigInt(`0x${wal.slice(8, 16)}`) * perFile + BigInt(`0x${wal.slice(16)}`);
    const open = ranges.at(-1);
    if (open && last?.key === key && segment === last.segment + 1n) {
      open.walLast = wal;
      open.lastSeconds = Math.max(open.lastSeconds, seconds);
      open.files++;
    } else {
      ranges.push({
        archiveId,
        timeline: Number.parseInt(wal.slice(0, 8), 16),
        walFirst: wal,
        walLast: wal,
        firstSeconds: seconds,
        lastSeconds: seconds,
        files: 1,
      });
    }
    last = { key, segment };
  }
  return ranges;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
