import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { Config } from '#src/platform/server/config.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob, type JobContext } from '#src/platform/server/jobs.ts';
import type { Log } from '#src/platform/server/log.ts';
import { OutgoingProblem, postOutside } from '#src/platform/server/outgoing.ts';
import { ensurePushKey } from './ensure-push-key.ts';
import { mailNotices } from './mail-notices.ts';
import { isShown, noticeRows, present, localeOf } from './queries.ts';
import { encryptPush, vapidHeader } from './web-push.rules.ts';

/** A short while in which what happens together becomes one mail. */
const gatherSeconds = 30;
const batch = 200;

/**
 * Every minute: tells members on the ways that leave the house what has waited for half a minute. One who cannot be told keeps
 * nobody else waiting, and is tried again the next minute.
 */
export const deliverNotices = defineJob(
  'community.deliver-notices',
  z.object({}),
  async (job) => {
    for (let last: string | null = null; ;) {
      const ids: string[] = await listWaiting(job.db, last);
      for (const id of ids)
        await deliverTo(job, id).catch((error: unknown) =>
          job.log.error({ err: error, memberId: id }, 'a member could not be told what is new'),
        );
      last = ids.at(-1) ?? null;
      if (ids.length < batch) return;
    }
  },
  { schedule: '* * * * *' },
);

/** Members after `last` of whom something waits, the oldest of it long enough; of what is mailed, only what is shown. */
async function listWaiting(db: Db, last: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from (
      select n.member_id as id, n.at from community.notification n
      where n.mail = 'now' and n.mailed_at is null and ${isShown}
      union all
      select n.member_id, n.at from community.notification n where n.push and n.pushed_at is null) w
    where ${last}::uuid is null or w.id > ${last}::uuid
    group by w.id having min(w.at) <= now() - make_interval(secs => ${gatherSeconds})
    order by w.id limit ${batch}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Tells one member what waits: by mail what is wanted at once, to browsers what is wanted there. */
export async function deliverTo(
  { db, config, log }: Pick<JobContext, 'db' | 'config' | 'log'>,
  memberId: string,
): Promise<void> {
  const ctx = systemContext(db, noOrg);
  await inTransaction(ctx, (tx) => mailNotices(tx, config, memberId, 'now'));
  await pushNotices(ctx, config, log, memberId);
}

/** Beyond so many at once one push says that there is more. */
const pushesAtMost = 5;
const failuresAtMost = 5;
const keptSeconds = 24 * 3600;

async function pushNotices(ctx: Context, config: Config, log: Log, memberId: string): Promise<void> {
  // Marked first: a crash costs a push, which the page shows anyway, and never makes it two.
  const { rows } = await sql<{ id: number }>`
    update community.notification set pushed_at = now()
    where member_id = ${memberId} and push and pushed_at is null
    returning id`.execute(ctx.db);
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const locale = await localeOf(ctx.db, memberId);
  const notices = (
    await noticeRows(ctx.db)
      .where('n.id', 'in', ids)
      .where('n.read_at', 'is', null)
      .orderBy('n.id', 'desc')
      .limit(pushesAtMost)
      .execute()
  ).map((row) => present(row, locale));
  const targets = await ctx.db
    .selectFrom('community.push_subscription')
    .select(['id', 'endpoint', 'p256dh', 'auth', 'failures'])
    .where('member_id', '=', memberId)
    .execute();
  if (notices.length === 0 || targets.length === 0) return;
  const key = await ensurePushKey(ctx.db);
  for (const target of targets) {
    for (const notice of notices.toReversed()) {
      const message = {
        id: notice.id,
        title: notice.words.slice(0, 200),
        body: notice.title.slice(0, 200),
        href: notice.href,
      };
      const answer = await postOutside(target.endpoint, {
        headers: {
          'content-type': 'application/octet-stream',
          'content-encoding': 'aes128gcm',
          ttl: String(keptSeconds),
          urgency: 'normal',
          authorization: vapidHeader(target.endpoint, key, config.publicUrl, new Date()),
        },
        body: encryptPush(target, Buffer.from(JSON.stringify(message))),
      }).catch((error: unknown) => {
        if (error instanceof OutgoingProblem) return { status: error.refused ? 410 : 0 };
        throw error;
      });
      const isGone = answer.status === 404 || answer.status === 410;
      const isTaken = answer.status >= 200 && answer.status < 300;
      if (isTaken) continue;
      log.info({ status: answer.status }, 'a push service did not take a message');
      if (isGone || target.failures + 1 >= failuresAtMost) {
        await ctx.db.deleteFrom('community.push_subscription').where('id', '=', target.id).execute();
      } else {
        await ctx.db
          .updateTable('community.push_subscription')
          .set({ failures: sql<number>`failures + 1` })
          .where('id', '=', target.id)
          .execute();
      }
      break;
    }
  }
}
