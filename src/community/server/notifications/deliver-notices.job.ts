import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { Config } from '#src/platform/server/config.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import type { Log } from '#src/platform/server/log.ts';
import { OutgoingProblem, postOutside } from '#src/platform/server/outgoing.ts';
import { ensurePushKey } from './ensure-push-key.ts';
import { mailNotices } from './mail-notices.ts';
import { noticeRows, present, localeOf } from './queries.ts';
import { encryptPush, vapidHeader } from './web-push.rules.ts';

/** Tells one member on the ways that leave the house: by mail what is wanted at once, to browsers what is wanted there. */
export const deliverNotices = defineJob(
  'community.deliver-notices',
  z.object({ memberId: z.uuid() }),
  async ({ db, config, log }, { memberId }) => {
    const ctx = systemContext(db, noOrg);
    await inTransaction(ctx, (tx) => mailNotices(tx, config, memberId, 'now'));
    await pushNotices(ctx, config, log, memberId);
  },
);

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
