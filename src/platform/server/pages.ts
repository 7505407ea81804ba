import { platformText } from '../contract/platform.text.ts';
import { AppError } from './errors.ts';

/** Packs where a page ended into an opaque marker. */
export function writeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Unpacks a marker of `size` values; undefined when none was given, refused when it is not one of ours. */
export function readCursor(cursor: string | undefined, size: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === size && values.every(isKeepable)) {
      return values as (string | number)[];
    }
  } catch {
    // Falls through to the refusal.
  }
  throw new AppError('invalid', platformText.cursorNotOurs);
}

const isKeepable = (value: unknown) =>
  typeof value === 'number' ||
  (typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000'));

const timestamp = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Unpacks a marker made of a row's time, as PostgreSQL writes it, and its id; refused when it is anything else. */
export function readTimeCursor(cursor: string | undefined): [at: string, id: string] | undefined {
  const [at, id] = readCursor(cursor, 2) ?? [];
  if (at === undefined) return undefined;
  const isTime =
    timestamp.test(String(at)) &&
    !Number.isNaN(
      Date.parse(
        String(at)
          .replace(' ', 'T')
          .replace(/[+-]\d\d(:\d\d)?$/, 'Z'),
      ),
    );
  if (isTime && uuid.test(String(id))) return [String(at), String(id)];
  throw new AppError('invalid', platformText.cursorNotOurs);
}

/** Unpacks a marker that is a row's number; refused when it is anything else. */
export function readNumberCursor(cursor: string | undefined): number | undefined {
  const [number] = readCursor(cursor, 1) ?? [];
  if (number === undefined || Number.isSafeInteger(number)) return number as number | undefined;
  throw new AppError('invalid', platformText.cursorNotOurs);
}
