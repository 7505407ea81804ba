import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceItem } from '#src/fleet/contract/incidents.ts';
import { listGuarded } from '../guardian/guarded-servers.ts';
import { plainEnv, run } from '../programs.ts';
import { hasSystemd } from '../services/systemd-keeper.ts';
import { askPatroniRest } from '../tasks/patroni-rest.ts';
import type { TaskHandler } from '../tasks/task-context.ts';

const itemCharacters = 60_000;
const timeoutSeconds = 8;

/** What a log must not carry away: passwords in statements and in URLs. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/(password\s*[=:]?\s*)(?:E?'(?:[^']|'')*'|"[^"]*"|[^\s'",;)]+)/gi, '$1•••')
    .replaceAll(/(:\/\/[^\s:/@]+:)[^\s@]+@/g, '$1•••@')
    .replaceAll(/SCRAM-SHA-256\$[^\s'"]+/g, 'SCRAM-SHA-256$•••');
}

/** The end of a text, whole lines. */
function endOf(text: string): string {
  if (text.length <= itemCharacters) return text;
  const cut = text.slice(-itemCharacters);
  return `…\n${cut.slice(cut.indexOf('\n') + 1)}`;
}

/** Takes down what this host and a cluster's server on it look like now. Each source has its own time; one that is silent is left out. */
export const takeEvidence: TaskHandler<'take-evidence'> = async (input, { services }) => {
  const { scope, pgVersion, patroniPort } = input;
  const items: EvidenceItem[] = [];
  const keep = (name: string, text: string) => {
    if (text.trim() !== '') items.push({ name, text: endOf(withoutSecrets(text)) });
  };
  const ask = async (name: string, argv: string[]) => {
    const said = await run(argv, { timeoutSeconds, env: plainEnv, outputBytes: 1024 * 1024 });
    if (said.timedOut) keep(name, `(no answer within ${timeoutSeconds} s)`);
    else keep(name, `${said.stdout}${said.code === 127 ? '' : said.stderr}`);
  };
  const patroni = async (path: string) => {
    const answer = await askPatroniRest({
      name: scope,
      port: patroniPort,
      method: 'GET',
      path,
      timeoutSeconds: 3,
    }).catch(() => undefined);
    if (answer !== undefined) keep(`Patroni ${path}`, JSON.stringify(answer.body, undefined, 2));
  };
  const words = async (service: string) =>
    keep(`log of ${service}`, (await services.lastWords(service, 400).catch(() => [])).join('\n'));
  const server = (await listGuarded(services)).find((one) => one.name === `patroni-${scope}`);
  await Promise.all([
    words(`patroni-${scope}`),
    words(`etcd-${scope}`),
    patroni('/patroni'),
    patroni('/cluster'),
    patroni('/history'),
    ask('df', ['df', '--human-readable']),
    ask('memory', ['cat', '/proc/meminfo', '/proc/loadavg']),
    ask('postgres processes', ['ps', '-o', 'pid,ppid,etime,stat,rss,args', '-u', 'postgres']),
    hasSystemd()
      ? ask('kernel', ['journalctl', '--dmesg', '--no-pager', '--quiet', '--lines=200', '--output=short-iso'])
      : ask('kernel', ['dmesg', '--time-format=iso']),
    ...(server === undefined ? [] : [ofData(server.dataDirectory, pgVersion, ask)]),
  ]);
  items.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { items: items.slice(0, 30) };
};

async function ofData(
  directory: string,
  pgVersion: number,
  ask: (name: string, argv: string[]) => Promise<void>,
): Promise<void> {
  await Promise.all([
    ask('pg_controldata', [join('/usr/lib/postgresql', String(pgVersion), 'bin/pg_controldata'), directory]),
    ask('pg_wal', ['du', '--summarize', '--human-readable', join(directory, 'pg_wal')]),
    ask('postgresql.auto.conf', ['cat', join(directory, 'postgresql.auto.conf')]),
  ]);
  const log = join(directory, 'log');
  if (!existsSync(log)) return;
  const newest = (await readdir(log))
    .filter((name) => name.endsWith('.log'))
    .sort()
    .at(-1);
  if (newest !== undefined) await ask('log of PostgreSQL', ['tail', '--bytes=60000', join(log, newest)]);
}
