/**
 * npm run bench -- api-reads [seconds of each load]
 * Lists of 30 clusters with three members each, and of their operations, read over and over by sixteen connections that stay open from one
 * server process, beside the floor: the same queries through a pool of the same size behind bare node:http. Then the page of
 * clusters as a signed-in person gets it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type CreateKey, NewKey } from '#src/identity/contract/organisations.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { startElepherd } from './support/elepherd.ts';
import { cpuSeconds, print, rounded, say } from './support/figures.ts';
import { insertFleet } from './support/fleet.ts';
import { type LoadReport, runLoad } from './support/load.ts';
import { signIn } from './support/sign-in.ts';

const [seconds = 8] = process.argv.slice(2).map(Number);
const connections = 16;
const clusters = 30;

interface Measured extends LoadReport {
  cpuMilliseconds: number;
}

await ensureWebBuild((line) => say(line.en));
const elepherd = await startElepherd();
const plain = await startPlain(elepherd.databaseUrl);
try {
  await insertFleet(elepherd, clusters);
  const key = { authorization: `Bearer ${await makeKey()}` };
  for (const [what, path, plainPath] of [
    ['clusters', '/api/fleet/clusters?limit=50', '/clusters'],
    ['operations', '/api/platform/operations?limit=50', '/operations'],
  ] as const) {
    const ours = await measure(`${elepherd.url}${path}`, key, elepherd.pids.server);
    const peer = await measure(`${plain.url}${plainPath}`, {}, plain.pid);
    report(`api-reads/${what}`, ours, peer);
  }
  const cookie = await signIn(elepherd);
  const page = await measure(`${elepherd.url}/clusters`, { cookie }, elepherd.pids.server);
  report('api-reads/clusters-page', page);
} finally {
  plain.stop();
  await elepherd.stop();
}

/** A short load warms up what is compiled on use; the second counts. */
async function measure(url: string, headers: Record<string, string>, pid: number): Promise<Measured> {
  await runLoad({ url, headers, connections, seconds: Math.min(2, seconds) });
  const before = cpuSeconds(pid);
  const seen = await runLoad({ url, headers, connections, seconds });
  return { ...seen, cpuMilliseconds: ((cpuSeconds(pid) - before) * 1000) / seen.requests };
}

function report(name: string, ours: Measured, peer?: Measured): void {
  print({
    name: `${name}/cpu`,
    ours: ours.cpuMilliseconds,
    ...(peer && { peer: peer.cpuMilliseconds }),
    unit: 'ms',
    note: 'processor time of the server for one request',
  });
  print({
    name: `${name}/p50`,
    ours: ours.p50Milliseconds,
    ...(peer && { peer: peer.p50Milliseconds }),
    unit: 'ms',
    p99: rounded(ours.p99Milliseconds),
    ...(peer && { peerP99: rounded(peer.p99Milliseconds) }),
    requestsPerSecond: rounded(ours.requestsPerSecond),
    ...(peer && { peerRequestsPerSecond: rounded(peer.requestsPerSecond) }),
    connections,
  });
}

/** A key of the API: what programs use, and what is remembered for some seconds as sessions are. */
async function makeKey(): Promise<string> {
  const answer = await fetch(`${elepherd.url}/api/identity/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${elepherd.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', scopes: ['*'], daysValid: 1 } satisfies CreateKey),
  });
  if (!answer.ok) throw new Error(`no key: ${await answer.text()}`);
  return NewKey.parse(await answer.json()).token;
}

async function startPlain(databaseUrl: string): Promise<{ url: string; pid: number; stop: () => void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/plain-reads.ts')], {
    env: { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${port.toString().trim()}`,
    pid: child.pid ?? 0,
    stop: () => void child.kill(),
  };
}
