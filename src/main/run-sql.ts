import type { Duplex } from 'node:stream';
import pg from 'pg';
import type { RunWish, ServerRun } from '#src/community/contract/runs.ts';
import { asWritten } from '#src/community/contract/shown-rows.ts';
import { overLimit, refusalOf, runOf, shortVersion } from '#src/community/server/runs/rules.ts';

/** More is no result that anybody reads, and the worker has to hold it. */
const bytesAtMost = 4_000_000;
/** What PostgreSQL itself ends, it ends by then. */
const graceSeconds = 5;

/** Runs one order on a server that nobody else uses, within its time and a size that can be held; what it changed stays there. */
export async function runSql(server: pg.ClientConfig, wish: RunWish): Promise<ServerRun> {
  const client = new pg.Client({ ...server, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  // A script can lift every limit of its session, but not these two.
  const timer = setTimeout(() => stream.destroy(), (wish.secondsAtMost + graceSeconds) * 1000);
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesAtMost) stream.destroy();
  });
  let version = '';
  try {
    const told = await client.query<{ version: string }>(
      `select set_config('statement_timeout', $1, false), set_config('timezone', 'UTC', false),
        current_setting('server_version') as version`,
      [`${wish.secondsAtMost}s`],
    );
    version = shortVersion(told.rows[0]?.version ?? '');
    if (wish.setup.trim() !== '') await client.query(wish.setup);
    const answers = await client.query({
      text: wish.code,
      rowMode: 'array',
      types: { getTypeParser: () => asWritten },
    });
    return runOf(version, [answers].flat() as Parameters<typeof runOf>[1]);
  } catch (error) {
    if (bytes > bytesAtMost) return refusalOf(version, overLimit.bytes);
    return refusalOf(version, stream.destroyed ? overLimit.time : error);
  } finally {
    clearTimeout(timer);
    await client.end().catch(() => {});
  }
}
