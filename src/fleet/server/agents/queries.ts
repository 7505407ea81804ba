import type { AgentRelease } from '#src/fleet/contract/agents.ts';
import type { Db } from '#src/platform/server/db.ts';

/** The agent every host should run; undefined while no server has brought one. */
export async function findRelease(db: Db): Promise<AgentRelease | undefined> {
  return db
    .selectFrom('fleet.agent_release')
    .select(['version', 'signature'])
    .orderBy('wished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The program text of a release. */
export async function findBundle(db: Db, version: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('fleet.agent_release')
    .select('bundle')
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.bundle;
}
