import { organisationText } from '#src/identity/contract/organisation.text.ts';
import { Role } from '#src/identity/contract/roles.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/**
 * The role of a member, with the organisation locked until the transaction ends: two owners who leave at the same
 * moment must not both see the other. Refuses somebody who is no member.
 */
export async function lockOwners(
  tx: Context,
  accountId: string,
): Promise<{ role: Role; isLastOwner: boolean }> {
  const { orgId } = tx.actor;
  await tx.db.selectFrom('identity.organisation').select('id').where('id', '=', orgId).forUpdate().execute();
  const rows = await tx.db
    .selectFrom('identity.membership')
    .select(['account_id as accountId', 'role'])
    .where('org_id', '=', orgId)
    .where((eb) => eb.or([eb('account_id', '=', accountId), eb('role', '=', 'owner')]))
    .execute();
  const member = rows.find((row) => row.accountId === accountId);
  if (!member) throw new AppError('not_found', organisationText.noSuchMember);
  const owners = rows.filter((row) => row.role === 'owner');
  return { role: Role.parse(member.role), isLastOwner: member.role === 'owner' && owners.length === 1 };
}
