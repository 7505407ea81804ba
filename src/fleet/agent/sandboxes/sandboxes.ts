import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { sandboxTasks } from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { findJson, writeJson } from '../files.ts';
import { findProcess } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import { findGroupTree, groupFolders, removeGroup } from './control-groups.ts';
import { Ended, SandboxRecord, type StartSandbox } from './sandbox-record.ts';
import { removeSharedMemory, Sandbox, stopProcess, type Ground } from './sandbox.ts';
import {
  findPrograms,
  findTemplate,
  makeTemplate,
  templateFolder,
  type PrepareTemplate,
} from './templates.ts';
import { findMeans } from './means.ts';

type Output<K extends keyof typeof sandboxTasks> = z.output<(typeof sandboxTasks)[K]['output']>;

const tickMs = 1000;
const ticksPerDiskLook = 2;
const dayMs = 86_400_000;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All sandboxes of this machine. They live on while the agent is away, and end on time whether or not a server is there. */
export class Sandboxes {
  readonly #ground: Ground;
  readonly #live = new Map<string, Sandbox>();
  /** What is being done to each sandbox or template: one thing after another. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #ended: Ended[] = [];
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  #isTicking = false;

  private constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Finds out what this machine can do, takes over what runs, and sweeps away what an end in mid-air left behind. */
  static async open(folder: string): Promise<Sandboxes> {
    const [means, tree] = await Promise.all([findMeans(folder), findGroupTree()]);
    const sandboxes = new Sandboxes({ means, tree });
    await sandboxes.#takeOver();
    return sandboxes;
  }

  get means(): Ground['means'] {
    return this.#ground.means;
  }

