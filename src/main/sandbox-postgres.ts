import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { ClientConfig } from 'pg';
import { runText } from '#src/community/contract/runs.text.ts';
import type { PostgresSource, ServerRun } from '#src/community/contract/runs.ts';
import { shortVersion } from '#src/community/server/runs/rules.ts';
import type { MadeSandbox, SandboxConnection } from '#src/fleet/contract/sandboxes.ts';
import {
  destroySandbox,
  getSandbox,
  handOutSandbox,
  listInstalledPostgres,
  resetSandbox,
} from '#src/fleet/server/public.ts';
import { findHouse } from '#src/identity/server/public.ts';
import { type Context, systemContext } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { runSql } from './run-sql.ts';

/** A template may have to be made first. */
const readySeconds = 120;
/** What lies between two orders: the sandbox becomes empty again. */
const betweenSeconds = 15;

/** Sandboxes of the organisation that runs this Elepherd, as the community runs SQL on them; one for each order, gone after it. */
export function sandboxPostgres(db: Kysely<DB>): PostgresSource {
  const house = async (): Promise<Context | undefined> => {
    const orgId = await findHouse(db);
    return orgId === undefined ? undefined : systemContext(db, orgId, 'runnable SQL');
  };
  return {
    async listOffered() {
      const ctx = await house();
      const installed = ctx ? await listInstalledPostgres(ctx) : [];
      return installed.map(({ major, version }) => ({ major, version: shortVersion(version) }));
    },
    async runAll(major, wishes) {
      const ctx = await house();
      if (!ctx) throw new AppError('unavailable', runText.noServer);
      const seconds = wishes.reduce((sum, wish) => sum + wish.secondsAtMost + betweenSeconds, 0);
      const handOut = () =>
        handOutSandbox(ctx, {
          pgVersion: major,
          minutes: Math.ceil((readySeconds + seconds) / 60),
          purpose: 'SQL of a writing in the community',
          limits: { connections: 5 },
        });
      let sandbox = await handOut();
      try {
        const runs: ServerRun[] = [];
        for (const wish of wishes) {
          if (runs.length > 0 && !(await isEmptied(ctx, sandbox.id))) {
            await destroySandbox(ctx, sandbox.id);
            sandbox = await handOut();
          }
          const { connection } = await untilReady(ctx, sandbox);
          runs.push(await runSql(clientConfigOf(connection), wish));
        }
        return runs;
      } finally {
        await destroySandbox(ctx, sandbox.id);
      }
    },
  };
}

/** Whether a sandbox is as it was at first: one that an order brought down is not, and the next order gets another. */
async function isEmptied(ctx: Context, id: string): Promise<boolean> {
  try {
    await resetSandbox(ctx, id);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function untilReady(
  ctx: Context,
  made: MadeSandbox,
): Promise<MadeSandbox & { connection: SandboxConnection }> {
  const until = Date.now() + readySeconds * 1000;
  for (let now = made; ; now = await getSandbox(ctx, made.id)) {
    const { state, connection, reason } = now;
    if (state === 'ready' && connection) return { ...now, connection };
    if (state !== 'making' || Date.now() > until)
      throw new AppError('unavailable', reason ?? runText.noServer);
    await sleep(500);
  }
}

const clientConfigOf = ({
  host,
  port,
  user,
  password,
  database,
  authority,
}: SandboxConnection): ClientConfig => ({
  host,
  port,
  user,
  password,
  database,
  ...(authority !== null && { ssl: { ca: authority } }),
});
