import type { Kysely } from 'kysely';
import { collectSeconds } from '#src/fleet/contract/metrics.ts';
import type { DB } from '#src/platform/server/db.ts';
import type { Log } from '#src/platform/server/log.ts';
import { theMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { serverLine } from './lines.rules.ts';
import { listExpected } from './queries.ts';

/**
 * Writes each round which hosts are heard and which members should run: a host that fell silent has no series of its own to say so.
 * Any number of servers may do so side by side: they write the same.
 */
export function notePresence(options: { db: Kysely<DB>; log: Log }): { note(): Promise<void>; stop(): void } {
  const { db, log } = options;
  const note = async () => {
    const store = theMetricsStore();
    if (!store) return;
    const { hosts, members } = await listExpected(db);
    const at = Date.now();
    const lines = [
      ...hosts.map(({ labels, connected }) =>
        serverLine('elepherd_host_connected', labels, connected ? 1 : 0, at),
      ),
      ...members.map(({ labels, kind }) =>
        serverLine('elepherd_member_expected', { ...labels, kind }, 1, at),
      ),
    ];
    if (lines.length > 0) await store.write(`${lines.join('\n')}\n`);
  };
  let isAway = false;
  const timer = setInterval(() => {
    note().then(
      () => (isAway = false),
      (err: unknown) => {
        if (!isAway) log.warn({ err }, 'metrics cannot be written; agents keep theirs for now');
        isAway = true;
      },
    );
  }, collectSeconds * 1000);
  return { note, stop: () => clearInterval(timer) };
}
