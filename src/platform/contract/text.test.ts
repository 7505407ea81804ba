import { expect, test } from 'vitest';
import { line, prose } from './text.ts';

test('no text that a person typed turns the direction of what stands beside it', () => {
  expect(prose(20).parse('user\u202etxt.exe\n\u2066x\u2069')).toBe('usertxt.exe\nx');
  expect(prose(20).safeParse('a\u0000b').success).toBe(false);
  expect(line(20).safeParse('user\u202etxt.exe').success).toBe(false);
});
