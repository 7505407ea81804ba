/** Labels that only the server sets: by them a series belongs to an organisation, a host and a member. */
export type ForcedLabels = {
  org: string;
  host_id: string;
  host: string;
  cluster_id?: string;
  cluster?: string;
  member?: string;
};

const line =
  /^([a-z][a-zA-Z0-9_]{0,199})(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]{0,60}="(?:[^"\\]|\\["\\n])*",?)*)\})? ([-+0-9.eE]{1,40})$/;
/** A value cannot hold these: its quotes are escaped. */
const reserved = /(?:^|,)(?:org|host_id|host|cluster_id|cluster|member|__name__)="/;
const families =
  /^(?:up$|pg_|node_|patroni_|pgbouncer_|etcd_|pgbackrest_|elepherd_(?:probe|agent|query|certificate)_)/;
const labelBytesAtMost = 2000;
/** One host's share of a round; more is a fault, or worse. */
export const linesAtMost = 60_000;

/**
 * What an agent sent, as it goes to the store: with the server's labels and a time. Lines that are no figures, that come under
 * a name no agent has to write, or that carry one of the server's own labels are left out.
 */
export function forceLabels(text: string, labels: ForcedLabels, atMs: number): string[] {
  const own = written(labels);
  const kept: string[] = [];
  for (const given of text.split('\n')) {
    const [, name, inner, value] = line.exec(given) ?? [];
    if (name === undefined || !families.test(name) || !Number.isFinite(Number(value))) continue;
    if (!inner) kept.push(`${name}{${own}} ${value} ${atMs}`);
    else if (inner.length <= labelBytesAtMost && !reserved.test(inner))
      kept.push(`${name}{${own},${inner}} ${value} ${atMs}`);
  }
  return kept;
}

/** A figure that the server itself writes. */
export function serverLine(
  name: string,
  labels: ForcedLabels & { kind?: string },
  value: number,
  atMs: number,
): string {
  return `${name}{${written(labels)}} ${value} ${atMs}`;
}

const written = (labels: Readonly<Record<string, string | undefined>>) =>
  Object.entries(labels)
    .map(([name, value = '']) => `${name}="${escape(value)}"`)
    .join(',');

const escape = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** The moment of a figure by the server's clock: the host's own clock may be hours away. Never in the future, never before a day ago. */
export function serverTime(atMs: number, sentAtMs: number, nowMs: number): number {
  const moved = Math.round(atMs + (nowMs - sentAtMs));
  return Math.min(nowMs, Math.max(nowMs - 24 * 3600_000, moved));
}
