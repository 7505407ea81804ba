import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { Organisation, OwnOrganisation } from '#src/identity/contract/organisations.ts';
import { Role } from '#src/identity/contract/roles.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** The organisation acted for. */
export async function getOrganisation({ db, actor }: Context): Promise<Organisation> {
  const row = await db
    .selectFrom('identity.organisation')
    .select(['id', 'name', 'created_at as createdAt'])
    .where('id', '=', actor.orgId)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', organisationText.noOrganisation);
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** Organisations of a person with the role there, the oldest membership first. */
export async function listOwnOrganisations({ db }: Context, accountId: string): Promise<OwnOrganisation[]> {
  const rows = await db
    .selectFrom('identity.membership as m')
    .innerJoin('identity.organisation as o', 'o.id', 'm.org_id')
    .select(['o.id', 'o.name', 'o.created_at as createdAt', 'm.role'])
    .where('m.account_id', '=', accountId)
    .orderBy('m.created_at')
    .execute();
  return rows.map((row) => ({
    ...row,
    role: Role.parse(row.role),
    createdAt: row.createdAt.toISOString(),
  }));
}
