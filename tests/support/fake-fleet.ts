import type { Kysely } from 'kysely';
import { setVault, createVault } from '#src/platform/server/secrets.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskOutput, TaskInput, TaskKind } from '#src/fleet/contract/tasks.ts';
import { reportTask } from '#src/fleet/server/tasks/report-task.ts';
import { takeTasks } from '#src/fleet/server/tasks/take-tasks.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';

/** Opens a vault of its own for this test process. */
export async function testVault(): Promise<void> {
  setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-'))));
}

type Performer = (hostId: string, kind: TaskKind, input: never) => unknown;

/**
 * Machines that exist only in memory: they do what tasks ask of them the way a host would, so that operations can be
 * driven to their end, cut off and cancelled thousands of times. The lab does the same on real ones.
 */
export class FakeFleet {
  /** Names of running services by host. */
  readonly running = new Map<string, Set<string>>();
  /** Directories with data by host. */
  readonly data = new Map<string, Set<string>>();
  /** Member names by Patroni scope; the first to come leads. */
  readonly members = new Map<string, string[]>();
  readonly leader = new Map<string, string>();
  readonly votes = new Set<string>();
  /** What Patroni was told last. */
  config: Record<string, unknown> = {};
  readonly restarts: string[] = [];
  readonly scripts: { database: string; variables: Record<string, string> }[] = [];
  /** Members that wait for a restart. */
  pendingRestart = new Set<string>();
  /** Answers in place of the usual ones: for hosts that refuse. */
  refuse: Performer | undefined;
  private readonly names = new Map<string, string>();

  private set(map: Map<string, Set<string>>, hostId: string): Set<string> {
    const set = map.get(hostId) ?? new Set<string>();
    map.set(hostId, set);
    return set;
  }

  /** Does everything that waits for the hosts of an organisation. */
  async work(ctx: Context): Promise<void> {
    const db = ctx.db as Kysely<DB>;
    const hosts = await db
      .selectFrom('fleet.host')
      .select('id')
      .where('org_id', '=', ctx.actor.orgId)
      .execute();
    for (const { id } of hosts) {
      const { orders } = await takeTasks(db, id, []);
      for (const order of orders) {
        const refused = this.refuse?.(id, order.kind as TaskKind, order.input as never);
        if (refused !== undefined) {
          const error = { en: String(refused), 'zh-CN': String(refused) };
          await reportTask(db, id, order.id, { state: 'failed', error, lines: [] });
          continue;
        }
        const output = this.perform(id, order.kind as TaskKind, order.input as never);
        await reportTask(db, id, order.id, { state: 'succeeded', output, lines: [] });
      }
    }
  }

  private perform<K extends TaskKind>(hostId: string, kind: K, input: TaskInput<K>): TaskOutput<TaskKind> {
    switch (kind as TaskKind) {
      case 'check-host':
        return { findings: [], packageVersions: {} };
      case 'install-packages': {
        const { packages } = input as TaskInput<'install-packages'>;
        return { installed: packages, versions: Object.fromEntries(packages.map((p) => [p, '1'])) };
      }
      case 'ensure-service':
        return this.ensure(hostId, (input as TaskInput<'ensure-service'>).service);
      case 'control-service': {
        const { name, action } = input as TaskInput<'control-service'>;
        if (action === 'stop') this.set(this.running, hostId).delete(name);
        else this.set(this.running, hostId).add(name);
        return { running: action !== 'stop' };
      }
      case 'remove-service': {
        const { name } = input as TaskInput<'remove-service'>;
        this.set(this.running, hostId).delete(name);
        if (name.startsWith('patroni-'))
          this.leave(name.slice('patroni-'.length), this.names.get(`${hostId} ${name}`) ?? '');
        return {};
      }
      case 'remove-data':
        return { removed: this.set(this.data, hostId).delete((input as TaskInput<'remove-data'>).directory) };
      case 'ask-patroni':
        return this.askPatroni(hostId, input as TaskInput<'ask-patroni'>);
      case 'await-patroni': {
        const { name } = input as TaskInput<'await-patroni'>;
        return { leader: this.leader.get(name) ?? null, timeline: 1 };
      }
      case 'run-sql': {
        const { database, variables } = input as TaskInput<'run-sql'>;
        this.scripts.push({ database, variables: variables ?? {} });
        return { rows: [] };
      }
      case 'ask-etcd': {
        const { command, memberName } = input as TaskInput<'ask-etcd'>;
        if (command === 'add-member') this.votes.add(memberName ?? '');
        if (command === 'remove-member') this.votes.delete(memberName ?? '');
        return { ok: true, members: [] };
      }
      default:
        throw new Error(`no fake for ${kind}`);
    }
  }

