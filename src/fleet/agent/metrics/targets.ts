import { existsSync, readdirSync } from 'node:fs';
import { findText } from '../files.ts';
import { parsePatroniFile } from '../observe-servers.ts';
import type { KnownService } from '../services/service-keeper.ts';
import { ProbeBook } from './probe-book.ts';
import {
  askQuestion,
  databasesSql,
  serverQuestions,
  settingFigure,
  settingsSql,
  sizeQuestion,
  tableQuestion,
  versionSql,
  type Question,
} from './postgres-probes.ts';
import { PsqlLine } from './psql-line.ts';
import {
  askPooler,
  certificateFigure,
  etcdNames,
  fetchPage,
  linesOf,
  patroniNames,
  readTls,
} from './scrapes.ts';
import { labelsOf, type Sheet } from './sheet.ts';
import { Statements } from './statements.ts';

/** Something on this host that is measured. */
export interface Target {
  readonly job: string;
  /** The cluster it belongs to. */
  readonly scope: string;
  /** Measures what is due. Never throws. */
  collect(sheet: Sheet): Promise<void>;
  /** What takes longer and is looked at less often, apart from the rounds; answers texts of statements not told before. */
  visit?(sheet: Sheet): Promise<{ queryId: string; text: string }[]>;
  forgetTexts?(ids: readonly string[]): void;
  close(): void;
}

const round = { everySeconds: 15, timeoutSeconds: 4 };
/** A question waits for those before it; each has its own limit in PostgreSQL, and one that exceeds it is ended there. */
const answerSeconds = 8;
const visitSeconds = 60;
const sizesSeconds = 600;

