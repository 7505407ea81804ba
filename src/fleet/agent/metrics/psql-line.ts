import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { findUser, plainEnv } from '../programs.ts';

/** A query that PostgreSQL refused; the session goes on. */
export class QueryRefused extends Error {
  override name = 'QueryRefused';
}
/** No answer in time, or the session broke: the next query opens another. */
export class LineBroken extends Error {
  override name = 'LineBroken';
}

export type Values = (string | null)[];

/** Bytes of one answer; nothing of ours is a tenth of it. */
const answerBytesAtMost = 16 * 1024 * 1024;

/**
 * One session held open over the local socket: a psql that lives on and is fed through its standard input. It is psql, and
 * not the protocol spoken by the agent itself, because the socket knows its peer by the user of the process: the agent is
 * root, and PostgreSQL lets in `postgres`. Inside, the session is a member of `pg_monitor` and nothing more, and reads only.
 * Queries wait for one another; one without an answer in time ends the session, so that the next has one that answers.
 */
export class PsqlLine {
  readonly #where: { psql: string; socketDirectory: string; port: number; database: string; user: string };
  readonly #prepared = new Map<string, string>();
  #child: ChildProcess | undefined;
  #mark = '';
  #limitSeconds = 0;
  #out = '';
  #complaint = '';
  #answer:
    | { done: (text: string, sqlstate: string, words: string) => void; fail: (error: Error) => void }
    | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(where: {
    psql: string;
    socketDirectory: string;
    port: number;
    database: string;
    user?: string;
  }) {
    this.#where = { user: 'postgres', ...where };
  }

