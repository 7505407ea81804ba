import { ChangeWays } from '#src/community/contract/notifications.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { usualWays } from './channels.rules.ts';

/** Sets on which ways the member who asks is told; kinds that are left out stay as they are. */
export async function changeWays(ctx: Context, given: ChangeWays): Promise<void> {
  const wish = ChangeWays.parse(given);
  const { id: memberId } = await requireMember(ctx);
  // not audited: a member's own choice.
  await inTransaction(ctx, async (tx) => {
    const set = {
      mails: wish.mails,
      digest: wish.digest,
      newsletter: wish.newsletter,
      newsletter_industries: [...new Set(wish.newsletterIndustries)],
      newsletter_roles: [...new Set(wish.newsletterRoles)],
      ...(wish.tryAgain && { bounced_at: null, bounce: null }),
    };
    await tx.db
      .insertInto('community.notification_setting')
      .values({ member_id: memberId, ...set })
      .onConflict((oc) => oc.column('member_id').doUpdateSet(set))
      .execute();
    for (const { kind, inPage, mail, push } of wish.ways) {
      const usual = usualWays(kind);
      const isUsual = usual.inPage === inPage && usual.mail === mail && usual.push === push;
      const own = { in_page: inPage, mail, push };
      if (isUsual) {
        // What is as usual goes on with what is usual later.
        await tx.db
          .deleteFrom('community.notification_preference')
          .where('member_id', '=', memberId)
          .where('kind', '=', kind)
          .execute();
        continue;
      }
      await tx.db
        .insertInto('community.notification_preference')
        .values({ member_id: memberId, kind, ...own })
        .onConflict((oc) => oc.columns(['member_id', 'kind']).doUpdateSet(own))
        .execute();
    }
  });
}
