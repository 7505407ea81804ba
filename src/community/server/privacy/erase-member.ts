import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Erase } from '#src/community/contract/privacy.ts';
import { privacyText } from '#src/community/contract/privacy.text.ts';
import { confirmPassword, eraseAccount, forgetAccount } from '#src/identity/server/public.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { stateFact } from '#src/platform/server/events.ts';
import { endedNow } from '../committees/vacate-seat.ts';
import { erasedHandleDays } from '../members/handle.rules.ts';
import { dropFile } from '../downloads/drop-file.ts';
import { findMember } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { forgetAddresses } from '../rewards/forget-addresses.ts';
import { indexDocument } from '../search/index-document.ts';
import { getOwnAccess, listSelves } from './queries.ts';

/**
 * Erases the person who asks, at once: the account with all that identity knows of it, the profile, what was private. What
 * they published stays under "Deleted user", and so do votes and totals. Refuses unless the handle was typed and the
 * password is right, and the only owner of an organisation.
 */
export async function eraseMember(ctx: Context, input: Erase): Promise<void> {
  requirePerson(ctx);
  const accountId = ctx.actor.id!;
  const member = await findMember(ctx.db, accountId);
  const { email } = await getOwnAccess(ctx.db, accountId);
  if (input.confirm.replace(/^@/, '').toLowerCase() !== (member?.handle ?? email))
    throw new AppError('invalid', privacyText.confirmWrong);
  // Checking takes a quarter of a second: never inside a transaction.
  await confirmPassword(ctx, accountId, input.password);
  await inTransaction(ctx, async (tx) => {
    // The name of who left stands in no new line of the log.
    const nobody = { ...tx, actor: { ...tx.actor, name: '' } };
    for (const id of member ? await listSelves(tx.db, member.id) : []) {
      await emptyMember(tx, id);
      await audit(nobody, 'community.member.erase', id);
      await stateFact(tx, 'community.member-erased', id);
    }
    await forgetLeads(tx, accountId);
    await eraseAccount(nobody);
  });
  forgetAccount(ctx.db, accountId);
}

