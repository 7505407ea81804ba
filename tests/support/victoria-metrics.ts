import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMetricsStore, type MetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { prepareVictoriaMetrics } from '#src/platform/server/setup/victoria-metrics.ts';

export type TestStore = {
  url: string;
  store: MetricsStore;
  pid: number;
  flush(): Promise<void>;
  stop(): Promise<void>;
};

/** A VictoriaMetrics as `npm start` runs it, in a folder that goes with it; undefined where the program is not installed. */
export async function startVictoriaMetrics(): Promise<TestStore | undefined> {
  const home = await mkdtemp(join(tmpdir(), 'elepherd-metrics-'));
  await chmod(home, 0o755);
  const own = await prepareVictoriaMetrics({ home, METRICS_MONTHS: 13 });
  if (!own) {
    await rm(home, { recursive: true, force: true });
    return undefined;
  }
  const { file = '', args, env, as } = own.program;
  const child = spawn(file, [...args], { env, stdio: 'ignore', ...as });
  const store = openMetricsStore({ METRICS_URL: own.url, METRICS_WRITE_URL: undefined })!;
  // Makes what was written visible to queries.
  const flush = async () => {
    await fetch(`${store.readUrl}/internal/force_flush`, {
      headers: { authorization: store.authorization! },
    });
  };
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  for (let left = 200; left > 0; left--) {
    if ((await store.write('\n').catch((error: unknown) => error)) === undefined)
      return { url: own.url, store, pid: child.pid!, flush, stop };
    await sleep(50);
  }
  await stop();
  throw new Error('VictoriaMetrics did not start within ten seconds');
}
