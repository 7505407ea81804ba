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
/** A new session may take this much longer than a query in one that stands. */
const openSeconds = 3;

type Place = { psql: string; socketDirectory: string; port: number; database: string; user: string };
type Item = {
  /** A query, or the database to go on in. */
  what: { sql: string; name: string | undefined } | { database: string };
  seconds: number;
  resolve: (rows: Values[]) => void;
  reject: (error: Error) => void;
};

/**
 * One session held open over the local socket: a psql that lives on and is fed through its standard input. It is psql, and
 * not the protocol spoken by the agent itself, because the socket knows its peer by the user of the process: the agent is
 * root, and PostgreSQL lets in `postgres`. Inside, the session is a member of `pg_monitor` and nothing more, and reads only.
 * Queries are sent one behind the other without waiting; one without an answer in time ends the session, and those behind it
 * are asked anew in another.
 */
export class PsqlLine {
  readonly #place: Place;
  #items: Item[] = [];
  /** How many of them were sent in this session. */
  #sent = 0;
  #child: ChildProcess | undefined;
  #mark = '';
  #out = '';
  #complaint = '';
  #limitSeconds = 0;
  readonly #prepared = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isNew = true;
  #isSending = false;
  #isClosed = false;

  constructor(place: Omit<Place, 'user'> & { user?: string }) {
    this.#place = { user: 'postgres', ...place };
  }

  /** Rows of one query, as texts. With a name it is planned once and then only run: the same name is always the same query. */
  query(sql: string, seconds: number, name?: string): Promise<Values[]> {
    return this.#add({ sql, name }, seconds);
  }

  /** Goes on in another database of the same server. */
  async connect(database: string, seconds: number): Promise<void> {
    await this.#add({ database }, seconds);
  }

  /** Ends the session for good: whoever goes on asking, because a look was under way, opens no other. */
  close(): void {
    this.#isClosed = true;
    const items = this.#items;
    this.#items = [];
    this.#end();
    for (const { reject } of items) reject(new LineBroken('the session was closed'));
  }

  #add(what: Item['what'], seconds: number): Promise<Values[]> {
    if (this.#isClosed) return Promise.reject(new LineBroken('the session was closed'));
    return new Promise((resolve, reject) => {
      this.#items.push({ what, seconds, resolve, reject });
      if (this.#isSending) return;
      this.#isSending = true;
      // Together with what is asked in the same moment: one wake of psql instead of twenty.
      queueMicrotask(() => {
        this.#isSending = false;
        this.#send();
      });
    });
  }

  get #isPooler(): boolean {
    return this.#place.database === 'pgbouncer';
  }

  #send(): void {
    const wanted = this.#items.slice(this.#sent);
    if (wanted.length === 0) return;
    let text = '';
    if (!this.#child) {
      const why = this.#open();
      if (why !== undefined) return this.#break(new LineBroken(why), true);
      text = this.#isPooler ? '' : setUp;
    }
    for (const { what, seconds } of wanted) text += this.#commandsOf(what, seconds);
    if (this.#sent === 0) this.#watch();
    this.#sent = this.#items.length;
    this.#child?.stdin?.write(text);
  }

  #commandsOf(what: Item['what'], seconds: number): string {
    const end = `\\echo s${this.#mark} :SQLSTATE :LAST_ERROR_MESSAGE\n\\echo e${this.#mark}\n`;
    if ('database' in what) {
      this.#prepared.clear();
      this.#limitSeconds = 0;
      return `\\connect ${quoted(what.database)}\n${setUp}${end}`;
    }
    let text = '';
    if (!this.#isPooler && this.#limitSeconds !== seconds) {
      text += `set statement_timeout = ${Math.round(seconds * 1000)};\n`;
      this.#limitSeconds = seconds;
    }
    const { sql, name } = what;
    if (name === undefined) return `${text}${sql};\n${end}`;
    if (!this.#prepared.has(name)) text += `prepare ${name} as ${sql};\n`;
    this.#prepared.add(name);
    return `${text}execute ${name};\n${end}`;
  }

  /** Gives the first of those that wait its time. */
  #watch(): void {
    clearTimeout(this.#timer);
    const first = this.#items[0];
    if (!first) return;
    const seconds = first.seconds + (this.#isNew ? openSeconds : 0.5);
    this.#timer = setTimeout(
      () => this.#break(new LineBroken(`no answer within ${first.seconds} s`), false),
      seconds * 1000,
    );
  }

  /** Starts the psql; answers why it cannot. */
  #open(): string | undefined {
    const { psql, socketDirectory, port, database, user } = this.#place;
    if (!existsSync(psql)) return `${psql} is missing`;
    const as = process.getuid?.() === 0 ? findUser('postgres') : undefined;
    this.#mark = randomBytes(9).toString('base64url');
    this.#prepared.clear();
    this.#limitSeconds = 0;
    this.#out = '';
    this.#complaint = '';
    this.#isNew = true;
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
      if (this.#child === child) this.#break(new LineBroken(why), true);
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
      this.#complaint = (this.#complaint + chunk).slice(-1000);
    });
    // Nothing waits for the agent to end but the agent itself.
    child.unref();
    return undefined;
  }

  #read(chunk: string): void {
    this.#out += chunk;
    const end = `e${this.#mark}\n`;
    for (let at = this.#out.indexOf(end); at >= 0; at = this.#out.indexOf(end)) {
      const answer = this.#out.slice(0, at);
      this.#out = this.#out.slice(at + end.length);
      this.#isNew = false;
      const item = this.#items.shift();
      this.#sent--;
      this.#watch();
      if (item) this.#settle(item, answer);
    }
    if (this.#out.length > answerBytesAtMost) this.#break(new LineBroken('the answer is too long'), false);
  }

  #settle({ resolve, reject }: Item, answer: string): void {
    const state = `s${this.#mark} `;
    const at = answer.lastIndexOf(state);
    const said = answer.slice(at + state.length).trim();
    const sqlstate = said.slice(0, 5);
    // An old psql, or PgBouncer, tells no state.
    if (sqlstate !== '00000' && !said.startsWith(':SQLSTATE')) {
      return reject(new QueryRefused(`${said.slice(6, 306)} (SQLSTATE ${sqlstate})`));
    }
    const rows = answer.slice(0, at).replace(/\n$/, '');
    if (rows === '') return resolve([]);
    resolve(
      rows
        .split(`r${this.#mark}`)
        .map((row) =>
          row.split(`f${this.#mark}`).map((value) => (value === `n${this.#mark}` ? null : value)),
        ),
    );
  }

  /** Ends the session and fails the first that waits, or all; the others are asked anew. */
  #break(error: Error, all: boolean): void {
    this.#end();
    const failed = this.#items.splice(0, all ? this.#items.length : 1);
    for (const { reject } of failed) reject(error);
    this.#send();
  }

  #end(): void {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    this.#sent = 0;
    // A session in an uninterruptible wait does not even die; nobody waits for it.
    child?.kill('SIGKILL');
    child?.stdout?.destroy();
    child?.stderr?.destroy();
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
  '',
].join('\n');

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