/** The target of a service, from the files it was started with; undefined when there is nothing to measure or a file is missing. */
export async function targetOf(service: KnownService): Promise<Target | undefined> {
  const scope = service.name.replace(/^[a-z]+-/, '');
  const file = service.args.findLast((arg) => /\.(?:yml|ini)$/.test(arg));
  const content = file === undefined ? undefined : await findText(file);
  if (content === undefined) return undefined;
  if (service.program === 'patroni') {
    const { port } = parsePatroniFile(content);
    const postgres = parsePostgres(content);
    const parts: Target[] = [];
    if (port !== null) parts.push(new PatroniTarget(scope, port));
    if (postgres) parts.push(new PostgresTarget(scope, postgres));
    return parts.length === 0 ? undefined : together(scope, parts);
  }
  if (service.program === 'pgbouncer') {
    const setting = (name: string) => new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(content)?.[1];
    const port = Number(setting('listen_port'));
    const socketDirectory = setting('unix_socket_dir');
    return port > 0 && socketDirectory ? new PoolerTarget(scope, socketDirectory, port) : undefined;
  }
  if (service.program === 'etcd') {
    const port = Number(/^listen-client-urls:\s*["']?\S*?:(\d+)["']?\s*$/m.exec(content)?.[1]);
    return port > 0 ? new EtcdTarget(scope, port) : undefined;
  }
  return undefined;
}

/** One service may be two targets; they do not wait for one another. */
function together(scope: string, parts: readonly Target[]): Target {
  const visited = parts.find((part) => part.visit);
  return {
    job: parts.map((part) => part.job).join(),
    scope,
    collect: async (sheet) => void (await Promise.all(parts.map((part) => part.collect(sheet)))),
    ...(visited
      ? {
          visit: (sheet: Sheet) => visited.visit!(sheet),
          forgetTexts: (ids: readonly string[]) => visited.forgetTexts?.(ids),
        }
      : {}),
    close: () => parts.forEach((part) => part.close()),
  };
}

export type PostgresPlace = { psql: string; socketDirectory: string; port: number };

/** Where the PostgreSQL of a Patroni file of ours listens. */
export function parsePostgres(yaml: string): PostgresPlace | undefined {
  const section = /^postgresql:\n((?:[ \t]+.*\n?)*)/m.exec(yaml)?.[1] ?? '';
  const value = (name: string) =>
    new RegExp(`^\\s+${name}:\\s*["']?([^"'\\n]+?)["']?\\s*$`, 'm').exec(section)?.[1];
  const port = Number(/:(\d+)$/.exec(value('listen') ?? '')?.[1]);
  const bin = value('bin_dir');
  const socketDirectory = value('unix_socket_directories')?.split(',')[0]?.trim();
  if (!(port > 0) || !bin || !socketDirectory) return undefined;
  return { psql: `${bin}/psql`, socketDirectory, port };
}

/** A PostgreSQL over its socket: one session for the rounds, and one that goes through its databases once a minute. */
export class PostgresTarget implements Target {
  readonly job = 'postgres';
  readonly scope: string;
  readonly #line: PsqlLine;
  readonly #visitor: PsqlLine;
  readonly #book: ProbeBook;
  readonly #visits: ProbeBook;
  readonly #statements = new Statements();
  #questions: { version: number; list: Question[] } | undefined;

  constructor(scope: string, place: PostgresPlace, clock?: () => number) {
    this.scope = scope;
    this.#book = new ProbeBook('postgres', clock);
    this.#visits = new ProbeBook('postgres', clock);
    // A session in somebody's database would keep it from being dropped or copied.
    this.#line = new PsqlLine({ ...place, database: 'postgres' });
    this.#visitor = new PsqlLine({ ...place, database: 'postgres' });
  }

  async collect(sheet: Sheet): Promise<void> {
    let isReplica = false;
    const isUp = await this.#book.probe(sheet, { ...round, name: 'version' }, async (found) => {
      const [major, version, replica] = (await this.#line.query(versionSql, 3, 'probe_version'))[0] ?? [];
      const number = Number(major);
      isReplica = replica === '1';
      if (this.#questions?.version !== number)
        this.#questions = { version: number, list: serverQuestions(number) };
      const short = version?.split(' ')[0] ?? '';
      found.add('pg_static', 1, labelsOf({ short_version: short, version: `PostgreSQL ${version ?? ''}` }));
    });
    sheet.add('up', isUp ? 1 : 0, 'job="postgres"');
    sheet.add('pg_up', isUp ? 1 : 0);
    if (!isUp) return;
    // Asked all at once, answered one behind the other; one that hangs costs those behind it its own time.
    const questions = (this.#questions?.list ?? []).filter(({ only }) => only !== 'replica' || isReplica);
    const works = questions.map((question) =>
      this.#book.probe(sheet, { ...question, timeoutSeconds: answerSeconds }, (found) =>
        askQuestion(this.#line, question, found),
      ),
    );
    const settings = { name: 'settings', everySeconds: 120, timeoutSeconds: answerSeconds };
    works.push(
      this.#book.probe(sheet, settings, async (found) => {
        for (const row of await this.#line.query(settingsSql, 2, 'probe_settings')) {
          const figure = settingFigure(row);
          if (figure) found.add(figure.name, figure.value);
        }
      }),
    );
    await Promise.all(works);
  }

  async visit(sheet: Sheet): Promise<{ queryId: string; text: string }[]> {
    let texts: { queryId: string; text: string }[] | undefined;
    const line = this.#visitor;
    let at = 'postgres';
    try {
      const databases = (await line.query(databasesSql, 3)).map(([name]) => name!);
      for (const database of databases) {
        const tables = { name: `tables ${database}`, everySeconds: visitSeconds, timeoutSeconds: 10 };
        const isOpen = await this.#visits.probe(sheet, tables, async (found) => {
          if (database !== at) await line.connect((at = database), 3);
          await askQuestion(line, tableQuestion, found);
        });
        if (!isOpen) continue;
        const sizes = { name: `sizes ${database}`, everySeconds: sizesSeconds, timeoutSeconds: 15 };
        await this.#visits.probe(sheet, sizes, async (found) => {
          await line.query('reset role', 3);
          await askQuestion(line, sizeQuestion, found).finally(() => line.query('set role pg_monitor', 3));
        });
        const schema = texts === undefined ? await this.#statements.findSchema(line, 3) : undefined;
        if (schema === undefined) continue;
        const statements = { name: 'statements', everySeconds: visitSeconds, timeoutSeconds: 10 };
        await this.#visits.probe(sheet, statements, async (found) => {
          texts = await this.#statements.look(line, schema, found, 5);
        });
      }
    } catch {
      // The rounds say that it does not answer.
    }
    // Nobody's database is kept from being dropped or copied between two visits.
    if (at !== 'postgres') await line.connect('postgres', 3).catch(() => {});
    return texts ?? [];
  }

  forgetTexts(ids: readonly string[]): void {
    this.#statements.forgetTexts(ids);
  }

  close(): void {
    this.#line.close();
    this.#visitor.close();
  }
}

