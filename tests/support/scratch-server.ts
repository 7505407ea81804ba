import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sheet } from '#src/fleet/agent/metrics/sheet.ts';
import { PostgresTarget } from '#src/fleet/agent/metrics/targets.ts';
import { findUser } from '#src/fleet/agent/programs.ts';

const root = '/usr/lib/postgresql';
const major = Math.max(0, ...(existsSync(root) ? readdirSync(root).map(Number).filter(Boolean) : []));
export const bin = `${root}/${major}/bin`;
const user = process.getuid?.() === 0 ? findUser('postgres') : undefined;
/** True where this machine has a PostgreSQL to start, and may start it as `postgres`. */
export const canScratch = existsSync(`${bin}/initdb`) && user !== undefined;

/** Runs a program of PostgreSQL, or any other, as postgres. */
export function asPostgres(cwd: string, argv: readonly string[], input = ''): string {
  const [program = '', ...args] = argv;
  return execFileSync(program, args, {
    cwd,
    input,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: cwd, LC_ALL: 'C.UTF-8' },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  }).toString();
}

/** A real PostgreSQL of a test's own in a folder of postgres, measured as an agent measures. */
export class ScratchServer {
  readonly folder: string;
  readonly name: string;
  readonly port: number;
  readonly data: string;
  readonly log: string;
  #now = 1_000_000;
  readonly #target: PostgresTarget;

  constructor(folder: string, name: string, port: number) {
    this.folder = folder;
    this.name = name;
    this.port = port;
    this.data = join(folder, name);
    this.log = join(folder, `${name}.log`);
    const place = { psql: `${bin}/psql`, socketDirectory: folder, port };
    this.#target = new PostgresTarget(name, place, () => this.#now);
  }

  init(settings: readonly string[] = []): void {
    const argv = [
      `${bin}/initdb`,
      `--pgdata=${this.data}`,
      '--auth=trust',
      '--username=postgres',
      '--no-sync',
    ];
    asPostgres(this.folder, [...argv, '--data-checksums']);
    this.configure(settings);
  }

  configure(settings: readonly string[]): void {
    const lines = [
      `unix_socket_directories = '${this.folder}'`,
      "listen_addresses = ''",
      `port = ${this.port}`,
      'fsync = off',
      "log_line_prefix = '%m [%p] %e %q%u@%d '",
      ...settings,
    ];
    writeFileSync(join(this.data, 'postgresql.conf'), `${lines.join('\n')}\n`);
  }

  start(): void {
    this.#control('--wait', 'start');
  }

  stop(mode: 'fast' | 'immediate' = 'fast'): void {
    if (existsSync(join(this.data, 'postmaster.pid'))) this.#control(`--mode=${mode}`, '--wait', 'stop');
  }

  #control(...args: string[]): void {
    asPostgres(this.folder, [`${bin}/pg_ctl`, `--pgdata=${this.data}`, `--log=${this.log}`, ...args]);
  }

  psql(sql: string, database = 'postgres'): string {
    const argv = [
      `${bin}/psql`,
      '-XqAt',
      '-v',
      'ON_ERROR_STOP=1',
      '-h',
      this.folder,
      '-p',
      String(this.port),
    ];
    return asPostgres(this.folder, [...argv, '-U', 'postgres', '-d', database, '-f', '-'], sql).trim();
  }

  /** Everything an agent would tell of it now: all probes are due. A session that ended with the server before is opened anew. */
  async measure(): Promise<string> {
    const first = await this.#look();
    const isThere = existsSync(join(this.data, 'postmaster.pid'));
    return first.includes('up{job="postgres"} 1') || !isThere ? first : this.#look();
  }

  async #look(): Promise<string> {
    this.#now += 3_600_000;
    const [round, visit] = [new Sheet(), new Sheet()];
    await this.#target.collect(round);
    await this.#target.visit(visit);
    return `${round.text}\n${visit.text}`;
  }

  close(): void {
    this.#target.close();
    this.stop('immediate');
  }
}
