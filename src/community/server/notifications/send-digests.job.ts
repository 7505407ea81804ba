import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { mailNotices } from './mail-notices.ts';

const batch = 200;

/**
 * Every hour: summaries to those for whom a day or a week has passed. Each member is one transaction with the mail, its marks
 * and the time of the next one: a crash repeats nothing.
 */
export const sendDigests = defineJob(
  'community.send-digests',
  z.object({}),
  async ({ db, config }) => {
    const ctx = systemContext(db, noOrg);
    for (;;) {
      const ids = await listDue(db);
      for (const id of ids)
        await inTransaction(ctx, async (tx) => {
          if (await takeTurn(tx, id)) await mailNotices(tx, config, id, 'digest');
        });
      if (ids.length < batch) break;
    }
  },
  { schedule: '7 * * * *' },
);

const daysOf = sql`case coalesce(s.digest, 'weekly') when 'daily' then 1 else 7 end`;

/** Members with something to sum up whose last summary is long enough ago; the first comes a day or a week after its oldest part. */
async function listDue(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select n.member_id as id from community.notification n
    left join community.notification_setting s on s.member_id = n.member_id
    where n.mail = 'digest' and n.mailed_at is null
    group by n.member_id, s.digest, s.digest_at
    having coalesce(s.digest_at, min(n.at)) <= now() - make_interval(days => ${daysOf}) + interval '5 minutes'
    limit ${batch}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Notes the turn; of two workers at once one takes it. */
async function takeTurn(tx: Context, memberId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into community.notification_setting as s (member_id, digest_at) values (${memberId}, now())
    on conflict (member_id) do update set digest_at = now()
      where coalesce(s.digest_at, '-infinity') < now() - interval '12 hours'
    returning member_id`.execute(tx.db);
  return rows.length > 0;
}