class PatroniTarget implements Target {
  readonly job = 'patroni';
  readonly scope: string;
  readonly #port: number;
  readonly #book = new ProbeBook('patroni');

  constructor(scope: string, port: number) {
    this.scope = scope;
    this.#port = port;
  }

  async collect(sheet: Sheet): Promise<void> {
    const directory = `/etc/patroni/${this.scope}`;
    const isUp = await this.#book.probe(sheet, { ...round, name: 'metrics' }, async (found) => {
      const ca = await findText(`${directory}/ca.crt`);
      const tls = ca === undefined ? undefined : { ca };
      const page = await fetchPage({ port: this.#port, path: '/metrics', tls, seconds: 3 });
      found.addLines(linesOf(page, patroniNames));
    });
    sheet.add('up', isUp ? 1 : 0, 'job="patroni"');
    const ends = { name: 'certificates', everySeconds: 120, timeoutSeconds: 3 };
    await this.#book.probe(sheet, ends, (found) => {
      certificateFigure(found, 'member', `${directory}/server.crt`);
      certificateFigure(found, 'authority', `${directory}/ca.crt`);
    });
  }

  close(): void {}
}

class EtcdTarget implements Target {
  readonly job = 'etcd';
  readonly scope: string;
  readonly #port: number;
  readonly #book = new ProbeBook('etcd');

  constructor(scope: string, port: number) {
    this.scope = scope;
    this.#port = port;
  }

  async collect(sheet: Sheet): Promise<void> {
    const isUp = await this.#book.probe(sheet, { ...round, name: 'metrics' }, async (found) => {
      const tls = await readTls(`/etc/etcd/${this.scope}`);
      found.addLines(
        linesOf(await fetchPage({ port: this.#port, path: '/metrics', tls, seconds: 3 }), etcdNames),
      );
    });
    sheet.add('up', isUp ? 1 : 0, 'job="etcd"');
  }

  close(): void {}
}

function newestPsql(): string {
  const root = '/usr/lib/postgresql';
  const majors = existsSync(root) ? readdirSync(root).map(Number).filter(Boolean) : [];
  return `${root}/${Math.max(0, ...majors)}/bin/psql`;
}

class PoolerTarget implements Target {
  readonly job = 'pgbouncer';
  readonly scope: string;
  readonly #line: PsqlLine;
  readonly #book = new ProbeBook('pgbouncer');

  constructor(scope: string, socketDirectory: string, port: number) {
    this.scope = scope;
    this.#line = new PsqlLine({
      psql: newestPsql(),
      socketDirectory,
      port,
      database: 'pgbouncer',
      user: 'pgbouncer',
    });
  }

  async collect(sheet: Sheet): Promise<void> {
    const isUp = await this.#book.probe(sheet, { ...round, name: 'console' }, (found) =>
      askPooler(this.#line, found, 2),
    );
    sheet.add('up', isUp ? 1 : 0, 'job="pgbouncer"');
    if (!isUp) sheet.add('pgbouncer_up', 0);
  }

  close(): void {
    this.#line.close();
  }
}
