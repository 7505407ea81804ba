/**
 * npm run bench -- alert-rules [servers] [seconds]
 * Every shipped rule judged twice a minute over a thousand servers, by the real vmalert over a real VictoriaMetrics: what both
 * take of one core, and how long one round of all expressions is, one after another.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineFile, ruleFile } from '#src/fleet/server/alert-rules/files.rules.ts';
import {
  flush,
  hasEngine,
  startTestEngine,
  startTestStore,
  type TestStore,
} from '#tests/support/alert-engine.ts';
import { shippedAlertCases } from '#tests/support/shipped-alert-cases.ts';
import { cpuSeconds, print, say } from './support/figures.ts';

const [servers = 1000, seconds = 90] = process.argv.slice(2).map(Number);
const stepSeconds = 15;
/** As far back as each figure is looked at; the pace of disks over hours. */
const backMinutes = 62;
const diskBackMinutes = 6 * 60;
const org = randomUUID();

if (!hasEngine) throw new Error('Install Debian’s victoria-metrics first: apt-get install victoria-metrics');
const store = await startTestStore();
const folder = await mkdtemp(join(tmpdir(), 'elepherd-rules-'));
let heard = 0;
const intake = createServer((request, response) => {
  request.resume().on('end', () => {
    heard++;
    response.end('{}');
  });
});
await new Promise<void>((resolve) => intake.listen(0, '127.0.0.1', () => resolve()));
try {
  const series = await fill(store);
  const text = ruleFile(org, [], []);
  const { groups } = JSON.parse(text) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  say(`${series} series of ${servers} servers, ${rules.length} rules`);
  await ask(rules);
  const started = Date.now();
  await ask(rules);
  const roundSeconds = (Date.now() - started) / 1000;
  print({
    name: 'alert-rules/round',
    ours: roundSeconds,
    unit: 's',
    bar: 30,
    servers,
    rules: rules.length,
    series,
  });

  await writeFile(join(folder, 'org.yml'), text);
  await writeFile(join(folder, 'engine.yml'), engineFile());
  const { port } = intake.address() as AddressInfo;
  const engine = startTestEngine({ store, folder, intakePort: port, token: 'bench' });
  // Groups begin spread over their half minute.
  await sleep(35_000);
  const pids = [store.pid, engine.pid];
  const before = pids.map(cpuSeconds);
  await sleep(seconds * 1000);
  const used = pids.map((pid, index) => cpuSeconds(pid) - before[index]!);
  await engine.stop();
  if (heard === 0) throw new Error('the judge said nothing: no rule was judged');
  print({
    name: 'alert-rules/cpu',
    ours: (100 * (used[0]! + used[1]!)) / seconds,
    unit: '% of a core',
    bar: 100,
    storePercent: (100 * used[0]!) / seconds,
    judgePercent: (100 * used[1]!) / seconds,
    servers,
    rules: rules.length,
    series,
  });
} finally {
  intake.close();
  intake.closeAllConnections();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
}

/** The quiet history of every rule on every server, up to the end of the bench; one server in a hundred has a nearly full disk. */
async function fill({ url }: TestStore): Promise<number> {
  const last = Math.ceil((Date.now() / 1000 + seconds + 240) / stepSeconds) * stepSeconds;
  const now = Date.now() / 1000;
  let series = 0;
  const seen = new Set<string>();
  const histories = Object.values(shippedAlertCases)
    .flatMap(({ quiet }) => Object.entries(quiet))
    .filter(([name]) => !seen.has(name) && seen.add(name));
  for (let server = 0; server < servers; server++) {
    const lines = histories.map(([name, course]) => {
      const [, metric = '', labels = ''] = /^(\w+)\{(.*)\}$/.exec(name) ?? [];
      const own = Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
      );
      const back = metric === 'node_filesystem_avail_bytes' ? diskBackMinutes : backMinutes;
      const values: number[] = [];
      const timestamps: number[] = [];
      for (let at = last - back * 60; at <= last; at += stepSeconds) {
        const value = course(Math.max(0, (now - at) / 60));
        if (value === null) continue;
        values.push(metric === 'node_filesystem_avail_bytes' && server % 100 === 0 ? 1024 ** 3 : value);
        timestamps.push(at * 1000);
      }
      const cluster = `c${Math.floor(server / 3)}`;
      const place = {
        org,
        host: `h${server}`,
        host_id: `h${server}`,
        cluster,
        cluster_id: cluster,
        member: `${cluster}-${server % 3}`,
      };
      return JSON.stringify({ metric: { __name__: metric, ...place, ...own }, values, timestamps });
    });
    series += lines.length;
    const answer = await fetch(`${url}/api/v1/import`, { method: 'POST', body: lines.join('\n') });
    if (!answer.ok) throw new Error(`the store refused: ${await answer.text()}`);
  }
  await flush(store);
  return series;
}

async function ask(rules: readonly { alert: string; expr: string }[]): Promise<void> {
  for (const { alert, expr } of rules) {
    const body = new URLSearchParams({ query: expr, step: '2m', 'extra_filters[]': `{org="${org}"}` });
    const answer = await fetch(`${store.url}/api/v1/query`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${alert}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}
