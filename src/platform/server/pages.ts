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
    if (
      Array.isArray(values) &&
      values.length === size &&
      values.every((v) => typeof v === 'string' || typeof v === 'number')
    ) {
      return values as (string | number)[];
    }
  } catch {
    // Falls through to the refusal.
  }
  throw new AppError('invalid', platformText.cursorNotOurs);
}
