import { SubscribePush } from '#src/community/contract/notifications.ts';
import { noticeSettingText } from '#src/community/contract/notifications.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

const browsersAtMost = 10;

/** Lets a browser of the member be told by web push; the same one again belongs to whoever asks last. */
export async function subscribePush(ctx: Context, given: SubscribePush): Promise<void> {
  const { endpoint, keys, browser } = SubscribePush.parse(given);
  const { id: memberId } = await requireMember(ctx);
  const p256dh = Buffer.from(keys.p256dh, 'base64url');
  if (p256dh[0] !== 4) throw new AppError('conflict', noticeSettingText.endpointNotAllowed);
  // not audited: a member's own browser.
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db
      .selectFrom('community.push_subscription')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('member_id', '=', memberId)
      .where('endpoint', '<>', endpoint)
      .executeTakeFirstOrThrow();
    if (count >= browsersAtMost) throw new AppError('conflict', noticeSettingText.tooManyBrowsers);
    const set = {
      member_id: memberId,
      p256dh,
      auth: Buffer.from(keys.auth, 'base64url'),
      browser,
      failures: 0,
    };
    await tx.db
      .insertInto('community.push_subscription')
      .values({ endpoint, ...set })
      .onConflict((oc) => oc.column('endpoint').doUpdateSet(set))
      .execute();
  });
}

/** Tells a browser of the member no more. */
export async function unsubscribePush(ctx: Context, subscriptionId: string): Promise<void> {
  const { id: memberId } = await requireMember(ctx);
  const { numDeletedRows } = await ctx.db
    .deleteFrom('community.push_subscription')
    .where('id', '=', subscriptionId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError('not_found', noticeSettingText.noSuchBrowser);
}
