import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { InviteMember } from '#src/identity/contract/organisations.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { getOrganisation } from '../organisations/queries.ts';
import { hashToken, signInOf } from '../sign-in/start-sign-in.ts';

const daysOpen = 7;

/**
 * Invites somebody by mail, for seven days. The link goes to that mailbox alone, and accepting it proves the address;
 * without a mail server it waits in the organisation's outbox for an administrator to pass on, and proves nothing.
 * Refuses members, and a second open invitation.
 */
export async function inviteMember(ctx: Context, input: InviteMember): Promise<{ id: string }> {
  requirePermission(ctx, 'identity.member.invite');
  if (input.role === 'owner' && !ctx.actor.may('identity.owner.grant')) {
    throw new AppError('forbidden', organisationText.ownersOnly);
  }
  const { publicUrl, SMTP_URL } = signInOf(ctx.db).config;
  const provesAddress = SMTP_URL !== undefined;
  const token = randomBytes(32).toString('base64url');
  return inTransaction(ctx, async (tx) => {
    const { orgId } = tx.actor;
    const organisation = await getOrganisation(tx);
    const member = await tx.db
      .selectFrom('identity.membership as m')
      .innerJoin('identity.account as a', 'a.id', 'm.account_id')
      .select('a.id')
      .where('m.org_id', '=', orgId)
      .where('a.email', '=', input.email)
      .executeTakeFirst();
    if (member) throw new AppError('conflict', organisationText.alreadyMember(input.email));
    // One that is over makes room for the next.
    await tx.db
      .updateTable('identity.invitation')
      .set({ revoked_at: sql`now()` })
      .where('org_id', '=', orgId)
      .where('email', '=', input.email)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', '<=', sql<Date>`now()`)
      .execute();
    const row = await tx.db
      .insertInto('identity.invitation')
      .values({
        org_id: orgId,
        email: input.email,
        role: input.role,
        token_hash: hashToken(token),
        proves_address: provesAddress,
        invited_by: tx.actor.kind === 'user' ? tx.actor.id : null,
        expires_at: sql<Date>`now() + make_interval(days => ${daysOpen})`,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', organisationText.alreadyInvited(input.email));
    const role = organisationText[input.role][ctx.locale];
    const link = `${publicUrl}/invitation?token=${token}`;
    await sendMail(tx.db, {
      orgId: provesAddress ? null : orgId,
      ...(input.role === 'owner' && { permission: 'identity.owner.grant' }),
      to: input.email,
      subject: signInText.invitationMailSubject(organisation.name)[ctx.locale],
      text: signInText.invitationMail(organisation.name, ctx.actor.name, role, link)[ctx.locale],
    });
    await audit(tx, 'identity.member.invite', row.id, { email: input.email, role: input.role });
    return row;
  });
}
