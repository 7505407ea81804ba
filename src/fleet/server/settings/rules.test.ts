import { expect, test } from 'vitest';
import { inUnit, lowersSharedMemory, refusalOf, settingRows, type PgSetting } from './rules.ts';

const row = (change: Partial<PgSetting>): PgSetting => ({
  name: 'work_mem',
  setting: '4096',
  unit: 'kB',
  vartype: 'integer',
  context: 'user',
  short_desc: 'Sets the maximum memory to be used for query workspaces.',
  min_val: '64',
  max_val: '2147483647',
  enumvals: null,
  pending_restart: 'f',
  ...change,
});

test('reads a number in the unit of the setting', () => {
  expect(inUnit('64MB', 'kB')).toBe(65536);
  expect(inUnit('16GB', '8kB')).toBe(2097152);
  expect(inUnit('5min', 's')).toBe(300);
  expect(inUnit('1s', 'ms')).toBe(1000);
  expect(inUnit('100', null)).toBe(100);
  expect(inUnit('5min', 'kB')).toBeUndefined();
  expect(inUnit('lots', 'kB')).toBeUndefined();
});

test('takes what PostgreSQL would take, and says why it would not', () => {
  expect(refusalOf('work_mem', '64MB', row({}))).toBeUndefined();
  expect(refusalOf('work_mem', '1kB', row({}))?.en).toContain('between 64 and 2147483647');
  expect(refusalOf('work_mem', 'much', row({}))?.en).toContain('a number');
  expect(refusalOf('fsync', 'off', row({ name: 'fsync' }))?.en).toContain('belongs to Elepherd');
  expect(refusalOf('wrok_mem', '1MB', undefined)?.en).toContain('knows no setting wrok_mem');
  expect(refusalOf('auto_explain.log_min_duration', '1s', undefined)).toBeUndefined();
  const choice = row({ name: 'wal_compression', vartype: 'enum', enumvals: 'pglz,lz4,on,off', unit: null });
  expect(refusalOf('wal_compression', 'brotli', choice)?.en).toContain('pglz, lz4, on, off');
  expect(refusalOf('jit', 'maybe', row({ name: 'jit', vartype: 'bool' }))?.en).toContain('on, off');
});

test('knows when the primary must be restarted before its replicas', () => {
  expect(lowersSharedMemory({ max_connections: '200' }, { max_connections: '100' })).toBe(true);
  expect(lowersSharedMemory({ max_connections: '100' }, { max_connections: '200' })).toBe(false);
  expect(lowersSharedMemory({ work_mem: '64MB' }, { work_mem: '4MB' })).toBe(false);
});

test('says of each row who chose it and why, and hides what people must not touch', () => {
  const reason = { en: 'Because.', 'zh-CN': '因为。' };
  const derived = [{ name: 'work_mem', value: '16MB', reason }];
  const rows = [row({}), row({ name: 'port' }), row({ name: 'jit', setting: 'on', pending_restart: 't' })];
  expect(settingRows(rows, derived, {})).toMatchObject([
    { name: 'work_mem', value: '16MB', source: 'derived', running: '4096', reason },
    { name: 'jit', value: 'on', source: 'default', needsRestart: true },
  ]);
  expect(settingRows(rows, derived, { work_mem: '8MB' })[0]).toMatchObject({
    value: '8MB',
    source: 'person',
    reason: null,
  });
});
