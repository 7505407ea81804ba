import { expect, test } from 'vitest';
import { cutColumns, displayWidth, harmless, padColumns } from './display-width.ts';

test('counts columns as a terminal does', () => {
  expect(displayWidth('orders')).toBe(6);
  expect(displayWidth('集群')).toBe(4);
  expect(displayWidth('主库（sync）')).toBe(12);
  expect(displayWidth('ﾊﾝ')).toBe(2);
  expect(displayWidth('한글')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(displayWidth('🐘')).toBe(2);
  expect(displayWidth('👩‍👩‍👧')).toBe(2);
  expect(displayWidth('❤️')).toBe(2);
  expect(displayWidth('✓●·…')).toBe(4);
  expect(displayWidth('\u200b')).toBe(0);
});

test('pads and cuts by columns, never inside a character', () => {
  expect(padColumns('集群', 6)).toBe('集群  ');
  expect(padColumns('集群', 6, 'left')).toBe('  集群');
  expect(cutColumns('创建集群', 5)).toBe('创建…');
  expect(cutColumns('创建集群', 8)).toBe('创建集群');
  for (let columns = 1; columns < 10; columns++) {
    expect(displayWidth(cutColumns('a集b群c', columns))).toBeLessThanOrEqual(columns);
  }
});

test('takes the teeth out of control characters', () => {
  expect(harmless('a\u001b[2Jb\rc\u202ed\u009be\nf\tg')).toBe('a�[2Jb�c�d�e\nf\tg');
});
