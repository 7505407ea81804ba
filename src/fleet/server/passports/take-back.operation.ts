import { randomBytes } from 'node:crypto';
import type { Passport } from '#src/fleet/contract/passports.ts';
import { passportText } from '#src/fleet/contract/passports.text.ts';
import { clusterSeal, memberSeal, type ClusterSecrets } from '#src/fleet/server/clusters/queries.ts';
import { repositorySeal } from '#src/fleet/server/repositories/rules.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Db } from '#src/platform/server/db.ts';
import {
  defineOperation,
  done,
  go,
  step,
  wait,
  type StepContext,
} from '#src/platform/server/operations/define-operation.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { askSeal, openPassport, placeClusters, type Placed, type Told } from './rules.ts';

/** A host that does not answer in this time is left out: the others must not wait for it. */
const patienceMs = 60_000;

/** The key with which hosts seal their answers of this asking; made once. */
async function secretOf(op: StepContext): Promise<string> {
  const kept = op.data['secret'] as string | undefined;
  if (kept !== undefined)
    return theVault().open(Buffer.from(kept, 'base64'), askSeal(op.operationId)).toString();
  const secret = randomBytes(32).toString('base64');
  await op.remember({ secret: theVault().seal(secret, askSeal(op.operationId)).toString('base64') });
  return secret;
}

/** What the hosts said by now, and who has not answered. */
async function askHosts(op: StepContext): Promise<{ told: Told[]; waiting: string[] }> {
  const secret = await secretOf(op);
  const told: Told[] = [];
  const waiting: string[] = [];
  const isLate = Date.now() - op.stepStartedAt.getTime() > patienceMs;
  for (const hostId of op.input['hostIds'] as string[]) {
    const task = await ensureTask(op, {
      hostId,
      kind: 'read-passports',
      key: 'passports',
      input: { secret },
    });
    const { name } = task.host;
    if (task.state === 'failed') await op.say(passportText.leftOut(name, task.error), 'warning');
    else if (task.state !== 'succeeded') waiting.push(name);
    else
      for (const { scope, member, keptAt, sealed } of task.output.passports) {
        const passport = openPassport(secret, sealed);
        if (passport) told.push({ hostId, hostName: name, member, keptAt, passport });
        else await op.say(passportText.unreadable(scope, name), 'warning');
      }
  }
  return { told, waiting: isLate ? [] : waiting };
}

/** Asks hosts what they know of their clusters, and takes back those that are not here. Nothing on a host changes. */
export const takeBack = defineOperation('fleet.take-back', {
  title: passportText.title,
  permission: 'fleet.cluster.create',
  deadlineSeconds: 30 * 60,
  steps: {
    ask: step(passportText.stepAsk, async (op) => {
      const { waiting } = await askHosts(op);
      return waiting.length > 0 ? wait(5, passportText.waits(waiting)) : go('take');
    }),

    take: step(passportText.stepTake, async (op) => {
      const { told } = await askHosts(op);
      const hosts = await op.db
        .selectFrom('fleet.host')
        .select(['id', 'address'])
        .where('org_id', '=', op.orgId)
        .where('phase', '<>', 'removed')
        .execute();
      const placed = placeClusters(told, hosts);
      if (placed.length === 0) await op.say(passportText.none);
      for (const one of placed) {
        const { text, isGood } = await takeOne(op, one);
        await op.say(text, isGood ? 'info' : 'warning');
      }
      return done;
    }),
  },
});

async function takeOne(
  op: StepContext,
  { passport, hosts, missing }: Placed,
): Promise<{ text: Text; isGood: boolean }> {
  const { cluster } = passport;
  const known = await op.db
    .selectFrom('fleet.cluster')
    .select(['id', 'name', 'phase'])
    .where(({ or, and, eb }) =>
      or([
        eb('id', '=', cluster.id),
        eb('scope', '=', cluster.scope),
        and([eb('org_id', '=', op.orgId), eb('name', '=', cluster.name), eb('phase', '<>', 'deleted')]),
      ]),
    )
    .execute();
  if (known.some(({ id }) => id === cluster.id))
    return { text: passportText.known(cluster.name), isGood: true };
  if (known.length > 0) return { text: passportText.nameTaken(cluster.name), isGood: false };
  if (missing.length > 0) return { text: passportText.missing(cluster.name, missing), isGood: false };
  await op.db.transaction().execute(async (tx) => {
    await insertCluster(tx, op.orgId, passport, hosts);
    if (passport.plan) await insertPlan(tx, op.orgId, cluster.id, passport.plan);
  });
  return { text: passportText.taken(cluster.name, passport.members.length), isGood: true };
}

