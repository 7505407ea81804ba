import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { GiveLead, type GivenLead, leadMonths } from '#src/community/contract/downloads.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { addressKey, type Rate } from '#src/platform/server/limits/rate-limit.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { requireMember } from '../members/require-member.ts';
import { consentNow } from './queries.ts';

/** Mails to one address; further wishes are dropped without a word. */
const perMailbox: Rate = { limit: 3, windowSeconds: 6 * 3600 };
/** Forms from one network: an office or a class room may share it. */
const perNetwork: Rate = { limit: 20, windowSeconds: 3600 };
const perMember: Rate = { limit: 30, windowSeconds: 24 * 3600 };

/**
 * Gives a name for a gated file, with the words that were agreed to. A member has the file from then on; anybody else gets a
 * link by mail, and counts only once it is opened. Answers nobody differently for an address that has an account. Refuses words
 * that are not those of now, a file that is free, and more than the limits.
 */
export async function giveLead(ctx: Context, postId: number, given: GiveLead): Promise<GivenLead> {
  const lead = GiveLead.parse(given);
  const now = consentNow();
  if (lead.version !== now.version || lead.keepUntil !== now.keepUntil)
    throw new AppError('conflict', downloadText.wordsChanged);
  await findGated(ctx, postId);
  if (ctx.actor.kind === 'anonymous') {
    if (ctx.ip !== null) await takeRate(ctx.db, `lead:network:${addressKey(ctx.ip)}`, perNetwork);
    if (await mayMail(ctx, lead.email)) await inTransaction(ctx, (tx) => waitForLink(tx, postId, lead));
    return { next: 'mail' };
  }
  const member = await requireMember(ctx);
  await takeRate(ctx.db, `lead:${member.id}`, perMember);
  await inTransaction(ctx, async (tx) => {
    const grant = await tx.db
      .insertInto('community.download_grant')
      .values({ post_id: postId, member_id: member.id, confirmed_at: sql<Date>`now()` })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    // Who has the file gives nothing for it again.
    if (!grant) return;
    const { rows } = await sql<{ isOwn: boolean }>`select exists (select from identity.account
      where id = ${ctx.actor.id} and email_verified and lower(email) = ${lead.email}) as "isOwn"`.execute(
      tx.db,
    );
    await insertLead(tx, postId, lead, {
      member_id: member.id,
      is_proved: rows[0]?.isOwn === true,
      confirmed_at: sql<Date>`now()`,
    });
    await audit(tx, 'community.lead.give', String(postId));
  });
  return { next: 'file' };
}

async function waitForLink(tx: Context, postId: number, lead: GiveLead): Promise<void> {
  // open to: everybody who reads a public case study
  // not audited: nothing counts before the address is proved; that is audited
  const { id: grantId } = await tx.db
    .insertInto('community.download_grant')
    .values({ post_id: postId })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertLead(tx, postId, lead, { grant_id: grantId });
  // The token is made where the mail is written, so that it stands in no queue.
  await enqueue(tx.db, 'community.send-download-link', { grant: grantId });
}

async function insertLead(tx: Context, postId: number, lead: GiveLead, more: object): Promise<void> {
  const { publisher_id, publisher } = await findGated(tx, postId);
  await tx.db
    .insertInto('community.lead')
    .values({
      post_id: postId,
      organisation_id: publisher_id,
      name: lead.name,
      email: lead.email,
      company: lead.company,
      locale: tx.locale,
      consent_version: lead.version,
      consent_words: downloadText.consentTo(publisher, leadMonths, lead.keepUntil)[tx.locale],
      keep_until: lead.keepUntil,
      ...more,
    })
    .execute();
}

/** Who publishes a gated file of a public case study. Refuses one that is free by now. */
async function findGated(ctx: Context, postId: number) {
  const row = await ctx.db
    .selectFrom('community.download as d')
    .innerJoin('community.post as p', 'p.id', 'd.post_id')
    .leftJoin('community.organisation as o', 'o.id', 'd.publisher_id')
    .select(['d.is_gated', 'd.publisher_id', 'o.name as publisher'])
    .where('d.post_id', '=', postId)
    .where('p.state', '=', 'published')
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', downloadText.noSuch);
  const { is_gated, publisher_id, publisher } = row;
  if (!is_gated || publisher_id === null || publisher === null)
    throw new AppError('conflict', downloadText.isFree);
  return { publisher_id, publisher };
}

async function mayMail(ctx: Context, email: string): Promise<boolean> {
  const mailbox = createHash('sha256').update(email).digest('hex');
  try {
    await takeRate(ctx.db, `lead:mailbox:${mailbox}`, perMailbox);
    return true;
  } catch (error) {
    // Told to nobody: a refusal here would say how often others gave this address.
    if (error instanceof AppError) return false;
    throw error;
  }
}
