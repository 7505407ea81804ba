import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCursor, writeCursor } from './pages.ts';

test('a marker comes back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 }), (values) => {
      const cursor = writeCursor(values);
      expect(cursor).toMatch(/^[\w-]*$/);
      expect(readCursor(cursor, values.length)).toEqual(values);
      expect(() => readCursor(cursor, values.length + 1)).toThrow('page marker');
    }),
  );
  expect(readCursor(undefined, 2)).toBe(undefined);
});

test('a marker that is not ours is refused, never a failure of ours', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((json) => Buffer.from(json).toString('base64url')),
      ),
      (text) => {
        try {
          const values = readCursor(text, 2);
          expect(values).toHaveLength(2);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid' });
        }
      },
    ),
  );
  expect(() => readCursor(Buffer.from('[{"a":1},2]').toString('base64url'), 2)).toThrow('page marker');
});
