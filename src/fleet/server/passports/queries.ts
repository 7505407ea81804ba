import type { RepositoryPlace } from '#src/fleet/contract/backups.ts';
import type { Passport } from '#src/fleet/contract/passports.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { openSecrets } from '#src/fleet/server/repositories/queries.ts';
import type { Db } from '#src/platform/server/db.ts';

/** What the hosts of a ready cluster keep of it, and which hosts those are. For the job that gives it to them only. */
export async function getPassport(
  db: Db,
  clusterId: string,
): Promise<{ passport: Passport; keepers: { hostId: string; member: string }[] }> {
  const build = await getClusterBuild(db, clusterId);
  const row = await db
    .selectFrom('fleet.cluster')
    .select(['derived_settings', 'settings', 'deletion_protected'])
    .where('id', '=', clusterId)
    .executeTakeFirstOrThrow();
  const { spec } = build;
  const members = build.members.filter(({ phase }) => phase === 'ready');
  const passport: Passport = {
    form: 1,
    cluster: {
      id: build.id,
      name: spec.name,
      scope: spec.scope,
      pgVersion: spec.pgVersion,
      protection: spec.protection,
      recovery: spec.recovery,
      slot: build.slot,
      networks: [...spec.networks],
      derivedSettings: row.derived_settings as unknown[],
      settings: row.settings as Record<string, string>,
      deletionProtected: row.deletion_protected,
      authority: build.authority,
      passwords: spec.passwords,
      appPassword: build.appPassword,
    },
    members: members.map(({ id, name, kind, hasEtcd, address, pair }) => ({
      id,
      name,
      kind,
      hasEtcd,
      address,
      pair,
    })),
    plan: await planOf(db, clusterId),
  };
  const keepers = members
    .filter(({ kind }) => kind === 'server')
    .map(({ hostId, name }) => ({ hostId, member: name }));
  return { passport, keepers };
}

async function planOf(db: Db, clusterId: string): Promise<Passport['plan']> {
  const plan = await db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.backup_policy as y', 'y.id', 'p.policy_id')
    .select(['p.id', 'p.stanza', 'p.archiving', 'y.id as policy_id', 'y.name', 'y.schedule', 'y.retention'])
    .select(['y.process_max', 'y.compression', 'y.gentle', 'y.archive_timeout_seconds'])
    .where('p.cluster_id', '=', clusterId)
    .where('p.state', '=', 'on')
    .executeTakeFirst();
  if (!plan) return null;
  const repositories = await db
    .selectFrom('fleet.backup_plan_repository as pr')
    .innerJoin('fleet.repository as r', 'r.id', 'pr.repository_id')
    .select(['pr.position', 'r.id', 'r.name', 'r.place', 'r.secrets', 'r.key_fingerprint'])
    .where('pr.plan_id', '=', plan.id)
    .orderBy('pr.position')
    .execute();
  return {
    id: plan.id,
    stanza: plan.stanza,
    archiving: plan.archiving,
    policy: {
      id: plan.policy_id,
      name: plan.name,
      schedule: plan.schedule,
      retention: plan.retention,
      processMax: plan.process_max,
      compression: plan.compression,
      gentle: plan.gentle,
      archiveTimeoutSeconds: plan.archive_timeout_seconds,
    },
    repositories: repositories.map((one) => ({
      position: one.position,
      id: one.id,
      name: one.name,
      place: one.place as unknown as RepositoryPlace,
      secrets: { ...openSecrets(one.id, one.secrets) },
      keyFingerprint: one.key_fingerprint,
    })),
  };
}
