import { createHash, sign } from 'node:crypto';
import { sql } from 'kysely';
import { releaseMessage, type AgentRelease } from '#src/fleet/contract/agents.ts';
import type { Db } from '#src/platform/server/db.ts';

const releasesKept = 10;

/** Makes this program the agent that every host should run, signed with the release key. The server that starts last decides. */
export async function publishRelease(db: Db, releaseKey: string, bundle: Buffer): Promise<AgentRelease> {
  const version = createHash('sha256').update(bundle).digest('hex');
  const signature = sign(null, Buffer.from(releaseMessage(version)), releaseKey).toString('base64');
  await db
    .insertInto('fleet.agent_release')
    .values({ version, signature, bundle, wished_at: sql<Date>`clock_timestamp()` })
    .onConflict((oc) =>
      oc.column('version').doUpdateSet({ signature, wished_at: sql<Date>`clock_timestamp()` }),
    )
    .execute();
  await sql`delete from fleet.agent_release where version not in
    (select version from fleet.agent_release order by wished_at desc limit ${releasesKept})`.execute(db);
  return { version, signature };
}
