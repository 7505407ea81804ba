import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  defaultSandboxLimits,
  sandboxDatabase,
  sandboxRole,
  type sandboxTasks,
} from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { findJson, writeJson } from '../files.ts';
import { findProcess, isAlive, lastWords, run, type ProcessIdentity } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import { makeGroup, removeGroup, type GroupTree } from './control-groups.ts';
import { folderBytes } from './disk-use.ts';
import { postgresArguments } from './postgres-settings.ts';
import { PostgresLine, PostgresRefusal } from './postgres-line.ts';
import { makeRun } from './bare-root.ts';
import type { Means } from './means.ts';
import { mainProcess, startInside, startOutside, type Inside } from './walls.ts';

/** The superuser of every sandbox; its password never leaves the agent. */
export const superuser = 'postgres';

export type PrepareTemplate = z.output<(typeof sandboxTasks)['prepare-sandbox-template']['input']>;
export type TemplateName = PrepareTemplate['template'];

/** A template that is ready to be used. */
export const Template = z.object({ password: z.string(), preload: z.array(z.string()) });
export type Template = z.infer<typeof Template>;

const limits = { ...defaultSandboxLimits, memoryMb: 1024, diskMb: 8192, statementSeconds: 900 };
const initSeconds = 900;

/** Where the programs of a version lie, by the habit of Debian or of Red Hat. */
export function findPrograms(pgVersion: number): string | undefined {
  return [`/usr/lib/postgresql/${pgVersion}/bin`, `/usr/pgsql-${pgVersion}/bin`].find((folder) =>
    existsSync(join(folder, 'postgres')),
  );
}

export const templateFolder = (means: Means, pgVersion: number, template: TemplateName) =>
  join(means.folder, 'templates', `${pgVersion}-${template.name}-${template.digest}`);

export const findTemplate = (folder: string): Promise<Template | undefined> =>
  findJson(join(folder, 'template.json'), Template);

/** Makes a template: a stopped, clean data directory with the role, the database and what the script made. Leaves nothing when it fails. */
export async function makeTemplate(means: Means, tree: GroupTree, order: PrepareTemplate): Promise<void> {
  const programs = findPrograms(order.pgVersion);
  if (!programs) throw new TaskFailure(sandboxText.noPostgres(order.pgVersion));
  const folder = templateFolder(means, order.pgVersion, order.template);
  // Short: its socket's path has room for about a hundred characters.
  const box = join(means.folder, `.make-${order.pgVersion}-${order.template.digest.slice(0, 8)}`);
  await rm(box, { recursive: true, force: true });
  const data = join(box, 'data');
  await mkdir(data, { recursive: true, mode: 0o711 });
  if (means.user) await chown(data, means.user.uid, means.user.gid);
  await makeRun(means, box);
  const group = await makeGroup(tree, `template-${randomBytes(4).toString('hex')}`, {
    memoryBytes: limits.memoryMb * 1024 ** 2,
    cpuCores: 2,
    processes: 60,
  });
  const maker = new Maker({ means, box, data, programs, order, groups: group.joins });
  try {
    const template = await maker.make();
    await writeJson(join(box, 'template.json'), template);
    for (const name of ['run', 'log', 'fstab.disk', 'fstab.rest'])
      await rm(join(box, name), { recursive: true, force: true });
    // A template stays for months: it must be whole after a power cut.
    await run(['sync', '--file-system', data], { timeoutSeconds: 120 });
    await mkdir(join(means.folder, 'templates'), { recursive: true, mode: 0o711 });
    await rename(box, folder);
  } catch (error) {
    if (error instanceof TaskFailure) throw error;
    // What PostgreSQL answered says more than what it wrote down; without an answer the log has the cause.
    const log = (await readFile(join(box, 'log'), 'utf8').catch(() => ''))
      .trim()
      .split('\n')
      .slice(-3)
      .join(' / ');
    const why = error instanceof PostgresRefusal ? error.message : log || (error as Error).message;
    throw new TaskFailure(sandboxText.templateFailed(order.template.name, why));
  } finally {
    await maker.kill();
    await rm(box, { recursive: true, force: true });
    await removeGroup(group.folders);
  }
}

