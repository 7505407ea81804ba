import type { Member } from '#src/identity/contract/organisations.ts';
import { Role } from '#src/identity/contract/roles.ts';
import type { Context } from '#src/platform/server/context.ts';

/** Members of the organisation, owners first, then by name. */
export async function listMembers({ db, actor }: Context): Promise<Member[]> {
  const rows = await db
    .selectFrom('identity.membership as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .select([
      'a.id as accountId',
      'a.name',
      'a.email',
      'm.role',
      'a.second_factor_enabled as secondFactor',
      'm.created_at as joinedAt',
    ])
    .where('m.org_id', '=', actor.orgId)
    .orderBy((eb) => eb('m.role', '=', 'owner'), 'desc')
    .orderBy('a.name')
    .limit(2000)
    .execute();
  return rows.map((row) => ({ ...row, role: Role.parse(row.role), joinedAt: row.joinedAt.toISOString() }));
}
