// Over 300 lines: one whole Elepherd with hosts of the lab; its parts share their state.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { Cluster, Connection, ConnectionUrl, type CreateCluster } from '#src/fleet/contract/clusters.ts';
import { Host as FleetHost, NewEnrolment } from '#src/fleet/contract/hosts.ts';
import { homeFiles } from '#src/platform/contract/home.ts';
import { Operation, OperationLogLine } from '#src/platform/contract/operations.ts';
import { page } from '#src/platform/contract/pages.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { checkPort } from '#src/platform/server/setup/preflight.ts';
import type { Host } from './host.ts';
import { LabCluster } from './lab-cluster.ts';
import { createLab, type Lab } from './lab.ts';
import { patient } from './patience.ts';

/**
 * Ports of the Elepherds of the lab: pairs, the first for the API and the second for agents. Test files that run at the same time
 * look in ranges of their own, or two would find the same pair free.
 */
const lane = Number(process.env['VITEST_POOL_ID'] ?? 0) % 4;
const ports = { from: 7700 + lane * 22, to: 7700 + lane * 22 + 22 };
const mainFolder = join(import.meta.dirname, '../../../src/main');
/** Shared by all tests of this machine: unpacking the binaries anew costs more than starting them. */
const runtimeFolder = '/var/cache/elepherd/runtime';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** What the API refused: its status and its sentence. */
class ApiRefusal extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** A whole Elepherd with a home of its own, and the lab whose hosts it tends: both end with `destroy`. */
export class LabElepherd {
  readonly lab: Lab;
  readonly url: string;
  readonly home: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #postgres: EmbeddedPostgres;
  readonly #programs = new Map<string, ChildProcess>();
  #token = '';

  constructor(lab: Lab, home: string, env: NodeJS.ProcessEnv, postgres: EmbeddedPostgres) {
    this.lab = lab;
    this.home = home;
    this.url = `http://127.0.0.1:${env['PORT'] ?? ''}`;
    this.#env = env;
    this.#postgres = postgres;
  }

  /** Address of its own database, to look at rows no API shows. */
  get databaseUrl(): string {
    return this.#postgres.url;
  }

