import { expect, test } from 'vitest';
import { asWritten, checkValue, inOwnUnit, runsAsWished, withUnit } from './setting-value.ts';

const pages = { choices: null, minimum: '16', maximum: '1073741823', unit: '8kB' };

test('counts a size in the unit that PostgreSQL keeps it in', () => {
  expect(inOwnUnit('128MB', '8kB')).toBe(16_384);
  expect(inOwnUnit('1 GB', 'kB')).toBe(1_048_576);
  expect(inOwnUnit('5min', 's')).toBe(300);
  expect(inOwnUnit('250', 'ms')).toBe(250);
  expect(inOwnUnit('5min', 'kB')).toBeNull();
  expect(inOwnUnit('many', 'kB')).toBeNull();
});

test('says what is wrong with a value, and nothing about a good one', () => {
  expect(checkValue(pages, '128MB')).toBeNull();
  expect(checkValue(pages, '-1')).not.toBeNull();
  expect(checkValue(pages, '8kB')?.en).toContain('128kB');
  expect(checkValue(pages, 'lots')?.en).toContain('MB');
  expect(checkValue({ ...pages, unit: null }, 'lots')).not.toBeNull();
  expect(
    checkValue({ choices: ['on', 'off'], minimum: null, maximum: null, unit: null }, 'maybe')?.en,
  ).toContain('on, off');
  expect(checkValue({ choices: null, minimum: null, maximum: null, unit: null }, 'any words')).toBeNull();
  expect(
    checkValue({ choices: null, minimum: null, maximum: null, unit: null }, 'two\nlines'),
  ).not.toBeNull();
});

test('writes a bound the way people do', () => {
  expect(withUnit('16384', '8kB')).toBe('128MB');
  expect(withUnit('300', 's')).toBe('5min');
  expect(withUnit('-1', 's')).toBe('-1');
  expect(withUnit('262143', null)).toBe('262143');
});

test('knows the same value in two spellings', () => {
  const row = { value: '128MB', running: '16384', unit: '8kB', minimum: '16' };
  expect(runsAsWished(row)).toBe(true);
  expect(runsAsWished({ ...row, running: '16383' })).toBe(false);
  expect(runsAsWished({ ...row, value: 'lz4', running: 'pglz', minimum: null })).toBe(false);
  expect(runsAsWished({ ...row, running: null })).toBe(true);
  expect(asWritten(row, '16384')).toBe('128MB');
  expect(asWritten(row, '131072kB')).toBe('128MB');
  expect(asWritten(row, 'nonsense')).toBe('nonsense');
  expect(asWritten({ unit: null, minimum: null }, '16384')).toBe('16384');
});
