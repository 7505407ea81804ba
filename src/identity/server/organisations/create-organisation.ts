import type { NameOrganisation, Organisation } from '#src/identity/contract/organisations.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { getOrganisation } from './queries.ts';

/** Makes an organisation with the person who asks as its owner. */
export async function createOrganisation(ctx: Context, input: NameOrganisation): Promise<Organisation> {
  const accountId = requirePerson(ctx);
  return inTransaction(ctx, async (tx) => {
    const { id } = await tx.db
      .insertInto('identity.organisation')
      .values({ name: input.name })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.db
      .insertInto('identity.membership')
      .values({ org_id: id, account_id: accountId, role: 'owner' })
      .execute();
    const there = { ...tx, actor: { ...tx.actor, orgId: id } };
    await audit(there, 'identity.organisation.create', id);
    return getOrganisation(there);
  });
}
