import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Happening } from '#src/fleet/contract/incidents.ts';
import { Sheet } from '../metrics/sheet.ts';
import { errorOf } from './error-class.ts';
import { ServerLogs } from './server-logs.ts';

const at = '2026-11-29 10:00:00.123 UTC [4711]';

test('errors are told by their SQLSTATE, by their words where a server writes none, and never taken for Patroni’s', () => {
  const classOf = (line: string) => errorOf(line)?.errorClass;
  expect(errorOf(`${at} 23505 app@app ERROR:  duplicate key value`)).toEqual({
    severity: 'ERROR',
    errorClass: 'constraint',
    words: 'duplicate key value',
  });
  expect(classOf(`${at} 28P01 app@app FATAL:  password authentication failed for user "app"`)).toBe(
    'sign-in',
  );
  expect(classOf(`${at} 40P01 app@app ERROR:  deadlock detected`)).toBe('conflict');
  expect(classOf(`${at} 42P01 app@app ERROR:  relation "x" does not exist`)).toBe('statement');
  expect(classOf(`${at} 42501 app@app ERROR:  permission denied for table t`)).toBe('permission');
  expect(classOf(`${at} 53300 app@app FATAL:  sorry, too many clients already`)).toBe('resources');
  expect(classOf(`${at} 57014 app@app ERROR:  canceling statement due to user request`)).toBe('cancelled');
  expect(classOf(`${at} XX001 app@app ERROR:  invalid page in block 3`)).toBe('corruption');
  expect(classOf(`${at} ERROR:  deadlock detected`)).toBe('conflict');
  expect(classOf(`${at} ERROR:  something new`)).toBe('unknown');
  expect(errorOf(`${at} 00000 LOG:  checkpoint complete`)).toBeUndefined();
  expect(errorOf('2026-11-29 10:00:00,123 ERROR: failed to update leader lock')).toBeUndefined();
  expect(
    errorOf('2026-11-29 10:00:00,123 INFO: no action. I am (a), the leader with the lock'),
  ).toBeUndefined();
});

test('a log is followed over a restart of the agent; errors are counted once, and a panic is told where people look', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'elepherd-logs-'));
  const log = join(folder, 'log');
  await appendFile(log, `${at} 23505 a@b ERROR:  before anybody looked\n`);
  const told: Omit<Happening, 'id' | 'at'>[] = [];
  const services = {
    list: () => [{ name: 'patroni-orders', program: 'patroni' }] as never,
    async wordsSince(_: string, place: string | undefined) {
      const text = await readFile(log, 'utf8');
      const from = Number(place ?? text.length);
      return { lines: text.slice(from).split('\n').filter(Boolean), place: String(text.length) };
    },
  };
  const figures = (logs: ServerLogs) => {
    const sheet = new Sheet();
    logs.figures('orders', sheet);
    return sheet.text;
  };
  const open = async () => {
    const logs = new ServerLogs(join(folder, 'places.json'), services, { note: (one) => told.push(one) });
    await logs.start();
    logs.stop();
    await logs.look();
    return logs;
  };
  try {
    const first = await open();
    expect(figures(first)).toContain('pg_log_messages_total{severity="PANIC"} 0');
    expect(figures(first)).toContain('pg_log_errors_total{error_class="constraint"} 0');
    await appendFile(log, `${at} 23505 a@b ERROR:  duplicate key\n${at} 42601 a@b ERROR:  syntax error\n`);
    await first.look();
    await first.look();
    expect(figures(first)).toContain('pg_log_messages_total{severity="ERROR"} 2');
    expect(figures(first)).toContain('pg_log_errors_total{error_class="constraint"} 1');
    await appendFile(
      log,
      `${at} XX000 PANIC:  could not write to file "pg_wal/xlogtemp.9": secret 'pin 4711'\n`,
    );
    const second = await open();
    expect(figures(second)).toContain('pg_log_messages_total{severity="PANIC"} 1');
    expect(figures(second)).toContain('pg_log_messages_total{severity="ERROR"} 0');
    expect(told).toMatchObject([{ kind: 'server', severity: 'critical', server: 'patroni-orders' }]);
    expect(told[0]?.text.en).toContain('panic');
    expect(told[0]?.text.en).not.toContain('4711');
  } finally {
    await rm(folder, { recursive: true });
  }
});
