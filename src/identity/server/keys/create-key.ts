import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { CreateKey, NewKey } from '#src/identity/contract/organisations.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { hashToken } from '../sign-in/start-sign-in.ts';
import { getKey } from './queries.ts';

/**
 * Makes an API key and shows its token this once. Only people make keys: a key that could make keys could give itself
 * a wider one. Whatever its scopes say, it never may more than its maker may at that moment.
 */
export async function createKey(ctx: Context, input: CreateKey): Promise<NewKey> {
  requirePermission(ctx, 'identity.key.create');
  const accountId = requirePerson(ctx);
  const token = `elp_${randomBytes(32).toString('base64url')}`;
  return inTransaction(ctx, async (tx) => {
    const { id } = await tx.db
      .insertInto('identity.api_key')
      .values({
        org_id: tx.actor.orgId,
        created_by: accountId,
        name: input.name,
        prefix: token.slice(0, 12),
        secret_hash: hashToken(token),
        scopes: [...new Set(input.scopes)],
        expires_at:
          input.daysValid === null ? null : sql<Date>`now() + make_interval(days => ${input.daysValid}::int)`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'identity.key.create', id, { name: input.name, scopes: input.scopes });
    return { ...(await getKey(tx, id)), token };
  });
}
