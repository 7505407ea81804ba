import { expect, test } from 'vitest';
import { backupEverySeconds, cronWords } from './schedule.ts';

test('cron lines are said as people say them', () => {
  expect(cronWords('0 1 * * 0')).toEqual({ en: 'Sunday at 01:00', 'zh-CN': '每周日 01:00 ' });
  expect(cronWords('30 2 * * 1-6').en).toBe('Monday to Saturday at 02:30');
  expect(cronWords('30 2 * * 1-6')['zh-CN']).toBe('每周一至周六 02:30 ');
  expect(cronWords('0 3 * * 2,4').en).toBe('Tuesday, Thursday at 03:00');
  expect(cronWords('5 0 * * *').en).toBe('daily at 00:05');
  expect(cronWords('0 */6 * * *').en).toBe('every 6 hours');
  expect(cronWords('0 1 1,15 * *').en).toBe('on day 1, 15 of the month at 01:00');
  expect(cronWords('*/7 1 3 2 4').en).toBe('by cron */7 1 3 2 4');
});

test('a schedule knows how long it leaves between two backups', () => {
  const day = 86_400;
  const of = (full: string, diff: string | null = null, incr: string | null = null) =>
    backupEverySeconds({ full, diff, incr, timeZone: 'UTC' });
  expect(of('0 1 * * 0', '0 1 * * 1-6')).toBe(day);
  expect(of('0 1 * * 0')).toBe(7 * day);
  expect(of('0 1 * * 0', '0 1 * * 3')).toBe(4 * day);
  expect(of('0 1 1 * *')).toBe(31 * day);
  expect(of('0 1 * * 0', null, '0 */6 * * *')).toBe(6 * 3600);
});