async function insertCluster(
  tx: Db,
  orgId: string,
  { cluster, members }: Passport,
  hosts: ReadonlyMap<string, string>,
): Promise<void> {
  const secrets: ClusterSecrets = {
    authorityKey: cluster.authority.key,
    passwords: cluster.passwords,
    appPassword: cluster.appPassword,
  };
  await tx
    .insertInto('fleet.cluster')
    .values({
      id: cluster.id,
      org_id: orgId,
      name: cluster.name,
      scope: cluster.scope,
      pg_version: cluster.pgVersion,
      phase: 'ready',
      protection: cluster.protection,
      recovery: cluster.recovery,
      slot: cluster.slot,
      networks: cluster.networks,
      derived_settings: JSON.stringify(cluster.derivedSettings),
      settings: JSON.stringify(cluster.settings),
      deletion_protected: cluster.deletionProtected,
      authority: cluster.authority.certificate,
      secrets: theVault().seal(JSON.stringify(secrets), clusterSeal(cluster.id)),
    })
    .execute();
  await tx
    .insertInto('fleet.member')
    .values(
      members.map((member) => ({
        id: member.id,
        cluster_id: cluster.id,
        host_id: hosts.get(member.name)!,
        name: member.name,
        kind: member.kind,
        phase: 'ready' as const,
        has_etcd: member.hasEtcd,
        secrets: theVault().seal(JSON.stringify(member.pair), memberSeal(member.id)),
      })),
    )
    .execute();
  await tx
    .insertInto('fleet.port_slot')
    .values(
      [...new Set(hosts.values())].map((host_id) => ({
        host_id,
        slot: cluster.slot,
        cluster_id: cluster.id,
      })),
    )
    .execute();
}

/** Rows of the same id were taken back with another cluster; a name that is taken by something else gets a longer one. */
async function insertPlan(
  tx: Db,
  orgId: string,
  clusterId: string,
  plan: NonNullable<Passport['plan']>,
): Promise<void> {
  const { policy } = plan;
  const nameFor = async (table: 'fleet.backup_policy' | 'fleet.repository', name: string, id: string) => {
    const taken = await tx
      .selectFrom(table)
      .select('id')
      .where('org_id', '=', orgId)
      .where('name', '=', name)
      .where('id', '<>', id)
      .executeTakeFirst();
    return taken === undefined ? name : `${name.slice(0, 33)}-${id.slice(0, 4)}`;
  };
  await tx
    .insertInto('fleet.backup_policy')
    .values({
      id: policy.id,
      org_id: orgId,
      name: await nameFor('fleet.backup_policy', policy.name, policy.id),
      schedule: JSON.stringify(policy.schedule),
      retention: JSON.stringify(policy.retention),
      process_max: policy.processMax,
      compression: policy.compression,
      gentle: policy.gentle,
      archive_timeout_seconds: policy.archiveTimeoutSeconds,
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute();
  await tx
    .insertInto('fleet.backup_plan')
    .values({
      id: plan.id,
      org_id: orgId,
      cluster_id: clusterId,
      policy_id: policy.id,
      stanza: plan.stanza,
      state: 'on',
      archiving: plan.archiving,
    })
    .execute();
  for (const one of plan.repositories) {
    await tx
      .insertInto('fleet.repository')
      .values({
        id: one.id,
        org_id: orgId,
        name: await nameFor('fleet.repository', one.name, one.id),
        kind: one.place.kind,
        place: JSON.stringify(one.place),
        secrets: theVault().seal(JSON.stringify(one.secrets), repositorySeal(one.id)),
        key_fingerprint: one.keyFingerprint,
      })
      .onConflict((oc) => oc.column('id').doNothing())
      .execute();
    await tx
      .insertInto('fleet.backup_plan_repository')
      .values({ plan_id: plan.id, position: one.position, repository_id: one.id })
      .execute();
  }
}