/** Leaves of a member what others built upon, and nothing that says who it was. */
async function emptyMember(tx: Context, id: string): Promise<void> {
  const { db } = tx;
  const before = await db
    .selectFrom('community.member')
    .select(['handle', 'avatar_file_id as avatar'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  await keepHandles(tx, id, before.handle);
  await db
    .updateTable('community.member')
    .set({
      account_id: null,
      handle: `deleted-${randomBytes(8).toString('hex')}`,
      name: '—',
      headline: '',
      about_markdown: '',
      about_html: '',
      location: '',
      website: '',
      avatar_file_id: null,
      roles: [],
      skills: [],
      industry: '',
      suspended_reason: null,
      silenced_reason: null,
      imported_from: null,
      erased_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .execute();
  await db
    .updateTable('community.message')
    .set({ markdown: '', html: '', emptied_at: sql<Date>`now()` })
    .where('author_id', '=', id)
    .where('emptied_at', 'is', null)
    .execute();
  // Never public: nobody else knows them.
  await dropUnpublished(tx, id);
  await db
    .deleteFrom('community.post')
    .where('author_id', '=', id)
    .where('state', 'in', ['draft', 'scheduled', 'pending'])
    .where(sql<boolean>`published_at is null`)
    .execute();
  await db.updateTable('community.flag').set({ note: '' }).where('member_id', '=', id).execute();
  await db.updateTable('community.employment').set({ title: '' }).where('member_id', '=', id).execute();
  await db
    .updateTable('community.staff')
    .set({ ends_at: sql<Date>`greatest(now(), starts_at + interval '1 microsecond')` })
    .where('member_id', '=', id)
    .where(sql<boolean>`coalesce(ends_at, 'infinity') > now()`)
    .execute();
  await forgetAddresses(tx, id);
  await db
    .updateTable('community.committee_seat')
    .set({ period: endedNow })
    .where('member_id', '=', id)
    .where(sql<boolean>`upper(period) > now()`)
    .execute();
  await db
    .updateTable('community.area_owner')
    .set({ period: endedNow })
    .where('member_id', '=', id)
    .where(sql<boolean>`coalesce(upper(period), 'infinity') > now()`)
    .execute();
  await db.updateTable('community.volunteer_hours').set({ what: '—' }).where('member_id', '=', id).execute();
  // What was voted stands; what was said with it and asked for goes.
  await db
    .updateTable('community.election_candidate')
    .set({ markdown: '', html: '' })
    .where('member_id', '=', id)
    .execute();
  await db
    .updateTable('community.core_application_vote')
    .set({ note: '' })
    .where('member_id', '=', id)
    .execute();
  for (const { table, column } of leaving)
    await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${id}`.execute(db);
  await db.deleteFrom('community.follow').where('kind', '=', 'member').where('key', '=', id).execute();
  // A merge that could be undone holds what the two were.
  await sql`with ended as (update community.merge set undo_until = least(undo_until, now()), purged_at = now(), from_name = '—', into_name = '—'
      where kind = 'member' and (from_id = ${id} or into_id = ${id}) returning id)
    delete from community.merge_change c using ended where c.merge_id = ended.id`.execute(db);
  if (before.avatar !== null) await dropFile(tx, before.avatar);
  await indexDocument(tx, 'member', id);
}

/** Rows that go with their member. */
const leaving: { table: string; column: string }[] = [
  { table: 'community.badge_award', column: 'member_id' },
  { table: 'community.block', column: 'member_id' },
  { table: 'community.block', column: 'blocked_id' },
  { table: 'community.chapter_member', column: 'member_id' },
  { table: 'community.committee_matter', column: 'filed_by' },
  { table: 'community.consent', column: 'member_id' },
  { table: 'community.core_application', column: 'member_id' },
  { table: 'community.download_grant', column: 'member_id' },
  { table: 'community.draft', column: 'member_id' },
  { table: 'community.suggestion', column: 'member_id' },
  { table: 'community.expert_evidence', column: 'member_id' },
  { table: 'community.expert', column: 'member_id' },
  { table: 'community.follow', column: 'member_id' },
  { table: 'community.lead', column: 'member_id' },
  { table: 'community.member_level', column: 'member_id' },
  { table: 'community.notification', column: 'member_id' },
  // What others were told names who did it.
  { table: 'community.notification', column: 'actor_id' },
  { table: 'community.notification_preference', column: 'member_id' },
  { table: 'community.notification_setting', column: 'member_id' },
  { table: 'community.organisation_manager', column: 'member_id' },
  { table: 'community.push_subscription', column: 'member_id' },
  { table: 'community.reading', column: 'member_id' },
  { table: 'community.reminder', column: 'member_id' },
  { table: 'community.writing_pace', column: 'member_id' },
];

/** Files of case studies that were never public go with them. */
async function dropUnpublished(tx: Context, id: string): Promise<void> {
  const { rows } = await sql<{ file: string }>`delete from community.download d using community.post p
    where p.id = d.post_id and p.author_id = ${id} and p.published_at is null
      and p.state in ('draft', 'scheduled', 'pending') returning d.file_id as file`.execute(tx.db);
  for (const { file } of rows) await dropFile(tx, file);
}

/** What was given under the address of an account before it was signed in, if the address is proved to be theirs. */
async function forgetLeads(tx: Context, accountId: string): Promise<void> {
  await sql`delete from community.lead l using identity.account a
    where a.id = ${accountId} and a.email_verified and l.email = lower(a.email)`.execute(tx.db);
}

/** Nobody takes a handle of theirs for a year: old mentions must not name somebody else. */
async function keepHandles(tx: Context, id: string, handle: string): Promise<void> {
  const keptUntil = sql<Date>`now() + make_interval(days => ${erasedHandleDays})`;
  await tx.db
    .updateTable('community.former_handle')
    .set({ member_id: null, kept_until: keptUntil })
    .where('member_id', '=', id)
    .execute();
  await tx.db
    .insertInto('community.former_handle')
    .values({ handle, member_id: null, kept_until: keptUntil })
    .onConflict((oc) => oc.column('handle').doUpdateSet({ member_id: null, kept_until: keptUntil }))
    .execute();
}
