import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import type { taskKinds, TaskOutput } from '#src/fleet/contract/tasks.ts';
import { findUser, lastWords, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from './task-context.ts';

type Script = z.output<(typeof taskKinds)['run-sql']['input']>;

/** psql found no server that would talk to it, or lost it: its exit code is 2 then. */
class NoConnection extends TaskFailure {}

/**
 * Runs a script as postgres over the local socket; a server that is only just being made is waited for as long as the task says.
 * Values travel on standard input as psql variables, never in an argument list.
 */
export const runSql: TaskHandler<'run-sql'> = async (input, { signal }) => {
  const until = Date.now() + input.awaitSeconds * 1000;
  const socket = join(input.socketDirectory, `.s.PGSQL.${input.port}`);
  for (;;) {
    while (Date.now() < until && !existsSync(socket)) await sleep(50, undefined, { signal });
    try {
      return await runScript(input);
    } catch (error) {
      if (!(error instanceof NoConnection) || Date.now() > until) throw error;
      await sleep(100, undefined, { signal });
    }
  }
};

/** The same for the agent's own wishes. */
export async function runScript(input: Omit<Script, 'awaitSeconds'>): Promise<TaskOutput<'run-sql'>> {
  // Debian's own psql is a wrapper in Perl; this is the program itself.
  const psql = join('/usr/lib/postgresql', String(input.pgVersion), 'bin', 'psql');
  if (!existsSync(psql)) throw new TaskFailure(agentText.noServerBinary(psql));
  const user = findUser('postgres');
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  const mark = randomBytes(16).toString('hex');
  const result = await run([psql, '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--file=-'], {
    input: `${psqlHeader(input.variables, mark)}${input.script}\n`,
    as: { uid: user.uid, gid: user.gid },
    env: {
      HOME: user.home,
      PGHOST: input.socketDirectory,
      PGPORT: String(input.port),
      PGUSER: 'postgres',
      PGDATABASE: input.database,
      PGAPPNAME: 'elepherd',
      PGCLIENTENCODING: 'UTF8',
      PGCONNECT_TIMEOUT: '10',
      PGOPTIONS: `-c statement_timeout=${input.timeoutSeconds * 1000}`,
    },
    timeoutSeconds: input.timeoutSeconds + 5,
    outputBytes: 8 * 1024 * 1024,
  });
  if (result.timedOut) throw new TaskFailure(agentText.sqlTooLong(input.timeoutSeconds));
  if (result.code !== 0)
    throw new (result.code === 2 ? NoConnection : TaskFailure)(
      agentText.sqlFailed(plainWords(lastWords(result, 4))),
    );
  return { rows: lastTable(result.stdout, mark) };
}

/**
 * What psql is told before a script: its variables, and how to print so that nothing is lost. Every separator carries a mark
 * made for this one run, which no value can hold; each table begins with a title of it, so that tables are told apart.
 */
export function psqlHeader(variables: Readonly<Record<string, string>>, mark: string): string {
  const lines = [
    '\\pset format unaligned',
    '\\pset footer off',
    `\\pset fieldsep 'f${mark}'`,
    `\\pset recordsep 'r${mark}'`,
    `\\pset null 'n${mark}'`,
    `\\pset title 't${mark}'`,
    ...Object.entries(variables).map(([name, value]) => `\\set ${name} ${psqlQuote(value)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** One argument of a psql meta-command: inside single quotes psql reads C escapes, so backslashes, quotes and line ends are written out. */
export function psqlQuote(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

/** The rows of the last table in what psql printed under that header. */
export function lastTable(printed: string, mark: string): Record<string, string | null>[] {
  const title = `t${mark}r${mark}`;
  const at = printed.lastIndexOf(title);
  if (at < 0) return [];
  const [names = [], ...rows] = printed
    .slice(at + title.length)
    .replace(/\n$/, '')
    .split(`r${mark}`)
    .map((record) => record.split(`f${mark}`));
  return rows.map((row) =>
    Object.fromEntries(names.map((name, i) => [name, row[i] === `n${mark}` ? null : (row[i] ?? null)])),
  );
}

/** The place in a script of ours means nothing to a person. */
const plainWords = (words: string) => words.replaceAll(/psql:<stdin>:\d+: /g, '');
