import { randomBytes, randomUUID } from 'node:crypto';
import type { Cluster, CreateCluster } from '#src/fleet/contract/clusters.ts';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { checkSettings } from '#src/fleet/server/settings/check-settings.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OperationDefinition } from '#src/platform/server/operations/define-operation.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { createAuthority, issueKeyPair, type KeyPair } from '#src/platform/server/x509.ts';
import { buildCluster } from './build-cluster.operation.ts';
import { planCluster, type Plan, type PlanHost } from './plan.rules.ts';
import {
  clusterSeal,
  derivedFor,
  getCluster,
  listPlanHosts,
  memberSeal,
  type ClusterSecrets,
} from './queries.ts';

const tenYearsMs = 10 * 365 * 86_400_000;
const newPassword = () => randomBytes(24).toString('base64url');

/** The operation that makes a cluster of a wish, and what it has to know beside it. */
type Making = { operation: OperationDefinition; input: Record<string, unknown> };

/** Records the wish for a cluster and starts the operation that builds it. Refuses a taken name, settings that PostgreSQL would not take, and a plan that cannot stand, with the reason. */
export async function createCluster(
  ctx: Context,
  wish: CreateCluster,
  making: Making = { operation: buildCluster, input: {} },
): Promise<Cluster> {
  requirePermission(ctx, 'fleet.cluster.create');
  const wrong = await checkSettings(ctx.db, wish.settings ?? {});
  if (wrong) throw new AppError('invalid', wrong);
  const { plan, findings } = planCluster(wish, await listPlanHosts(ctx));
  const blocker = findings.find((f) => f.level === 'blocker');
  if (!plan) throw new AppError('conflict', clusterText.planRefused(blocker?.text ?? clusterText.noHosts));
  const id = randomUUID();
  const { authority, members } = await prepare(wish.name, id, plan);
  const secrets: ClusterSecrets = {
    authorityKey: authority.key,
    passwords: {
      replication: newPassword(),
      rewind: newPassword(),
      patroni: newPassword(),
      pooler: newPassword(),
    },
    appPassword: newPassword(),
  };
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .insertInto('fleet.cluster')
      .values({
        id,
        org_id: ctx.actor.orgId,
        name: wish.name,
        scope: `${wish.name}-${randomBytes(3).toString('hex')}`,
        pg_version: plan.pgVersion,
        protection: wish.protection ?? 'async',
        recovery: wish.recovery ?? 'normal',
        slot: plan.slot,
        networks: wish.networks ?? [],
        derived_settings: JSON.stringify(
          derivedFor(
            plan.members.map((m) => m.host),
            plan.pgVersion,
          ),
        ),
        settings: JSON.stringify(wish.settings ?? {}),
        deletion_protected: wish.deletionProtected ?? true,
        authority: authority.certificate,
        secrets: theVault().seal(JSON.stringify(secrets), clusterSeal(id)),
      })
      .onConflict((oc) => oc.columns(['org_id', 'name']).where('phase', '<>', 'deleted').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', clusterText.nameTaken(wish.name));
    await takeSlot(tx, id, plan);
    await tx.db
      .insertInto('fleet.member')
      .values(
        members.map((m) => ({
          id: m.id,
          cluster_id: id,
          host_id: m.host.id,
          name: m.name,
          kind: m.kind,
          has_etcd: plan.etcdHosts.includes(m.host),
          secrets: theVault().seal(JSON.stringify(m.pair), memberSeal(m.id)),
        })),
      )
      .execute();
    await startOperation(tx, making.operation, id, making.input);
    await audit(tx, 'fleet.cluster.create', id, {
      name: wish.name,
      pgVersion: plan.pgVersion,
      hosts: members.map((m) => m.host.name),
    });
    return getCluster(tx, id);
  });
}

/** Keys are made before the transaction: they take a while, and nothing waits for them there. */
async function prepare(name: string, clusterId: string, plan: Plan) {
  const authority = await createAuthority(`Elepherd cluster ${name} ${clusterId.slice(0, 8)}`);
  const wished = [
    ...plan.members.map((m) => ({ ...m, kind: 'server' as const })),
    ...(plan.witness ? [{ name: `${name}-witness`, host: plan.witness, kind: 'witness' as const }] : []),
  ];
  const members = await Promise.all(
    wished.map(async (m) => ({ ...m, id: randomUUID(), pair: await memberPair(authority, m.name, m.host) })),
  );
  return { authority, members };
}

/** A certificate for a member, good for its host's address and for the host itself. */
export async function memberPair(
  authority: KeyPair,
  name: string,
  host: Pick<PlanHost, 'address' | 'name'>,
): Promise<KeyPair> {
  return issueKeyPair(authority, {
    commonName: name,
    names: [...new Set([host.address, host.name, name, 'localhost', '127.0.0.1', '::1'])],
    validMs: tenYearsMs,
    usages: ['server', 'client'],
  });
}

async function takeSlot(tx: Context, clusterId: string, plan: Plan): Promise<void> {
  const hosts = [...plan.members.map((m) => m.host), ...(plan.witness ? [plan.witness] : [])];
  const taken = await tx.db
    .insertInto('fleet.port_slot')
    .values(hosts.map((h) => ({ host_id: h.id, slot: plan.slot, cluster_id: clusterId })))
    .onConflict((oc) => oc.doNothing())
    .returning('host_id')
    .execute();
  if (taken.length !== hosts.length) throw new AppError('conflict', clusterText.slotTaken);
}
