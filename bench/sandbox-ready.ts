/**
 * npm run bench -- sandbox-ready [runs]
 * A sandbox from the order to its first answer, with walls, limits and password, beside the floor: the same template copied to the
 * same place by `cp -a`, the same `postgres` with the same settings spawned directly, asked every two milliseconds. The runs take
 * turns; then the same through the API of a server with a real agent (`sandbox-ready/api-…`), which is what a person waits for.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '#src/fleet/agent/programs.ts';
import { PostgresLine } from '#src/fleet/agent/sandboxes/postgres-line.ts';
import { postgresArguments } from '#src/fleet/agent/sandboxes/postgres-settings.ts';
import { Sandboxes } from '#src/fleet/agent/sandboxes/sandboxes.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { findPrograms, superuser, Template, templateFolder } from '#src/fleet/agent/sandboxes/templates.ts';
import { defaultSandboxLimits as limits, MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import { newPassword, noTemplate } from '#src/fleet/server/sandboxes/rules.ts';
import { page } from '#src/platform/contract/pages.ts';
import { startElepherd, type Elepherd } from './support/elepherd.ts';
import { percentile, print, rounded } from './support/figures.ts';

const runs = Number(process.argv[2] ?? 30);
const pgVersion = [18, 17, 16, 15, 14, 13].find((major) => findPrograms(major)) ?? 0;
const { name, digest } = noTemplate;
const template = { name, digest };
const { verifier } = newPassword();

type Place = 'disk' | 'memory';
const places: readonly Place[] = ['disk', 'memory'];
const floors = {} as Record<Place, number[]>;
const folder = await mkdtemp(join(tmpdir(), 'elepherd-bench-'));
const all = await Sandboxes.open(folder);
const { user } = all.means;
try {
  await all.prepareTemplate({ pgVersion, template, initSql: '', extensions: [] });
  const prepared = templateFolder(all.means, pgVersion, template);
  const { password } = Template.parse(JSON.parse(await readFile(join(prepared, 'template.json'), 'utf8')));
  for (const place of places) {
    const ours: number[] = [];
    const peer: number[] = [];
    for (let turn = 0; turn <= runs; turn += 1) {
      const times = [
        await makeOurs(place === 'memory'),
        await copyAndStart(join(prepared, 'data'), password, place),
      ] as const;
      // The first of each warms the caches.
      if (turn === 0) continue;
      ours.push(times[0]);
      peer.push(times[1]);
    }
    floors[place] = peer;
    compare(`sandbox-ready/${place}`, ours, peer);
  }
} finally {
  await all.close();
  await rm(folder, { recursive: true, force: true });
}

await throughApi();

function compare(figure: string, ours: readonly number[], peer: readonly number[]): void {
  print({
    name: figure,
    ours: percentile(ours, 95),
    peer: percentile(peer, 95),
    unit: 'ms',
    barRatio: 1.25,
    // Whatever a copy takes here, nobody waits longer than this.
    bar: 1000,
    runs,
    note: `p95; p50 ${rounded(percentile(ours, 50))} beside ${rounded(percentile(peer, 50))}`,
  });
}

/** The whole way of a request: permission, quota, certificate, task, agent, answer. Its peer is the floor measured just before. */
async function throughApi(): Promise<void> {
  const elepherd = await startElepherd();
  const agent = spawn(process.execPath, [join(import.meta.dirname, '../src/main/agent.ts'), 'local'], {
    env: { ...process.env, ELEPHERD_HOME: elepherd.home },
    stdio: 'ignore',
  });
  try {
    await until(async () => {
      const { items } = page(Host).parse(await ask(elepherd, 'GET', '/api/fleet/hosts'));
      return items.some((host) => host.online && host.facts !== null);
    });
    for (const place of places) {
      const wish = { minutes: 5, memoryBacked: place === 'memory', pgVersion, reach: 'host-only' };
      const ours: number[] = [];
      for (let turn = 0; turn <= runs; turn += 1) {
        const began = performance.now();
        const made = MadeSandbox.parse(await ask(elepherd, 'POST', '/api/fleet/sandboxes', wish));
        const tookMs = performance.now() - began;
        const path = `/api/fleet/sandboxes/${made.id}`;
        // The very first waits for its template.
        await until(async () => MadeSandbox.parse(await ask(elepherd, 'GET', path)).state === 'ready');
        if (turn > 0) ours.push(tookMs);
        await ask(elepherd, 'DELETE', path);
        await sleep(200);
      }
      compare(`sandbox-ready/api-${place}`, ours, floors[place]);
    }
  } finally {
    await sleep(500);
    agent.kill('SIGTERM');
    await once(agent, 'exit');
    await elepherd.stop();
  }
}

async function ask({ url, token }: Elepherd, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isSo());) {
    if (Date.now() > end) throw new Error('not so after a minute');
    await sleep(50);
  }
}

async function makeOurs(memoryBacked: boolean): Promise<number> {
  const id = randomUUID();
  const began = performance.now();
  const answer = await all.start({
    id,
    pgVersion,
    template,
    memoryBacked,
    address: null,
    passwordVerifier: verifier,
    tls: null,
    limits,
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  });
  const tookMs = performance.now() - began;
  if (answer.result !== 'ready') throw new Error(`no sandbox: ${answer.what}`);
  await all.destroy(id);
  return tookMs;
}

/** The floor: no walls, no limits, no password, nobody who watches. */
async function copyAndStart(data: string, password: string, place: Place): Promise<number> {
  const box = await mkdtemp(join(place === 'memory' ? '/dev/shm' : folder, 'peer-'));
  const socketFolder = join(box, 'run');
  await mkdir(socketFolder);
  if (user) for (const path of [box, socketFolder]) await chown(path, user.uid, user.gid);
  const [program = '', ...args] = postgresArguments({
    program: join(findPrograms(pgVersion) ?? '', 'postgres'),
    data: join(box, 'data'),
    socketFolder,
    pgVersion,
    limits,
    preload: [],
    walls: false,
  });
  const began = performance.now();
  const copied = await run(['cp', '-a', data, join(box, 'data')]);
  if (copied.code !== 0) throw new Error(copied.stderr);
  const server = spawn(program, args, { stdio: 'ignore', cwd: '/', ...user });
  const way = {
    socketPath: join(socketFolder, '.s.PGSQL.5432'),
    user: superuser,
    password,
    database: 'postgres',
  };
  let line: PostgresLine | undefined;
  while (!line) {
    line = await PostgresLine.open(way).catch(() => undefined);
    if (!line) await sleep(2);
  }
  await line.query('select 1');
  const tookMs = performance.now() - began;
  line.close();
  server.kill('SIGQUIT');
  await once(server, 'exit');
  await rm(box, { recursive: true, force: true });
  return tookMs;
}
