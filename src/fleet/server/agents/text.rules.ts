/**
 * A body of an agent with texts that PostgreSQL can keep: NUL characters and halves of characters become `�`. A program's
 * output may hold them, and one host's words must never stand in the way of what others say in the same statement.
 */
export function keepable(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(keepable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [clean(name), keepable(part)]));
}

const clean = (text: string) => text.replaceAll('\u0000', '\ufffd').toWellFormed();

/** True when a JSON text may hold what `keepable` replaces: such characters can stand there only as escapes. */
export const needsCleaning = (json: string) => /\\u(?:0000|d[89a-f])/i.test(json);