  private ensure(
    hostId: string,
    service: TaskInput<'ensure-service'>['service'],
  ): TaskOutput<'ensure-service'> {
    this.set(this.running, hostId).add(service.name);
    for (const directory of service.directories ?? []) this.set(this.data, hostId).add(directory.path);
    const config = service.files.find((f) => f.path.endsWith('.yml'))?.content ?? '';
    const name = /^name: "?([^"\s]+)"?$/m.exec(config)?.[1] ?? '';
    if (service.program === 'etcd') this.votes.add(name);
    if (service.program === 'patroni') {
      const scope = service.name.slice('patroni-'.length);
      const members = this.members.get(scope) ?? [];
      if (!members.includes(name)) this.members.set(scope, [...members, name]);
      if (!this.leader.has(scope)) this.leader.set(scope, name);
      this.names.set(`${hostId} ${service.name}`, name);
    }
    return { changed: true, running: true, pid: 1 };
  }

  private leave(scope: string, name: string): void {
    this.members.set(
      scope,
      (this.members.get(scope) ?? []).filter((m) => m !== name),
    );
  }

  private askPatroni(hostId: string, input: TaskInput<'ask-patroni'>): TaskOutput<'ask-patroni'> {
    const members = this.members.get(input.name) ?? [];
    const leader = this.leader.get(input.name);
    if (input.path === '/cluster') {
      const view = members.map((name) => ({
        name,
        role: name === leader ? 'leader' : 'replica',
        state: name === leader ? 'running' : 'streaming',
        pending_restart: this.pendingRestart.has(name),
      }));
      return { status: 200, body: { members: view } };
    }
    if (input.path === '/patroni') {
      const name = this.names.get(`${hostId} patroni-${input.name}`) ?? '';
      const role = name === leader ? 'primary' : 'replica';
      return { status: 200, body: { role, pending_restart: this.pendingRestart.has(name) } };
    }
    const body = (input.body ?? {}) as Record<string, unknown>;
    if (input.path === '/config') this.config = { ...this.config, ...body };
    if (input.path === '/switchover') {
      if (body['leader'] !== leader) return { status: 412, body: 'leader name does not match' };
      const to = (body['candidate'] as string | undefined) ?? members.find((m) => m !== leader) ?? '';
      this.leader.set(input.name, to);
      return { status: 200, body: `Successfully switched over to "${to}"` };
    }
    return { status: 200, body: 'ok' };
  }

  /** What is left of it all, in an order of its own, with names in place of ids. */
  picture(hostNames: ReadonlyMap<string, string>) {
    const named = (map: Map<string, Set<string>>) =>
      Object.fromEntries(
        [...map].map(([id, set]) => [hostNames.get(id) ?? '?', [...set].map(withoutScope).sort()]).sort(),
      );
    return {
      running: named(this.running),
      data: named(this.data),
      votes: [...this.votes].sort(),
      leaders: [...this.leader.values()],
      members: [...this.members.values()].map((m) => [...m].sort()),
    };
  }
}

/** Scopes end in random letters, which differ between two equal runs. */
const withoutScope = (name: string) => name.replace(/-[0-9a-f]{4}$/, '');
