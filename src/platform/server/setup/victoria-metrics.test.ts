import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { MetricsStoreProblem, openMetricsStore } from '../metrics/metrics-store.ts';
import { prepareVictoriaMetrics } from './victoria-metrics.ts';

const isThere = existsSync('/usr/bin/victoria-metrics');

test.skipIf(!isThere)(
  'keeps metrics behind a password that no argument list shows, and gives them back',
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'elepherd-metrics-'));
    await chmod(home, 0o755);
    const own = (await prepareVictoriaMetrics({ home, METRICS_MONTHS: 2 }))!;
    const password = new URL(own.url).password;
    expect(own.program.args.join(' ')).not.toContain(password);
    const child = spawn(own.program.file!, [...own.program.args], {
      env: own.program.env,
      stdio: 'ignore',
      ...own.program.as,
    });
    try {
      const store = openMetricsStore({ METRICS_URL: own.url, METRICS_WRITE_URL: undefined })!;
      const now = Math.floor(Date.now() / 1000) - 20;
      const text = [0, 5, 10].map((ago) => `pg_up{host="a"} ${ago} ${(now - ago) * 1000}`).join('\n');
      for (let left = 100; ; left--) {
        const problem = await store.write(text).catch((error: unknown) => error);
        if (problem === undefined) break;
        expect(problem).toBeInstanceOf(MetricsStoreProblem);
        if (left === 0) throw problem;
        await sleep(50);
      }
      const range = { promql: 'pg_up', fromSeconds: now - 10, toSeconds: now, stepSeconds: 5 };
      // A question without an answer is remembered for ten seconds: the first comes when there is one.
      await sleep(1500);
      for (let left = 60; (await store.queryRange(range)).length === 0 && left > 0; left--) await sleep(250);
      expect(await store.queryRange(range)).toEqual([
        {
          labels: { __name__: 'pg_up', host: 'a' },
          points: [
            [now - 10, 10],
            [now - 5, 5],
            [now, 0],
          ],
        },
      ]);
      expect(await store.federate('{host="a"}')).toContain('pg_up{host="a"} 0 ');
      await expect(store.query('not a query{')).rejects.toThrow(/refused with 422/);
      const open = openMetricsStore({ METRICS_URL: store.readUrl, METRICS_WRITE_URL: undefined })!;
      await expect(open.query('pg_up')).rejects.toThrow(/refused with 401/);
      // The same password after the next start.
      expect(new URL((await prepareVictoriaMetrics({ home, METRICS_MONTHS: 2 }))!.url).password).toBe(
        password,
      );
      expect(await readFile(`/proc/${child.pid}/cmdline`, 'utf8')).not.toContain(password);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(home, { recursive: true, force: true });
    }
  },
);
