import type { Unsubscription } from '#src/community/contract/notifications.ts';
import { noticeSettingText } from '#src/community/contract/notifications.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { Db } from '#src/platform/server/db.ts';
import { usualWays } from './channels.rules.ts';
import { openToken } from './seal-token.ts';

/** What a link in a mail would end; says nothing more of the member than that. */
export async function findUnsubscription(db: Db, token: string): Promise<Unsubscription> {
  const { memberId, what } = openToken(token);
  const row = await db
    .selectFrom('community.member as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .leftJoin('community.notification_setting as s', 's.member_id', 'm.id')
    .leftJoin('community.notification_preference as w', (join) =>
      join.onRef('w.member_id', '=', 'm.id').on('w.kind', '=', what),
    )
    .select(['a.email', 's.mails', 's.digest', 's.newsletter', 'w.mail'])
    .where('m.id', '=', memberId)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', noticeSettingText.deadLink);
  const isDone =
    row.mails === false ||
    (what === 'digest'
      ? row.digest === 'off'
      : what === 'newsletter'
        ? row.newsletter !== true
        : what !== 'all' && (row.mail ?? usualWays(what).mail) === 'off');
  return { what, address: row.email.replace(/^(.)[^@]*/, '$1…'), isDone };
}

/** Ends what the link of a mail is for, at once and without signing in (RFC 8058); again, it is ended already. */
export async function unsubscribeMails(ctx: Context, token: string): Promise<void> {
  const { memberId, what } = openToken(token);
  // open to: whoever holds the link that was mailed
  // not audited: the member's own choice.
  await inTransaction(ctx, async (tx) => {
    const member = await tx.db
      .selectFrom('community.member')
      .select('id')
      .where('id', '=', memberId)
      .executeTakeFirst();
    if (!member) throw new AppError('not_found', noticeSettingText.deadLink);
    if (what === 'digest' || what === 'newsletter' || what === 'all') {
      const set =
        what === 'digest'
          ? { digest: 'off' as const }
          : what === 'newsletter'
            ? { newsletter: false }
            : { mails: false };
      await tx.db
        .insertInto('community.notification_setting')
        .values({ member_id: memberId, ...set })
        .onConflict((oc) => oc.column('member_id').doUpdateSet(set))
        .execute();
      return;
    }
    const usual = usualWays(what);
    await tx.db
      .insertInto('community.notification_preference')
      .values({ member_id: memberId, kind: what, in_page: usual.inPage, mail: 'off', push: usual.push })
      .onConflict((oc) => oc.columns(['member_id', 'kind']).doUpdateSet({ mail: 'off' }))
      .execute();
  });
}
