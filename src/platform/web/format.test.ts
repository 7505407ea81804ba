import { expect, test } from 'vitest';
import { formatFor } from './format.ts';

const en = formatFor('en', 'UTC');
const zh = formatFor('zh-CN', 'Asia/Shanghai');

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [16 * 1024 ** 3, '16 GiB'],
  [123.4 * 1024 ** 2, '123 MiB'],
  [5000 * 1024 ** 5, '5,000 PiB'],
])('%d bytes read %s', (bytes, words) => {
  expect(en.bytes(bytes)).toBe(words);
});

test.each([
  [-3, '0s', '0秒'],
  [0.42, '0.4s', '0.4秒'],
  [75, '1m 15s', '1分钟 15秒'],
  [3600, '1h', '1小时'],
  [90_061, '1d 1h', '1天 1小时'],
])('%d seconds read %s and %s', (seconds, english, chinese) => {
  expect(en.duration(seconds)).toBe(english);
  expect(zh.duration(seconds)).toBe(chinese);
});

test('times stand in the zone of the reader', () => {
  expect(en.time('2026-11-22T23:30:00Z')).toBe('23:30:00');
  expect(zh.time('2026-11-22T23:30:00Z')).toBe('07:30:00');
  expect(zh.date('2026-11-22T23:30:00Z')).toContain('23日');
});

test('near times are told as distance, far ones as dates', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  expect(en.ago('2026-11-22T11:57:00Z', now)).toBe('3 min. ago');
  expect(zh.ago('2026-11-22T11:57:00Z', now)).toBe('3分钟前');
  expect(en.ago('2026-08-01T12:00:00Z', now)).toBe('Aug 1, 2026');
});

test('the formatters of a language and a zone are made once, and those of others are others', () => {
  expect(formatFor('en', 'Asia/Tokyo')).toBe(formatFor('en', 'Asia/Tokyo'));
  expect(formatFor('en', 'Asia/Tokyo')).not.toBe(formatFor('zh-CN', 'Asia/Tokyo'));
  const noon = '2026-11-29T12:00:00Z';
  expect(formatFor('en', 'Asia/Tokyo').time(noon)).not.toBe(formatFor('en', 'UTC').time(noon));
});
