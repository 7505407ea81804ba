import { randomUUID } from 'node:crypto';
import type { HostFacts } from '#src/fleet/contract/hosts.ts';
import type { PlanHost } from '#src/fleet/server/clusters/plan.rules.ts';
import type { Context } from '#src/platform/server/context.ts';

const GiB = 1024 ** 3;

/** Facts of a small Debian 13 machine; `change` replaces parts of it. */
export function someFacts(change: Partial<HostFacts> = {}): HostFacts {
  return {
    os: { id: 'debian', version: '13', name: 'Debian GNU/Linux 13 (trixie)' },
    kernel: '6.12',
    libc: '2.41',
    icu: '76.1',
    cpu: { cores: 4, model: 'test' },
    memoryBytes: 16 * GiB,
    memoryAvailableBytes: 14 * GiB,
    disks: [{ mount: '/', fileSystem: 'ext4', sizeBytes: 200 * GiB, freeBytes: 100 * GiB }],
    addresses: ['10.0.0.1'],
    timeOffsetSeconds: 0,
    systemd: true,
    root: true,
    unattendedUpgrades: false,
    postgresOffered: [{ major: 17, version: '17.6-0+deb13u1' }],
    postgresInstalled: [],
    parts: { patroni: { installed: null, offered: '4.0.7-1' } },
    postgresRunning: [],
    listeningPorts: [22],
    ...change,
  };
}

/** A host as planning sees it, ready and empty. */
export function somePlanHost(name: string, change: Partial<PlanHost> = {}): PlanHost {
  return {
    id: randomUUID(),
    name,
    address: `10.0.0.${name.replace(/\D/g, '') || '9'}`,
    failureDomain: null,
    ready: true,
    facts: someFacts(),
    usedSlots: [],
    serverCount: 0,
    ...change,
  };
}

/** A host row of the context's organisation, connected and described; returns its id. */
export async function someHost(ctx: Context, name: string, facts: HostFacts = someFacts()): Promise<string> {
  const row = await ctx.db
    .insertInto('fleet.host')
    .values({
      org_id: ctx.actor.orgId,
      name,
      address: facts.addresses[0] ?? '10.0.0.1',
      facts: JSON.stringify(facts),
      connected: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The row of a cluster named orders, of the context's organisation and without members; returns its id. */
export async function someCluster({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('fleet.cluster')
    .values({
      id,
      org_id: actor.orgId,
      name: 'orders',
      scope: 'orders-1',
      pg_version: 17,
      phase: 'ready',
      protection: 'async',
      recovery: 'normal',
      slot: 1,
      authority: '',
      secrets: Buffer.alloc(0),
    } as never)
    .execute();
  return id;
}
