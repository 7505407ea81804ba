// Over 300 lines: every kind of task has its answer here.
import type { Kysely } from 'kysely';
import { setVault, createVault } from '#src/platform/server/secrets.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealWith } from '#src/fleet/agent/passports/passports.ts';
import type { TaskOutput, TaskInput, TaskKind } from '#src/fleet/contract/tasks.ts';
import { scripts } from '#src/fleet/server/contents/rules.ts';
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
  /** pgBackRest's files by host. */
  readonly backupFiles = new Map<string, Set<string>>();
  /** Labels of backups by stanza and number of the repository. */
  readonly backups = new Map<string, string[]>();
  readonly scripts: { database: string; variables: Record<string, string> }[] = [];
  /** What hosts keep of their clusters. */
  readonly passports = new Map<string, { hostId: string; scope: string; member: string; passport: string }>();
  /** Databases that were taken out of scratch servers. */
  readonly taken = new Set<string>();
  /** Members that wait for a restart. */
  pendingRestart = new Set<string>();
  /** Members whose PostgreSQL does not start; a restart mends them. */
  readonly sick = new Set<string>();
  /** Answers in place of the usual ones: what a host would say. */
  answer: ((kind: TaskKind, input: never) => unknown) | undefined;
  /** Answers in place of the usual ones: for hosts that refuse. */
  refuse: Performer | undefined;
  private readonly names = new Map<string, string>();

  private set(map: Map<string, Set<string>>, hostId: string): Set<string> {
    const set = map.get(hostId) ?? new Set<string>();
    map.set(hostId, set);
    return set;
  }

  /** The same machines under other ids, as after they were enrolled again. */
  moveHosts(ids: ReadonlyMap<string, string>): void {
    for (const one of this.passports.values()) one.hostId = ids.get(one.hostId) ?? one.hostId;
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
        const told = this.answer?.(order.kind as TaskKind, order.input as never);
        const output = told ?? this.perform(id, order.kind as TaskKind, order.input as never);
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
        const { database, variables, script } = input as TaskInput<'run-sql'>;
        if (script === scripts['drop-database']) this.taken.delete(variables?.['name'] ?? '');
        this.scripts.push({ database, variables: variables ?? {} });
        return { rows: [] };
      }
      case 'ask-etcd': {
        const { command, memberName } = input as TaskInput<'ask-etcd'>;
        if (command === 'add-member') this.votes.add(memberName ?? '');
        if (command === 'remove-member') this.votes.delete(memberName ?? '');
        return { ok: true, members: [] };
      }
      case 'place-backup-files': {
        const { files } = input as TaskInput<'place-backup-files'>;
        this.set(this.backupFiles, hostId).clear();
        for (const file of files) this.set(this.backupFiles, hostId).add(file.path);
        return { changed: true, version: '2.55.1' };
      }
      case 'backup-command':
        return this.backUp(input as TaskInput<'backup-command'>);
      case 'backup-info':
        return this.backupInfo(input as TaskInput<'backup-info'>);
      case 'restore-data': {
        const { directory } = input as TaskInput<'restore-data'>;
        this.set(this.data, hostId).add(directory);
        return { ended: 'done', code: 0, words: '', seconds: 2, bytes: 2e9 };
      }
      case 'recover-data': {
        const { directory } = input as TaskInput<'recover-data'>;
        this.set(this.running, hostId).add(directory);
        const lastCommitAt = '2026-11-22 10:00:00.5+00';
        return { ended: 'done', code: 0, words: '', seconds: 1, timeline: 2, lsn: '0/5000000', lastCommitAt };
      }
      case 'take-from-scratch': {
        const { into } = input as TaskInput<'take-from-scratch'>;
        if (this.taken.has(into))
          return { ended: 'refused', code: 1, words: `database "${into}" already exists`, seconds: 1 };
        this.taken.add(into);
        return { ended: 'done', code: 0, words: '', seconds: 1 };
      }
      case 'stop-recovered': {
        const { directory } = input as TaskInput<'stop-recovered'>;
        return { stopped: this.set(this.running, hostId).delete(directory) };
      }
      case 'check-recovered':
        return { ended: 'done', absent: false, code: 0, words: '', seconds: 1 };
      case 'move-data': {
        const { from, to, replace } = input as TaskInput<'move-data'>;
        const data = this.set(this.data, hostId);
        if (!data.has(from) || (data.has(to) && !replace)) return { moved: false };
        data.delete(from);
        data.add(to);
        return { moved: true };
      }
      case 'dump-database': {
        const { name, label, keyFingerprint } = input as TaskInput<'dump-database'>;
        this.set(this.data, hostId).add(`${name}/${label}`);
        const file = { file: 'globals.sql.enc', database: null, bytes: 1000, sha256: '0'.repeat(64) };
        return { pgVersion: '17.6', files: [file], withPasswords: true, seconds: 1, keyFingerprint };
      }
      case 'remove-dumps': {
        const { name, labels } = input as TaskInput<'remove-dumps'>;
        const gone = labels.filter((label) => this.set(this.data, hostId).delete(`${name}/${label}`));
        return { removed: gone.length };
      }
      case 'keep-passport': {
        const { scope, member, passport } = input as TaskInput<'keep-passport'>;
        this.passports.set(`${hostId} ${scope}`, { hostId, scope, member, passport });
        return { changed: true };
      }
      case 'read-passports': {
        const { secret } = input as TaskInput<'read-passports'>;
        const own = [...this.passports.values()].filter((one) => one.hostId === hostId);
        const keptAt = '2026-11-22T10:00:00Z';
        const passports = own.map(({ scope, member, passport }) => ({
          scope,
          member,
          keptAt,
          sealed: sealWith(secret, passport),
        }));
        return { passports };
      }
      case 'look-at-locks':
        return { sessions: [] };
      case 'read-log':
        return { lines: [] };
      case 'take-evidence':
        return { items: [{ name: 'df', text: 'all is well' }] };
      case 'look-at-disks':
        return { servers: [] };
      case 'forget-cluster-state':
        return { removed: 3 };
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

  private backUp({
    stanza,
    command,
    repository,
    label,
  }: TaskInput<'backup-command'>): TaskOutput<'backup-command'> {
    const keys = repository === undefined ? [1, 2] : [repository];
    for (const key of keys) {
      const name = `${stanza} ${key}`;
      const labels = this.backups.get(name) ?? [];
      if (command === 'stanza-create') this.backups.set(name, labels);
      if (command === 'backup')
        this.backups.set(name, [...labels, `20261122-${String(labels.length).padStart(6, '0')}F`]);
      if (command === 'expire' && label !== undefined)
        this.backups.set(
          name,
          labels.filter((one) => one !== label),
        );
    }
    return { seconds: 1, log: '' };
  }

  private backupInfo({ stanza, repositories }: TaskInput<'backup-info'>): TaskOutput<'backup-info'> {
    const at = Date.now() / 1000;
    return {
      repositories: repositories.map((key) => ({
        key,
        cipher: 'aes-256-cbc',
        problem: this.backups.has(`${stanza} ${key}`) ? null : 'missing stanza path',
      })),
      databases: repositories.map((key) => ({ repositoryKey: key, id: 1, systemId: '7', version: '17' })),
      backups: repositories.flatMap((key) =>
        (this.backups.get(`${stanza} ${key}`) ?? []).map((label, i) => ({
          label,
          type: 'full' as const,
          prior: null,
          repositoryKey: key,
          databaseId: 1,
          startSeconds: at + i,
          stopSeconds: at + i + 1,
          lsnStart: '0/1000000',
          lsnStop: '0/2000000',
          walStart: '000000010000000000000001',
          walStop: '000000010000000000000002',
          databaseBytes: 40_000_000,
          backupBytes: 40_000_000,
          repositoryBytes: 5_000_000,
          error: false,
        })),
      ),
      archive: [],
    };
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
        state: this.sick.has(name) ? 'start failed' : name === leader ? 'running' : 'streaming',
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
    if (input.path === '/restart') this.sick.delete(this.names.get(`${hostId} patroni-${input.name}`) ?? '');
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
const withoutScope = (name: string) => name.replace(/-[0-9a-f]{6}$/, '');
