import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineArguments } from '#src/main/alert-engine.ts';
import { openMetricsStore, type MetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';

/** True where Debian's victoria-metrics, with vmalert in it, is installed. */
export const hasEngine = existsSync('/usr/bin/victoria-metrics') && existsSync('/usr/bin/vmalert');

export type TestStore = {
  store: MetricsStore;
  url: string;
  folder: string;
  pid: number;
  stop(): Promise<void>;
};

/** A real VictoriaMetrics of this test's own, in which what was written is seen at once. */
export async function startTestStore(): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'elepherd-metrics-'));
  const port = await freePort('127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const child = run('/usr/bin/victoria-metrics', [
    `-storageDataPath=${join(folder, 'data')}`,
    `-httpListenAddr=127.0.0.1:${port}`,
    '-retentionPeriod=12',
    '-search.latencyOffset=1s',
    '-memory.allowedPercent=10',
    '-loggerLevel=ERROR',
  ]);
  for (let tries = 0; ; tries++) {
    const ok = await fetch(`${url}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) break;
    if (tries > 200) throw new Error('VictoriaMetrics did not start');
    await sleep(50);
  }
  const store = openMetricsStore({ METRICS_URL: url, METRICS_WRITE_URL: undefined });
  if (!store) throw new Error('no store');
  return {
    store,
    url,
    folder,
    pid: child.pid ?? 0,
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Makes what was written visible to queries. */
export async function flush({ url }: TestStore): Promise<void> {
  await fetch(`${url}/internal/force_flush`);
}

/** A real vmalert, called as npm start calls it. */
export function startTestEngine(wish: {
  store: TestStore;
  folder: string;
  intakePort: number;
  token: string;
}): { pid: number; stop(): Promise<void> } {
  const { store, folder, intakePort, token } = wish;
  const child = run(
    '/usr/bin/vmalert',
    [
      ...engineArguments({ folder, readUrl: store.url, writeUrl: store.url, intakePort, resendSeconds: 2 }),
      '-evaluationInterval=1s',
    ],
    { notifier_bearerToken: token },
  );
  return { pid: child.pid ?? 0, stop: () => end(child) };
}

/** Lets vmalert judge a time that is over, as it would have then; its alerts are the series ALERTS of the store afterwards. */
export async function replay(wish: {
  store: TestStore;
  folder: string;
  fromSeconds: number;
  toSeconds: number;
}): Promise<void> {
  const { store, folder, fromSeconds, toSeconds } = wish;
  let said = '';
  const child = run('/usr/bin/vmalert', [
    `-rule=${join(folder, '*.yml')}`,
    `-datasource.url=${store.url}`,
    `-remoteWrite.url=${store.url}`,
    '-httpListenAddr=127.0.0.1:0',
    `-replay.timeFrom=${new Date(fromSeconds * 1000).toISOString()}`,
    `-replay.timeTo=${new Date(toSeconds * 1000).toISOString()}`,
    // The step of the judging, too, when it is about the past.
    '-datasource.queryStep=30s',
    // Whole: between two parts it forgets since when something holds.
    '-replay.maxDatapointsPerQuery=10000',
    '-replay.rulesDelay=1ms',
    '-replay.disableProgressBar',
    '-remoteWrite.flushInterval=100ms',
    '-loggerLevel=WARN',
  ]);
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`vmalert ended with ${code}: ${said.slice(-3000)}`);
  await flush(store);
}

/** A folder for rules. */
export async function rulesFolder({ folder }: TestStore, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  return path;
}

function run(file: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(file, args, {
    env: { PATH: '/usr/bin:/bin', ...env },
    stdio: ['ignore', 'ignore', process.env['ENGINE_LOG'] ? 'inherit' : 'pipe'],
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(hard);
}
