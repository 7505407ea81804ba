import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { Repository, RepositoryPlace } from '#src/fleet/contract/backups.ts';
import type { RepositorySecrets } from '#src/fleet/server/backups/files.rules.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { addressOf, repositorySeal } from './rules.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const repositoriesOf = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.repository as r')
    .select(({ selectFrom }) => [
      'r.id',
      'r.name',
      'r.place',
      'r.key_fingerprint',
      'r.key_shown_at',
      'r.created_at',
      selectFrom('fleet.backup_plan_repository as pr')
        .innerJoin('fleet.backup_plan as p', 'p.id', 'pr.plan_id')
        .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
        .whereRef('pr.repository_id', '=', 'r.id')
        .select((e) => e.fn.agg<string[] | null>('array_agg', ['c.name']).as('names'))
        .as('clusters'),
    ])
    .where('r.org_id', '=', ctx.actor.orgId);
type Row = Awaited<ReturnType<ReturnType<typeof repositoriesOf>['execute']>>[number];

const present = (row: Row): Repository => {
  const place = row.place as unknown as RepositoryPlace;
  return {
    id: row.id,
    name: row.name,
    place,
    address: addressOf(place),
    keyFingerprint: row.key_fingerprint,
    keyShownAt: row.key_shown_at?.toISOString() ?? null,
    clusters: (row.clusters ?? []).toSorted(),
    createdAt: row.created_at.toISOString(),
  };
};

/** Repositories of the actor's organisation, by name. */
export async function listRepositories(ctx: Context): Promise<Repository[]> {
  return (await repositoriesOf(ctx).orderBy('r.name').execute()).map(present);
}

/** One repository, by id or by name. */
export async function getRepository(ctx: Context, idOrName: string): Promise<Repository> {
  const row = await repositoriesOf(ctx)
    .where(uuid.test(idOrName) ? 'r.id' : 'r.name', '=', idOrName)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', backupText.noSuchRepository);
  return present(row);
}

/** What a sealed repository keeps secret. For operations and for showing a key only. */
export const openSecrets = (id: string, sealed: Uint8Array): RepositorySecrets =>
  JSON.parse(theVault().open(sealed, repositorySeal(id)).toString()) as RepositorySecrets;
