import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { firstAdminText } from '#src/identity/contract/first-admin.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { findFirstOwner } from './queries.ts';
import { hashToken } from './start-sign-in.ts';

const linkMinutes = 30;

/**
 * A link that signs in the first owner once within 30 minutes; makes that account and its organisation when the
 * database has none, so that the first start ends with somebody who can sign in. Links made before end.
 *
 * Opening it shows a button; only pressing that uses the link up, so that a chat program or a mail scanner that looks at
 * every link does not. The token stands after the #, which a browser sends to nobody: no proxy's log and no Referer can
 * hold it.
 */
export async function createSignInLink(
  db: Kysely<DB>,
  { publicUrl, locale = 'en' }: { publicUrl: string; locale?: Locale },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await inTransaction(systemContext(db, noOrg), async (tx) => {
    // open to: whoever runs a program on the server itself
    const owner = (await findFirstOwner(tx.db)) ?? (await createFirstAdmin(tx, locale));
    await tx.db.deleteFrom('identity.sign_in_link').where('account_id', '=', owner.accountId).execute();
    const link = await tx.db
      .insertInto('identity.sign_in_link')
      .values({
        account_id: owner.accountId,
        token_hash: hashToken(token),
        expires_at: sql<Date>`now() + make_interval(mins => ${linkMinutes})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(systemContext(tx.db, owner.orgId), 'identity.sign-in-link.create', link.id);
  });
  return `${publicUrl}/sign-in/link#${token}`;
}

/** Makes the first account and organisation when there are none; returns its owner's id and organisation. */
export async function createFirstAdmin(
  ctx: Context,
  locale: Locale,
): Promise<{ accountId: string; orgId: string }> {
  return inTransaction(ctx, async (tx) => {
    // open to: programs on the server itself
    // Two starters at once must not make two of them.
    await sql`select pg_advisory_xact_lock(hashtext('identity.first-admin'))`.execute(tx.db);
    const before = await findFirstOwner(tx.db);
    if (before) return before;
    const account = await tx.db
      .insertInto('identity.account')
      .values({
        name: firstAdminText.name[locale],
        email: `admin-${randomBytes(4).toString('hex')}@elepherd.invalid`,
        setup_pending: true,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const org = await tx.db
      .insertInto('identity.organisation')
      .values({ name: firstAdminText.organisation[locale] })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.db
      .insertInto('identity.membership')
      .values({ org_id: org.id, account_id: account.id, role: 'owner' })
      .execute();
    await audit(systemContext(tx.db, org.id), 'identity.organisation.create', org.id);
    return { accountId: account.id, orgId: org.id };
  });
}
