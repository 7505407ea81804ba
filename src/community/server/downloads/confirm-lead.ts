import { sql } from 'kysely';
import { ConfirmLead } from '#src/community/contract/downloads.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { addressKey } from '#src/platform/server/limits/rate-limit.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { hashOf } from './open-download.ts';

/** Proves an address by the mailed link, from which on the lead counts and the link gives the file. Refuses a link that is over or not ours. */
export async function confirmLead(ctx: Context, postId: number, given: ConfirmLead): Promise<void> {
  const { token } = ConfirmLead.parse(given);
  if (ctx.ip !== null)
    await takeRate(ctx.db, `download-link:${addressKey(ctx.ip)}`, { limit: 60, windowSeconds: 3600 });
  await inTransaction(ctx, async (tx) => {
    // open to: whoever holds the mailed link
    const grant = await tx.db
      .updateTable('community.download_grant')
      .set({ confirmed_at: sql<Date>`coalesce(confirmed_at, now())` })
      .where('token_hash', '=', hashOf(token))
      .where('post_id', '=', postId)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning('id')
      .executeTakeFirst();
    if (!grant) throw new AppError('invalid', downloadText.linkDead);
    const lead = await tx.db
      .updateTable('community.lead')
      .set({ confirmed_at: sql<Date>`now()`, is_proved: true })
      .where('grant_id', '=', grant.id)
      .where('confirmed_at', 'is', null)
      .returning(['id', 'email', 'organisation_id'])
      .executeTakeFirst();
    if (!lead) return;
    // Who asked again under the same address stands in the list once.
    await tx.db
      .deleteFrom('community.lead')
      .where('post_id', '=', postId)
      .where('organisation_id', '=', lead.organisation_id)
      .where('email', '=', lead.email)
      .where('member_id', 'is', null)
      .where('confirmed_at', 'is not', null)
      .where('id', '<>', lead.id)
      .execute();
    await audit(tx, 'community.lead.give', String(postId));
  });
}
