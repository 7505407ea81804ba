import { z } from 'zod';

// oxlint-disable-next-line no-control-regex -- control characters are what is refused here
const control = /[\u0000-\u001f\u007f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** A single line a person typed: trimmed, no control or direction-changing characters, at most `max` characters. */
export const line = (max: number) =>
  z.string().trim().min(1).max(max).refine(isOneLine, 'must be one line without control characters');

/** True for a text of one line without control or direction-changing characters. */
export const isOneLine = (value: string) => !control.test(value);

/** What turns the direction of what follows: words would show otherwise than they are, and so would those beside them. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** Several lines a person typed, at most `max` characters. Signs that change the direction are left out. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .overwrite((value) => value.replace(turning, ''))
    .refine((value) => !value.includes('\u0000'), 'must not contain the NUL character');

/** A lower-case name used in paths, units and SQL: letters, digits and dashes, 3 to 40 characters. */
export const slug = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/,
    'must be 3 to 40 lower-case letters, digits or dashes, starting with a letter',
  );

export const email = z.email().max(254).toLowerCase();

/** A secret a person typed; never trimmed, never logged. */
export const password = z.string().min(12).max(200);