  /** Rows of one query, as texts. With a name it is planned once and then only run. */
  query(sql: string, seconds: number, name?: string): Promise<Values[]> {
    const mine = this.#queue.then(
      () => this.#run(sql, seconds, name),
      () => this.#run(sql, seconds, name),
    );
    this.#queue = mine;
    return mine;
  }

  /** Goes on in another database of the same server. */
  async connect(database: string, seconds: number): Promise<void> {
    const before = this.#queue;
    const mine = (async () => {
      await before.catch(() => {});
      this.#open();
      this.#prepared.clear();
      this.#limitSeconds = 0;
      await this.#exchange(`\\connect ${quoted(database)}\n${setUp}`, seconds);
    })();
    this.#queue = mine.catch(() => {});
    return mine;
  }

  close(): void {
    this.#break(new LineBroken('the session was closed'));
  }

  async #run(sql: string, seconds: number, name: string | undefined): Promise<Values[]> {
    if (!this.#child) {
      this.#open();
      await this.#exchange(this.#isPooler ? '' : setUp, Math.max(seconds, 3));
    }
    let command = `${sql};\n`;
    if (name !== undefined) {
      if (this.#prepared.get(name) !== sql) {
        await this.#exchange(`deallocate all;\n`, seconds).catch(() => {});
        this.#prepared.clear();
        await this.#exchange(`prepare ${name} as ${sql};\n`, seconds);
        this.#prepared.set(name, sql);
      }
      command = `execute ${name};\n`;
    }
    if (!this.#isPooler && this.#limitSeconds !== seconds) {
      command = `set statement_timeout = ${Math.round(seconds * 1000)};\n${command}`;
      this.#limitSeconds = seconds;
    }
    const text = await this.#exchange(command, seconds + 0.5);
    if (text === '') return [];
    return text
      .replace(/\n$/, '')
      .split(`r${this.#mark}`)
      .map((row) => row.split(`f${this.#mark}`).map((value) => (value === `n${this.#mark}` ? null : value)));
  }

  get #isPooler(): boolean {
    return this.#where.database === 'pgbouncer';
  }

  #open(): void {
    if (this.#child) return;
    const { psql, socketDirectory, port, database, user } = this.#where;
    if (!existsSync(psql)) throw new LineBroken(`${psql} is missing`);
    const as = process.getuid?.() === 0 ? findUser('postgres') : undefined;
    this.#mark = randomBytes(9).toString('base64url');
    this.#prepared.clear();
    this.#limitSeconds = 0;
    this.#out = '';
    this.#complaint = '';
    // Separators that no value can hold: they are made for this session.
    const format = [
      '--no-psqlrc',
      '--quiet',
      '--no-align',
      // PgBouncer's columns differ between releases: there the first row names them.
      this.#isPooler ? '--pset=footer=off' : '--tuples-only',
      `--field-separator=f${this.#mark}`,
      `--record-separator=r${this.#mark}`,
      `--pset=null=n${this.#mark}`,
      '--file=-',
    ];
    const child = spawn(psql, format, {
      cwd: '/',
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...plainEnv,
        PGHOST: socketDirectory,
        PGPORT: String(port),
        PGUSER: user,
        PGDATABASE: database,
        PGAPPNAME: 'elepherd metrics',
        PGCLIENTENCODING: 'UTF8',
        PGCONNECT_TIMEOUT: '5',
        PSQL_HISTORY: '/dev/null',
      },
      ...(as ? { uid: as.uid, gid: as.gid } : {}),
    });
    this.#child = child;
    const over = (why: string) => {
      if (this.#child === child) this.#break(new LineBroken(why));
    };
    child.on('error', (error) => over(error.message));
    child.on('close', () => over(this.#complaint.trim().split('\n')[0] || 'the session has ended'));
    child.stdin.on('error', () => {});
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      if (this.#child === child) this.#read(chunk);
    });
    child.stderr.on('data', (chunk: string) => {
      this.#complaint = (this.#complaint + chunk).slice(-2000);
    });
    // Nothing waits for the agent to end but the agent itself.
    child.unref();
  }

  /** Sends commands, and answers all that was printed before the end of the last; throws when that one was refused. */
  #exchange(commands: string, seconds: number): Promise<string> {
    const child = this.#child;
    if (!child?.stdin) return Promise.reject(new LineBroken('there is no session'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#break(new LineBroken(`no answer within ${seconds} s`)),
        seconds * 1000,
      );
      const settle = () => {
        clearTimeout(timer);
        this.#answer = undefined;
      };
      this.#answer = {
        done: (text, sqlstate, words) => {
          settle();
          this.#complaint = '';
          if (sqlstate === '00000') resolve(text);
          else reject(new QueryRefused(`${words.slice(0, 300)} (SQLSTATE ${sqlstate})`));
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      };
      child.stdin!.write(`${commands}\\echo e${this.#mark} :SQLSTATE :LAST_ERROR_MESSAGE\n`);
    });
  }

  #read(chunk: string): void {
    this.#out += chunk;
    if (this.#out.length > answerBytesAtMost) return this.#break(new LineBroken('the answer is too long'));
    if (!this.#out.endsWith('\n')) return;
    const end = `e${this.#mark} `;
    const at = this.#out.lastIndexOf(end);
    if (at < 0) return;
    const text = this.#out.slice(0, at);
    const [sqlstate = '', ...words] = this.#out
      .slice(at + end.length)
      .trim()
      .split(' ');
    this.#out = '';
    this.#answer?.done(text, sqlstate === ':SQLSTATE' ? '00000' : sqlstate, words.join(' '));
  }

  #break(error: Error): void {
    const child = this.#child;
    this.#child = undefined;
    this.#prepared.clear();
    // A session in an uninterruptible wait does not even die; nobody waits for it.
    child?.kill('SIGKILL');
    child?.stdout?.destroy();
    child?.stderr?.destroy();
    this.#answer?.fail(error);
  }
}

/** Whoever we come in as, from here on it is a reader of figures: no table of anybody can be read or changed by what we run. */
const setUp = [
  'set role pg_monitor;',
  'set default_transaction_read_only = on;',
  "set search_path = '';",
  'set lock_timeout = 100;',
  'set client_min_messages = error;',
  'set jit = off;',
  // Waiting for a standby is for those who write.
  'set synchronous_commit = off;',
  '',
].join('\n');

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
