// Over 300 lines: one sandbox from its folder to its end, in the order in which things happen to it.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxRole, type LimitsEnforced, type SandboxStorage } from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { isAlive, run, type ProcessIdentity } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import { makeGroup, removeGroup, setCpu, type GroupTree } from './control-groups.ts';
import { folderBytes } from './disk-use.ts';
import { Door } from './door.ts';
import { postgresArguments } from './postgres-settings.ts';
import { PostgresLine } from './postgres-line.ts';
import type { SandboxRecord, StartSandbox } from './sandbox-record.ts';
import { findPrograms, findTemplate, superuser, templateFolder, type Template } from './templates.ts';
import { makeImage, makeRun, makeUpper } from './bare-root.ts';
import type { Means } from './means.ts';
import { mainProcess, startInside, startOutside, type Inside } from './walls.ts';

const readySeconds = 60;
const pollMs = 2;
const startCores = 2;
/** How much longer than its limit a statement may run before the one who lifted the limit is thrown out. */
const graceSeconds = 1;
const logBytesAtMost = 256 * 1024;

export type Ground = { means: Means; tree: GroupTree };

/** One sandbox on this machine. */
export class Sandbox {
  readonly record: SandboxRecord;
  readonly #ground: Ground;
  readonly #template: Template;
  readonly #door: Door;
  #watchLine: PostgresLine | undefined;
  #watching = false;

