import { sql } from 'kysely';
import { defineReaction } from '#src/platform/server/events.ts';

/** A mail server refused an address for good: nothing more goes there until the member says that it works again. */
export const whenMailDead = defineReaction(
  'community.pause-mails',
  'platform.mail-dead',
  async (db, fact) => {
    if (fact.subjectId === null) return;
    const mail = await db
      .selectFrom('platform.mail')
      .select(['recipient', 'last_error'])
      .where('id', '=', fact.subjectId)
      .executeTakeFirst();
    if (!mail) return;
    await sql`
    insert into community.notification_setting (member_id, bounced_at, bounce)
    select m.id, now(), ${(mail.last_error ?? '').slice(0, 1000)}
    from community.member m join identity.account a on a.id = m.account_id
    where a.email = ${mail.recipient}
    on conflict (member_id) do update set bounced_at = now(), bounce = excluded.bounce`.execute(db);
  },
);
