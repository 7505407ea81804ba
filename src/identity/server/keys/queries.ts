import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { ApiKey } from '#src/identity/contract/organisations.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

function select({ db, actor }: Context) {
  return db
    .selectFrom('identity.api_key as k')
    .innerJoin('identity.account as a', 'a.id', 'k.created_by')
    .select([
      'k.id',
      'k.name',
      'k.prefix',
      'k.scopes',
      'a.name as createdBy',
      'k.created_at as createdAt',
      'k.expires_at as expiresAt',
      'k.last_used_at as lastUsedAt',
      'k.revoked_at as revokedAt',
    ])
    .where('k.org_id', '=', actor.orgId);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
const toKey = (row: Row): ApiKey => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** API keys of the organisation, newest first; revoked ones stay in sight. */
export async function listKeys(ctx: Context): Promise<ApiKey[]> {
  return (await select(ctx).orderBy('k.created_at', 'desc').limit(1000).execute()).map(toKey);
}

/** One key of the organisation. */
export async function getKey(ctx: Context, id: string): Promise<ApiKey> {
  const row = await select(ctx).where('k.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', organisationText.noSuchKey);
  return toKey(row);
}