  /** One call of the API as this machine's administrator; throws ApiRefusal with what it said. */
  async ask<T extends z.ZodType>(
    method: Method,
    path: string,
    schema: T,
    body?: object,
  ): Promise<z.output<T>> {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      const { detail, errors } = parse(text) as { detail?: string; errors?: unknown };
      const fields = errors === undefined ? '' : ` ${JSON.stringify(errors)}`;
      throw new ApiRefusal(response.status, `${detail ?? text.slice(0, 500)}${fields}`);
    }
    return schema.parse(parse(text));
  }

  /** Starts `server`, or a worker: any name that begins with `worker` is one more of them. */
  async start(name: string): Promise<void> {
    const file = join(mainFolder, `${name.startsWith('worker') ? 'worker' : name}.ts`);
    const output = openSync(join(this.home, 'log', `${name}.log`), 'a');
    const child = spawn(process.execPath, ['--max-semi-space-size=16', file], {
      env: this.#env,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.#programs.set(name, child);
    if (name === 'server') await this.#untilReady();
  }

  /** Ends a program without a goodbye. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#programs.get(name);
    this.#programs.delete(name);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Kills a program and starts it again. */
  async restart(name: string): Promise<void> {
    await this.kill(name);
    await this.start(name);
  }

  /** Makes hosts of the lab hosts of this Elepherd by the command a person would paste; answers when all are online and described. */
  async enrol(hosts: readonly Host[] = this.lab.hosts): Promise<void> {
    const serverUrl = `https://elepherd:${this.#env['AGENT_PORT'] ?? ''}`;
    await Promise.all(
      hosts.map(async (host) => {
        const wish = { hostName: host.name, serverUrl };
        const { command } = await this.ask('POST', '/fleet/enrolments', NewEnrolment, wish);
        await host.run(['sh', '-c', command], { timeoutSeconds: 180 });
      }),
    );
    const names = hosts.map((host) => host.name);
    await this.untilHosts((all) =>
      names.every((name) => all.some((host) => host.name === name && host.online && host.facts !== null)),
    );
  }

  async listHosts(): Promise<FleetHost[]> {
    return (await this.ask('GET', '/fleet/hosts?limit=200', page(FleetHost))).items;
  }

  /** The id of a host by its name. */
  async hostId(name: string): Promise<string> {
    const host = (await this.listHosts()).find((one) => one.name === name);
    if (host === undefined) throw new Error(`Elepherd knows no host ${name}.`);
    return host.id;
  }

  /** Waits until the list of hosts is as wished; throws after a minute with the list. */
  async untilHosts(isAsWished: (hosts: FleetHost[]) => boolean, timeoutSeconds = 60): Promise<void> {
    await until('the hosts are not as wished', timeoutSeconds, async () => {
      const hosts = await this.listHosts();
      return isAsWished(hosts)
        ? true
        : hosts.map((h) => `${h.name} ${h.online ? 'online' : 'offline'}`).join(', ');
    });
  }

  /** Asks for a cluster; the operation that builds it is under way. Lets in the lab's network unless told, and may be deleted. */
  async requestCluster(wish: CreateCluster): Promise<Cluster> {
    const network = `${this.lab.addressOf('client').split('.').slice(0, 3).join('.')}.0/24`;
    return this.ask('POST', '/fleet/clusters', Cluster, {
      networks: [network],
      deletionProtected: false,
      recovery: 'fast',
      ...wish,
    });
  }

  /** Makes a cluster and waits until it is ready. */
  async createCluster(wish: CreateCluster): Promise<LabCluster> {
    const cluster = await this.requestCluster(wish);
    await this.waitForOperation(cluster.operationId!);
    return this.openCluster(wish.name);
  }

  /** A cluster that is ready, as a thing to do faults to. */
  async openCluster(name: string): Promise<LabCluster> {
    const url = await this.ask('POST', `/fleet/clusters/${name}/connection/url`, ConnectionUrl);
    const connection = await this.ask('GET', `/fleet/clusters/${name}/connection`, Connection);
    return new LabCluster(
      this,
      await this.getCluster(name),
      new URL(url.url.replace(/@[^/]*/, '@h')),
      connection,
    );
  }

  async getCluster(name: string): Promise<Cluster> {
    return this.ask('GET', `/fleet/clusters/${name}`, Cluster);
  }

  /** Waits until an operation ended well; throws its reason and its log when it did not. */
  async waitForOperation(id: string, timeoutSeconds = 240): Promise<Operation> {
    const began = Date.now();
    let operation: Operation | undefined;
    while (Date.now() < began + patient(timeoutSeconds) * 1000) {
      // The server may be down for a moment: some scenarios do that to it.
      operation = await this.ask('GET', `/platform/operations/${id}`, Operation).catch((error: unknown) => {
        if (error instanceof ApiRefusal) throw error;
        return operation;
      });
      if (operation?.state === 'succeeded') return operation;
      if (operation?.state === 'failed' || operation?.state === 'cancelled') break;
      await sleep(100);
    }
    const said = (await this.logOf(id)).map((l) => `${l.at} ${l.step} ${l.level}: ${l.text.en}`).join('\n');
    throw new Error(
      `the operation ${operation?.kind ?? id} is ${operation?.state ?? '?'} at ${operation?.step ?? '?'}: ${operation?.reason?.en ?? ''}\n${said}`,
    );
  }

  /** What an operation has said. */
  logOf(id: string): Promise<OperationLogLine[]> {
    return this.ask('GET', `/platform/operations/${id}/log`, z.array(OperationLogLine));
  }

  /** Starts a command that answers with an operation, and waits for it. */
  async operate(method: Method, path: string, body?: object): Promise<Operation> {
    const { operationId } = await this.ask(method, path, z.object({ operationId: z.string() }), body);
    return this.waitForOperation(operationId);
  }

  /** Removes a cluster with its data, at once. */
  async deleteCluster(name: string): Promise<void> {
    await this.operate('DELETE', `/fleet/clusters/${name}`, { confirm: name, graceHours: 0 });
  }

  /** Loses all that Elepherd knows, its keys and its backups with it, and sets a new one up in its place; the hosts go on. */
  async loseEverything(): Promise<void> {
    for (const name of Array.from(this.#programs.keys())) await this.kill(name);
    for (const name of await readdir(this.home))
      if (!/^(?:log|postgres|run)/.test(name))
        await rm(join(this.home, name), { recursive: true, force: true });
    // A URL with a socket for its host, which URL itself does not read.
    const name = /^\w+:\/\/[^/]*\/([^?]+)\?/.exec(this.databaseUrl)?.[1] ?? '';
    const client = new pg.Client({ connectionString: this.databaseUrl.replace(`/${name}?`, '/postgres?') });
    await client.connect();
    try {
      await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`);
      await client.query(`create database ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
    await migrate(this.databaseUrl);
    await makeFirstOwner(this.#env);
    await Promise.all([this.start('server'), this.start('worker')]);
  }

  /** Runs a scheduled job now. */
  async runJob(name: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    await client.query('select graphile_worker.add_job($1)', [name]).finally(() => client.end());
  }

  /** Ends everything and leaves nothing. Prints the programs' errors, which would be gone otherwise. */
  async destroy(): Promise<void> {
    // Each kill takes its program out of the map.
    for (const name of Array.from(this.#programs.keys())) {
      await this.kill(name, 'SIGKILL');
      const log = await readFile(join(this.home, 'log', `${name}.log`), 'utf8').catch(() => '');
      for (const line of log.split('\n').filter((l) => !l.startsWith('{') || /"level":[56]0/.test(l))) {
        if (line !== '') console.log(`${name}: ${line.slice(0, 1000)}`);
      }
    }
    await this.lab.destroy();
    await this.#postgres.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    await until('the server does not answer', 60, async () => {
      const ready = await fetch(`${this.url}/api/health/ready`).then(
        (r) => r.ok,
        () => false,
      );
      return ready && existsSync(join(this.home, homeFiles.adminToken));
    });
    this.#token = (await readFile(join(this.home, homeFiles.adminToken), 'utf8')).trim();
  }
}

/** Boots a lab of so many hosts (lab-1, lab-2 …) and an Elepherd beside it, and enrols them all. `durable` keeps its own database as safe as `npm start` does; `diskBytes` gives each host a disk of its own that can be filled. */
export async function startElepherd(options: {
  name: string;
  hosts: number;
  durable?: boolean;
  /** More settings of its programs. */
  env?: Record<string, string>;
  diskBytes?: number;
  /** Folder of this machine → where every host sees it: storage they share. */
  sharedFolders?: Record<string, string>;
}): Promise<LabElepherd> {
  const started = Date.now();
  const port = await freePair();
  const home = await mkdtemp(join(tmpdir(), 'elepherd-lab-'));
  await chmod(home, 0o755);
  await mkdir(join(home, 'log'));
  const hosts = Array.from({ length: options.hosts }, (_, at) => `lab-${String(at + 1)}`);
  // Two runs on one machine must not meet.
  const name = `${options.name}-${process.pid.toString(36)}`;
  const [booted, database] = await Promise.allSettled([
    createLab({
      name,
      hosts,
      expose: { [port + 1]: port + 1 },
      ...(options.diskBytes === undefined ? {} : { diskBytes: options.diskBytes }),
      ...(options.sharedFolders === undefined ? {} : { sharedFolders: options.sharedFolders }),
    }),
    startEmbeddedPostgres({ home, log: () => {}, durable: false, runtimeFolder }),
  ]);
  if (booted.status === 'rejected' || database.status === 'rejected') {
    if (booted.status === 'fulfilled') await booted.value.destroy();
    if (database.status === 'fulfilled') await database.value.stop();
    await rm(home, { recursive: true, force: true });
    throw booted.status === 'rejected' ? booted.reason : (database as PromiseRejectedResult).reason;
  }
  const [lab, postgres] = [booted.value, database.value];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: postgres.url,
    ELEPHERD_HOME: home,
    PORT: String(port),
    AGENT_PORT: String(port + 1),
    AGENT_HOST: '127.0.0.1',
    RATE_SIGNED_IN: '0',
    RATE_ANONYMOUS: '0',
    ...options.env,
  };
  delete env['VITEST'];
  delete env['NODE_OPTIONS'];
  const elepherd = new LabElepherd(lab, home, env, postgres);
  try {
    await migrate(postgres.url);
    await makeFirstOwner(env);
    await Promise.all([elepherd.start('server'), elepherd.start('worker')]);
    await elepherd.enrol();
    console.log(
      `lab ${options.name}: ${String(lab.hosts.length)} hosts enrolled after ${seconds(started)} s`,
    );
    return elepherd;
  } catch (error) {
    await elepherd.destroy();
    throw error;
  }
}

/** As `npm start` does: without an owner there is nobody for whom the administrator's token could speak. */
async function makeFirstOwner(env: NodeJS.ProcessEnv): Promise<void> {
  await promisify(execFile)(process.execPath, [join(mainFolder, 'sign-in-link.ts')], { env });
}

/** Seconds since a time, for people. */
export const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1);

/** Looks until the answer is true; throws after so many seconds of a quiet machine, with the last answer when it is a text. */
export async function until(
  what: string,
  timeoutSeconds: number,
  look: () => Promise<boolean | string>,
  everyMs = 100,
): Promise<void> {
  const began = Date.now();
  let seen: boolean | string = false;
  while (Date.now() < began + patient(timeoutSeconds) * 1000) {
    seen = await look();
    if (seen === true) return;
    await sleep(everyMs);
  }
  throw new Error(`${what} after ${seconds(began)} s: ${String(seen)}`);
}

async function freePair(): Promise<number> {
  const pairs = Math.floor((ports.to - ports.from) / 2);
  for (let at = 0; at < pairs; at += 1) {
    // The pair is taken some time after it was looked at: two runs that begin together begin at different ones.
    const port = ports.from + 2 * ((process.pid + at) % pairs);
    try {
      await checkPort(port, '127.0.0.1', 'PORT');
      await checkPort(port + 1, '127.0.0.1', 'AGENT_PORT');
      return port;
    } catch {
      // Somebody else's; the next pair.
    }
  }
  throw new Error(`no two free ports between ${String(ports.from)} and ${String(ports.to)}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