class Maker {
  readonly #at: {
    means: Means;
    box: string;
    data: string;
    programs: string;
    order: PrepareTemplate;
    groups: string[];
  };
  #main: ProcessIdentity | undefined;

  constructor(at: {
    means: Means;
    box: string;
    data: string;
    programs: string;
    order: PrepareTemplate;
    groups: string[];
  }) {
    this.#at = at;
  }

  async make(): Promise<Template> {
    const { box, means, programs, order } = this.#at;
    const password = randomBytes(32).toString('base64url');
    const preload = order.extensions.includes('pg_stat_statements') ? ['pg_stat_statements'] : [];
    const passwordFile = join(box, 'run', 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (means.user) await chown(passwordFile, means.user.uid, means.user.gid);
    const seen = this.#seen();
    await this.#runToEnd([
      join(programs, 'initdb'),
      `--pgdata=${seen.data}`,
      `--username=${superuser}`,
      `--pwfile=${seen.run}/password`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      // Small segments: a sandbox copies one as soon as it writes.
      '--wal-segsize=1',
      '--no-sync',
    ]);
    await rm(passwordFile);
    // Its advice on how to go on is for others.
    await rm(join(box, 'log'));
    await writeFile(join(this.#at.data, 'pg_hba.conf'), 'local all all scram-sha-256\n');
    await this.#fill(password, preload);
    return { password, preload };
  }

  async #fill(password: string, preload: readonly string[]): Promise<void> {
    const { order, data, programs, means } = this.#at;
    const seen = this.#seen();
    await this.#start(
      postgresArguments({
        program: join(programs, 'postgres'),
        data: seen.data,
        socketFolder: seen.run,
        pgVersion: order.pgVersion,
        limits,
        preload,
        walls: means.walls,
      }),
    );
    const door = { socketPath: join(this.#at.box, 'run', '.s.PGSQL.5432'), user: superuser, password };
    const first = await this.#open({ ...door, database: 'postgres' });
    // A password of 256 random bits needs no stretching, and each new sandbox signs in with it.
    await first.query(`alter role ${superuser} password '${verifierOf(password, 1)}'`);
    // Only since 16 may one who makes roles give away no more than they hold.
    const roles = order.pgVersion >= 16 ? 'createrole' : 'nocreaterole';
    const once = randomBytes(24).toString('base64url');
    await first.query(
      `create role ${sandboxRole} login createdb ${roles} nosuperuser noreplication nobypassrls password '${verifierOf(once, 1)}'`,
    );
    await first.query(`create database ${sandboxDatabase} owner ${sandboxRole}`);
    await first.query('revoke connect, temporary on database postgres from public');
    first.close();
    const inDatabase = await this.#open({ ...door, database: sandboxDatabase });
    for (const name of order.extensions)
      await inDatabase.query(`create extension if not exists "${name}"`, 60);
    inDatabase.close();
    if (order.initSql.trim() !== '') {
      const line = await this.#open({
        ...door,
        user: sandboxRole,
        password: once,
        database: sandboxDatabase,
      });
      const watch = this.#watchDisk(data);
      try {
        await line.query(order.initSql, initSeconds);
      } finally {
        clearInterval(watch);
        line.close();
      }
    }
    const last = await this.#open({ ...door, database: sandboxDatabase });
    await last.query(`alter role ${sandboxRole} password null`);
    await last.query('vacuum (freeze, analyze)', initSeconds);
    await last.query('checkpoint', 120);
    last.close();
    await this.#stop();
  }

  /** A script that writes without end is stopped before the disk is full. */
  #watchDisk(data: string): NodeJS.Timeout {
    return setInterval(() => {
      void folderBytes(data).then((bytes) => (bytes > limits.diskMb * 1024 ** 2 ? this.kill() : undefined));
    }, 1000);
  }

  /** The paths as those inside see them. */
  #seen(): { data: string; run: string } {
    return this.#at.means.walls
      ? { data: '/data', run: '/run' }
      : { data: this.#at.data, run: join(this.#at.box, 'run') };
  }

  async #start(argv: readonly string[]): Promise<void> {
    const { means, box, data, groups, order } = this.#at;
    const inside: Inside = {
      means,
      box,
      disk: { kind: 'data', folder: data },
      groups,
      sharedMemoryMb: 256,
      loopback: order.pgVersion < 15,
      argv,
    };
    const started = means.walls
      ? await startInside(inside)
      : await startOutside({ means, box, argv, groups });
    this.#main = started;
  }

  async #runToEnd(argv: readonly string[]): Promise<void> {
    await this.#start(argv);
    for (let tries = 0; this.#main && isAlive(this.#main); tries++) {
      if (tries > 60_000 / 20) throw new Error('initdb did not end within a minute');
      await sleep(20);
    }
    if (!existsSync(join(this.#at.data, 'global', 'pg_control'))) throw new Error('initdb made nothing');
  }

  async #open(way: {
    socketPath: string;
    user: string;
    password: string;
    database: string;
  }): Promise<PostgresLine> {
    for (const end = Date.now() + 60_000; ;) {
      try {
        return await PostgresLine.open(way);
      } catch (error) {
        if (Date.now() > end || !this.#main || !isAlive(this.#main)) throw error;
        await sleep(5);
      }
    }
  }

  /** In order, so that a sandbox begins without recovery. */
  async #stop(): Promise<void> {
    if (!this.#main) return;
    const main = mainProcess(this.#main, this.#at.means.walls);
    if (main) process.kill(main.pid, 'SIGINT');
    for (let tries = 0; isAlive(this.#main); tries++) {
      if (tries > 60_000 / 10) throw new Error('PostgreSQL did not stop within a minute');
      await sleep(10);
    }
    this.#main = undefined;
    const { code, stdout, stderr } = await run([
      join(this.#at.programs, 'pg_controldata'),
      '-D',
      this.#at.data,
    ]);
    if (code !== 0 || !/:\s+shut down\n/.test(stdout)) {
      throw new Error(
        `PostgreSQL did not shut down cleanly: ${lastWords({ code, stdout, stderr, timedOut: false })}`,
      );
    }
  }

  async kill(): Promise<void> {
    if (!this.#main) return;
    const main = mainProcess(this.#main, this.#at.means.walls);
    for (const one of [main, findProcess(this.#main.pid)]) if (one) process.kill(one.pid, 'SIGKILL');
    for (let tries = 0; isAlive(this.#main) && tries < 200; tries++) await sleep(10);
    this.#main = undefined;
  }
}

/** What PostgreSQL stores of a password. */
function verifierOf(password: string, iterations: number): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}