  /** Makes a sandbox and answers when its PostgreSQL does; the one that is there already when asked twice. */
  start(wish: StartSandbox): Promise<Output<'start-sandbox'>> {
    return this.#inTurn(wish.id, async () => {
      const there = this.#live.get(wish.id);
      if (there?.isAlive) return readyAnswer(there);
      if (there) await this.#remove(there);
      if (!findPrograms(wish.pgVersion)) return { result: 'missing', what: 'postgres' };
      const made = await Sandbox.start(this.#ground, wish);
      if (!made) return { result: 'missing', what: 'template' };
      this.#live.set(wish.id, made);
      this.#keepTime();
      return readyAnswer(made);
    });
  }

  /** Makes a template; one that is there already is left as it is. */
  prepareTemplate(order: PrepareTemplate): Promise<Output<'prepare-sandbox-template'>> {
    const folder = templateFolder(this.#ground.means, order.pgVersion, order.template);
    return this.#inTurn(folder, async () => {
      if (await findTemplate(folder)) return { made: false };
      await rm(folder, { recursive: true, force: true });
      await makeTemplate(this.#ground.means, this.#ground.tree, order);
      return { made: true };
    });
  }

  /** Gives a sandbox back its first contents. Refuses one that is not here. */
  reset(id: string): Promise<Output<'reset-sandbox'>> {
    return this.#inTurn(id, async () => {
      const sandbox = this.#find(id);
      try {
        return { readyMs: await sandbox.reset() };
      } catch (error) {
        await this.#remove(sandbox, 'stopped');
        throw error;
      }
    });
  }

  /** Moves the end of a sandbox. Refuses one that is not here. */
  extend(id: string, expiresAt: string): Promise<Output<'extend-sandbox'>> {
    return this.#inTurn(id, async () => {
      await this.#find(id).extend(expiresAt);
      return {};
    });
  }

  /** Ends a sandbox and removes everything of it; `destroyed` is false when it was gone already. */
  destroy(id: string): Promise<Output<'destroy-sandbox'>> {
    return this.#inTurn(id, async () => {
      const sandbox = this.#live.get(id);
      if (!sandbox) return { destroyed: false };
      await this.#remove(sandbox);
      return { destroyed: true };
    });
  }

  look(): Output<'look-at-sandboxes'> {
    return {
      sandboxes: [...this.#live.values()].map((one) => ({
        id: one.id,
        expiresAt: one.record.expiresAt,
        connections: one.connections,
      })),
      ended: this.#ended.map(({ id, reason }) => ({ id, reason })),
    };
  }

  /** Closes the doors and stops looking; every PostgreSQL runs on for the next agent. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.allSettled(this.#turns.values());
    await Promise.all([...this.#live.values()].map((one) => one.leave()));
    this.#live.clear();
  }

  #find(id: string): Sandbox {
    const sandbox = this.#live.get(id);
    if (!sandbox) throw new TaskFailure(sandboxText.notHere);
    return sandbox;
  }

  async #remove(sandbox: Sandbox, reason?: Ended['reason']): Promise<void> {
    this.#live.delete(sandbox.id);
    await sandbox.destroy();
    if (reason) await this.#note(sandbox.id, reason);
    if (this.#live.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  async #note(id: string, reason: Ended['reason']): Promise<void> {
    const since = Date.now() - dayMs;
    this.#ended = [
      ...this.#ended.filter((one) => Date.parse(one.at) > since),
      { id, reason, at: new Date().toISOString() },
    ];
    await writeJson(this.#endedFile, this.#ended);
  }

  get #endedFile(): string {
    return join(this.#ground.means.folder, 'ended.json');
  }

  async #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(key);
    const turn = (async () => {
      await before?.catch(() => {});
      return work();
    })();
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }

  /** A machine without sandboxes has no clock running for them. */
  #keepTime(): void {
    this.#timer ??= setInterval(() => void this.#tick(), tickMs).unref();
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    const looksAtDisk = ++this.#ticks % ticksPerDiskLook === 0;
    try {
      await Promise.allSettled([...this.#live.values()].map((one) => this.#mind(one, looksAtDisk)));
    } finally {
      this.#isTicking = false;
    }
  }

  async #mind(sandbox: Sandbox, looksAtDisk: boolean): Promise<void> {
    if (this.#turns.has(sandbox.id)) return;
    const end = (reason?: Ended['reason']) =>
      this.#inTurn(sandbox.id, async () => {
        if (this.#live.get(sandbox.id) === sandbox) await this.#remove(sandbox, reason);
      });
    if (Date.parse(sandbox.record.expiresAt) <= Date.now()) return end();
    if (!sandbox.isAlive) return end((await sandbox.endedForDisk()) ? 'disk' : 'stopped');
    await sandbox.watchStatements();
    if (!looksAtDisk) return;
    await sandbox.trimLog();
    if (await sandbox.isOverDisk()) return end('disk');
  }

  async #takeOver(): Promise<void> {
    const { folder } = this.#ground.means;
    this.#ended = (await findJson(this.#endedFile, z.array(Ended))) ?? [];
    const names = await readdir(folder);
    const known = new Set<string>();
    for (const name of names.filter((one) => uuid.test(one))) {
      const record = await findJson(join(folder, name, 'sandbox.json'), SandboxRecord);
      const isOver = !record || Date.parse(record.expiresAt) <= Date.now();
      const sandbox = isOver ? undefined : await Sandbox.adopt(this.#ground, record);
      if (sandbox) {
        this.#live.set(name, sandbox);
        known.add(name);
        continue;
      }
      await this.#clear(name, record);
      if (record && !isOver) await this.#note(name, 'stopped');
    }
    for (const name of names.filter((one) => /^\.(?:try|make)-/.test(one))) {
      await killBy(join(folder, name));
      await rm(join(folder, name), { recursive: true, force: true });
    }
    if (this.#live.size > 0) this.#keepTime();
  }

  /** What is left of a sandbox that nobody minds: its processes, its memory, its folder. Nothing that is not its own. */
  async #clear(name: string, record: SandboxRecord | undefined): Promise<void> {
    const { means } = this.#ground;
    const box = join(means.folder, name);
    await stopProcess(record?.main ?? null, means.walls);
    await killBy(box);
    const inMemory = `/dev/shm/elepherd-sandbox-${name}`;
    for (const data of [join(box, 'data'), inMemory]) await removeSharedMemory(data);
    await removeGroup(groupFolders(this.#ground.tree, name));
    await rm(inMemory, { recursive: true, force: true });
    await rm(box, { recursive: true, force: true });
  }
}

function readyAnswer({ record }: Sandbox): Output<'start-sandbox'> {
  const { port, storage, limitsEnforced, readyMs } = record;
  return { result: 'ready', port, storage, limitsEnforced, readyMs };
}

/** Ends processes that were started for a folder of ours, when no record of them was written any more. */
async function killBy(box: string): Promise<void> {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const variables = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (!variables.split('\0').includes(`BOX=${box}`)) continue;
    const found = findProcess(Number(name));
    if (found && !isOurselves(found.pid)) process.kill(found.pid, 'SIGKILL');
  }
}

const isOurselves = (pid: number) =>
  pid === process.pid || readFileSync('/proc/self/stat', 'utf8').startsWith(`${pid} `);
