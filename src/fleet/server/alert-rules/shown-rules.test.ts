import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ShippedKey } from '#src/fleet/contract/shipped-alerts.text.ts';
import { hasEngine } from '#tests/support/alert-engine.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { canScratch } from '#tests/support/scratch-server.ts';
import { shippedRules } from './shipped.rules.ts';

const root = join(import.meta.dirname, '../../../..');
const conditions = 'src/fleet/server/alert-rules/real-conditions.test.ts';
const histories = 'src/fleet/server/alert-rules/shipped.rules.test.ts';
const lab = 'tests/lab/alerts.test.ts';
const telling = 'src/fleet/server/alerts/telling.test.ts';
const channels = 'src/fleet/server/alert-channels/channels.test.ts';
const dumps = 'src/fleet/server/logical-backups/logical-backups.test.ts';

/** Where each shipped rule is seen to be raised by its real trouble. The rules are those of the title of a test in that file. */
const shownIn: Record<ShippedKey, string> = {
  'disk-full-soon': conditions,
  'disk-nearly-full': conditions,
  'disk-inodes': conditions,
  'disk-read-only': conditions,
  'wal-full-soon': conditions,
  'wal-oversized': conditions,
  'slot-inactive': conditions,
  'slot-lost': conditions,
  'archive-failing': conditions,
  'archive-backlog': conditions,
  'archive-stale': conditions,
  'backup-stale': lab,
  'backup-missing': lab,
  'backup-failed': lab,
  'drill-failed': telling,
  'drill-old': telling,
  'logical-backup-failed': dumps,
  'replication-lag-bytes': conditions,
  'replication-lag-seconds': conditions,
  'replica-not-streaming': conditions,
  'cluster-without-leader': lab,
  'failover-happened': lab,
  'postgres-down': conditions,
  'part-down': lab,
  'member-without-data': lab,
  'host-silent': lab,
  'probe-failing': conditions,
  'figures-dropped': conditions,
  'cluster-paused': lab,
  'restart-pending': lab,
  'etcd-space': lab,
  'connections-high': conditions,
  'long-transaction': conditions,
  'idle-in-transaction': conditions,
  'lock-queue': conditions,
  deadlocks: conditions,
  'pool-waiting': lab,
  'server-panic': conditions,
  'checksum-failures': conditions,
  wraparound: conditions,
  'wraparound-near': conditions,
  'checkpoint-storm': conditions,
  'clock-skew': lab,
  'certificate-expiring': conditions,
  'memory-low': conditions,
  'oom-kill': conditions,
  'cpu-busy': conditions,
  'engine-silent': telling,
  'operation-overdue': telling,
  'request-failed': telling,
  'channel-failing': channels,
};

const Listed = z.array(z.object({ name: z.string(), file: z.string() }));
// What cannot run here is not listed, and so says nothing.
const why = whyNoLab() ?? (hasEngine && canScratch ? undefined : 'its programs are not installed');

describe.skipIf(why !== undefined)('every shipped rule', () => {
  /** Titles of the tests that would run, by file. */
  const titles = new Map<string, string[]>();
  beforeAll(async () => {
    const files = [...new Set([...Object.values(shownIn), histories])];
    const folder = await mkdtemp(join(tmpdir(), 'elepherd-titles-'));
    try {
      const list = join(folder, 'list.json');
      const argv = [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'list',
        '--no-staticParse',
        `--json=${list}`,
        ...files,
      ];
      const { VITEST: _, ...env } = process.env;
      await promisify(execFile)(process.execPath, argv, { cwd: root, env });
      for (const { name, file } of Listed.parse(JSON.parse(await readFile(list, 'utf8'))))
        titles.set(file, [...(titles.get(file) ?? []), name.split(' > ').at(-1) ?? '']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  const titlesOf = (file: string) => titles.get(join(root, file)) ?? [];

  test.each(Object.entries(shownIn))('%s is raised by its real trouble in %s', async (rule, file) => {
    // «a, b: …» or «a is raised …».
    const named = (title: string) => title.split(/:| is raised /)[0]?.split(', ') ?? [];
    expect(titlesOf(file).flatMap(named)).toContain(rule);
    expect(await readFile(join(root, file), 'utf8')).toMatch(new RegExp(`\\b${rule}\\b`));
  });

  test.each(Object.keys(shownIn) as ShippedKey[])('%s is seen to stay quiet', (rule) => {
    const isQuiet = (title: string) =>
      title.startsWith(`${rule} stays quiet: `) ||
      (/ quiet/.test(title) && (title.split(':')[0] ?? '').split(', ').includes(rule));
    const where = shippedRules[rule].expression === null ? shownIn[rule] : histories;
    expect(titlesOf(where).filter(isQuiet)).not.toEqual([]);
  });
});