  private constructor(ground: Ground, record: SandboxRecord, template: Template) {
    this.#ground = ground;
    this.record = record;
    this.#template = template;
    this.#door = new Door({
      socketPath: this.#socketPath,
      superuser,
      tls: record.tls,
      connectionsAtMost: record.limits.connections,
      onCount: (open) => {
        if (open === 0) this.#closeWatch();
      },
    });
  }

  get id(): string {
    return this.record.id;
  }
  get box(): string {
    return join(this.#ground.means.folder, this.record.id);
  }
  get connections(): number {
    return this.#door.connections;
  }
  get isAlive(): boolean {
    return this.record.main !== null && isAlive(this.record.main);
  }
  get #socketPath(): string {
    return join(this.box, 'run', '.s.PGSQL.5432');
  }
  get #way() {
    return {
      socketPath: this.#socketPath,
      user: superuser,
      password: this.#template.password,
      database: 'postgres',
    };
  }

  /** Makes one and answers when its PostgreSQL does. Leaves nothing when it fails; undefined when its template is not there. */
  static async start(ground: Ground, wish: StartSandbox): Promise<Sandbox | undefined> {
    const began = performance.now();
    const template = await findTemplate(templateFolder(ground.means, wish.pgVersion, wish.template));
    if (!template) return undefined;
    const record: SandboxRecord = {
      ...wish,
      port: 0,
      main: null,
      storage: storageOf(ground.means, wish),
      limitsEnforced: enforcedBy(ground.means, wish),
      groups: [],
      readyMs: 0,
    };
    const sandbox = new Sandbox(ground, record, template);
    try {
      await mkdir(sandbox.box, { recursive: true, mode: 0o711 });
      await sandbox.#listen();
      await sandbox.#fill(began);
      return sandbox;
    } catch (error) {
      await sandbox.destroy();
      throw error;
    }
  }

  /** Takes over one that an agent before this one made; undefined when there is nothing to take over. */
  static async adopt(ground: Ground, record: SandboxRecord): Promise<Sandbox | undefined> {
    const template = await findTemplate(templateFolder(ground.means, record.pgVersion, record.template));
    if (!template || !record.main || !isAlive(record.main)) return undefined;
    const sandbox = new Sandbox(ground, record, template);
    return (await sandbox.#door.listen(record.port)) ? sandbox : undefined;
  }

  /** Everything in it becomes as it was at first; answers how long that took, in milliseconds. */
  async reset(): Promise<number> {
    const began = performance.now();
    this.#door.dropAll();
    await this.#stop();
    await this.#empty();
    await this.#fill(began);
    return this.record.readyMs;
  }

  async extend(expiresAt: string): Promise<void> {
    this.record.expiresAt = expiresAt;
    await this.#write();
  }

  /** Ends it and takes away everything of it. Doing it twice changes nothing. */
  async destroy(): Promise<void> {
    await this.#door.close();
    await this.#stop();
    await this.#empty();
    await removeGroup(this.record.groups);
    await rm(this.box, { recursive: true, force: true });
  }

  /** Leaves it running, without a door, for the next agent. */
  async leave(): Promise<void> {
    this.#closeWatch();
    await this.#door.close();
  }

  /** Throws out whoever lifted the limit on statements. Only where somebody is connected; the others cost nothing. */
  async watchStatements(): Promise<void> {
    if (this.#door.connections === 0 || this.#watching) return;
    this.#watching = true;
    try {
      if (!this.#watchLine?.isOpen) this.#watchLine = await PostgresLine.open(this.#way);
      await this.#watchLine.query(
        `set statement_timeout = 0; select pg_terminate_backend(pid) from pg_stat_activity
         where backend_type = 'client backend' and usesysid <> 10 and state in ('active', 'fastpath function call')
           and clock_timestamp() - query_start > interval '${this.record.limits.statementSeconds + graceSeconds} seconds'`,
      );
    } catch {
      // A server that recovers, or is short of processor time, is asked again in a second.
      this.#closeWatch();
    } finally {
      this.#watching = false;
    }
    if (this.#door.connections === 0) this.#closeWatch();
  }

  /** Whether it takes more disk than it may, where the kernel does not see to that. */
  async isOverDisk(): Promise<boolean> {
    if (this.record.limitsEnforced.disk !== 'watched') return false;
    return (await folderBytes(this.#dataFolder)) > this.record.limits.diskMb * 1024 ** 2;
  }

  /** True when a sandbox that ended by itself did so for want of disk. */
  async endedForDisk(): Promise<boolean> {
    return /No space left on device/.test(await this.#lastWords());
  }

  async trimLog(): Promise<void> {
    const log = join(this.box, 'log');
    if ((await stat(log).catch(() => undefined))?.size ?? 0 > logBytesAtMost) await truncate(log);
  }

  async #listen(): Promise<void> {
    for (const port of portsFrom(Math.random())) {
      if (await this.#door.listen(port)) {
        this.record.port = port;
        return;
      }
    }
    throw new TaskFailure(sandboxText.noPort);
  }

  /** Lays out its folder, starts PostgreSQL, waits for its first answer, gives the role its password. */
  async #fill(began: number): Promise<void> {
    const { means, tree } = this.#ground;
    const { record, box } = this;
    const walled = means.walls;
    const [group, disk] = await Promise.all([
      makeGroup(tree, record.id, {
        // What lies in memory counts as memory.
        memoryBytes: (record.limits.memoryMb + (record.memoryBacked ? record.limits.diskMb : 0)) * 1024 ** 2,
        // With a tenth of a core even the start takes seconds; the true share comes when it is ready.
        cpuCores: Math.max(startCores, record.limits.cpuCores),
        processes: record.limits.connections * 3 + 40,
      }),
      this.#makeDisk(),
      makeRun(means, box),
    ]);
    record.groups = group.folders;
    record.limitsEnforced = {
      ...record.limitsEnforced,
      memory: group.keeps.memory ? 'kernel' : 'no',
      cpu: group.keeps.cpu ? 'kernel' : 'no',
    };
    // Before it runs: whoever finds the folder after a crash knows what to look for.
    await this.#write();
    const argv = postgresArguments({
      program: join(findPrograms(record.pgVersion) ?? '', 'postgres'),
      data: walled ? '/data' : this.#dataFolder,
      socketFolder: walled ? '/run' : join(box, 'run'),
      pgVersion: record.pgVersion,
      limits: record.limits,
      preload: this.#template.preload,
      walls: walled,
    });
    const started = walled
      ? await startInside({
          means,
          box,
          disk: disk ?? { kind: 'folder', folder: join(box, 'disk') },
          template: join(templateFolder(means, record.pgVersion, record.template), 'data'),
          overlay: record.storage.startsWith('overlay'),
          groups: group.joins,
          sharedMemoryMb: Math.max(16, Math.round(record.limits.memoryMb / 4)),
          loopback: record.pgVersion < 15,
          argv,
        })
      : await startOutside({
          means,
          box,
          argv,
          groups: group.joins,
          memoryBytes: (record.limits.memoryMb + 512) * 1024 ** 2,
        });
    await this.#awaitReady(started);
    if (record.limits.cpuCores < startCores) await setCpu(tree, record.id, record.limits.cpuCores);
    record.readyMs = Math.round((performance.now() - began) * 10) / 10;
    await this.#write();
  }

  async #makeDisk(): Promise<Inside['disk'] | undefined> {
    const { means } = this.#ground;
    const { record, box } = this;
    if (means.walls) {
      if (record.memoryBacked) return { kind: 'memory', megabytes: record.limits.diskMb };
      if (means.sizedDisk) {
        const file = join(box, 'disk.img');
        await copyInto(await this.#modelImage(), file);
        return { kind: 'image', file };
      }
      const folder = await makeUpper(means, join(box, 'disk'));
      return { kind: 'folder', folder };
    }
    const from = join(templateFolder(means, record.pgVersion, record.template), 'data');
    await copyInto(from, this.#dataFolder);
    return undefined;
  }

  /** An empty file system of the size wished: made once, then only copied, and a copy takes only what is in it. */
  async #modelImage(): Promise<string> {
    const { means } = this.#ground;
    const megabytes = this.record.limits.diskMb;
    const file = join(means.folder, 'images', `${megabytes}.img`);
    if (existsSync(file)) return file;
    await mkdir(join(means.folder, 'images'), { recursive: true, mode: 0o700 });
    const making = `${file}.${this.id}`;
    if (!(await makeImage(means, making, megabytes)))
      throw new TaskFailure(sandboxText.notStarted('mkfs.ext4'));
    await rename(making, file);
    return file;
  }

  get #dataFolder(): string {
    const { walls } = this.#ground.means;
    if (walls) return join(this.box, 'disk');
    return this.record.memoryBacked ? `/dev/shm/elepherd-sandbox-${this.id}` : join(this.box, 'data');
  }

  async #awaitReady(started: ProcessIdentity): Promise<void> {
    const { walls } = this.#ground.means;
    for (const end = Date.now() + readySeconds * 1000; ;) {
      try {
        const line = await PostgresLine.open(this.#way);
        try {
          await line.query(
            `alter role ${sandboxRole} connection limit ${this.record.limits.connections} password '${this.record.passwordVerifier}'`,
          );
        } finally {
          line.close();
        }
        this.record.main = mainProcess(started, walls) ?? null;
        if (this.record.main) return;
        throw new Error('its first process was not found');
      } catch (error) {
        if (Date.now() > end || !isAlive(started)) {
          this.record.main = mainProcess(started, walls) ?? null;
          throw new TaskFailure(
            sandboxText.notStarted((await this.#lastWords()) || (error as Error).message),
          );
        }
      }
      await sleep(pollMs);
    }
  }

  async #lastWords(): Promise<string> {
    const log = await readFile(join(this.box, 'log'), 'utf8').catch(() => '');
    return log.trim().split('\n').slice(-3).join(' / ').slice(-500);
  }

  async #stop(): Promise<void> {
    this.#closeWatch();
    await stopProcess(this.record.main, this.#ground.means.walls);
    if (!this.#ground.means.walls) await removeSharedMemory(this.#dataFolder);
    this.record.main = null;
  }

  /** What a new start makes anew. */
  async #empty(): Promise<void> {
    const rest = ['run', 'disk', 'disk.img', 'data', 'log', 'fstab.disk', 'fstab.rest'].map((name) =>
      join(this.box, name),
    );
    if (!this.#ground.means.walls) rest.push(this.#dataFolder);
    await Promise.all(rest.map((path) => rm(path, { recursive: true, force: true })));
  }

  /** Whole, but not waiting for the disk: a machine that loses power has no sandboxes afterwards. */
  async #write(): Promise<void> {
    const file = join(this.box, 'sandbox.json');
    await writeFile(`${file}.next`, JSON.stringify(this.record), { mode: 0o600 });
    await rename(`${file}.next`, file);
  }

  #closeWatch(): void {
    this.#watchLine?.close();
    this.#watchLine = undefined;
  }
}

/** Shares the blocks where the file system can, and keeps holes. */
async function copyInto(from: string, to: string): Promise<void> {
  const copied = await run(['cp', '--archive', '--reflink=auto', '--sparse=auto', from, to], {
    timeoutSeconds: 600,
  });
  if (copied.code !== 0) throw new TaskFailure(sandboxText.notStarted(copied.stderr.trim().slice(-300)));
}

/** Ends a PostgreSQL at once: nothing in a sandbox is worth a farewell, but without walls it must tidy its memory away. */
export async function stopProcess(main: ProcessIdentity | null, walls: boolean): Promise<void> {
  if (!main || !isAlive(main)) return;
  if (!walls) {
    process.kill(main.pid, 'SIGQUIT');
    await untilGone(main, 3000);
  }
  if (isAlive(main)) process.kill(main.pid, 'SIGKILL');
  await untilGone(main, 5000);
}

async function untilGone(main: ProcessIdentity, atMostMs: number): Promise<void> {
  for (const end = Date.now() + atMostMs; isAlive(main) && Date.now() < end;) await sleep(pollMs);
}

/** The 56 bytes by which PostgreSQL knows that it runs already; a killed one leaves them behind. Named by its own data directory only. */
export async function removeSharedMemory(dataFolder: string): Promise<void> {
  const lines = (await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const id = /^\s*\d+\s+(\d+)\s*$/.exec(lines[6] ?? '')?.[1];
  if (id !== undefined) await run(['ipcrm', '--shmem-id', id]);
}

function storageOf(means: Means, wish: StartSandbox): SandboxStorage {
  if (wish.memoryBacked) return means.overlay.memory ? 'overlay-memory' : 'copy-memory';
  if (means.overlay.disk) return 'overlay-disk';
  return means.reflink && !means.walls ? 'reflink-disk' : 'copy-disk';
}

function enforcedBy(means: Means, wish: StartSandbox): LimitsEnforced {
  const wall = means.walls ? 'kernel' : 'postgres';
  return {
    memory: 'no',
    cpu: 'no',
    disk: means.walls && (wish.memoryBacked || means.sizedDisk) ? 'kernel' : 'watched',
    connections: 'postgres',
    statements: 'watched',
    network: wall,
    files: wall,
  };
}

function* portsFrom(random: number): Iterable<number> {
  const [first, count] = [26_000, 4000];
  const begin = Math.floor(random * count);
  for (let i = 0; i < count; i++) yield first + ((begin + i) % count);
}
