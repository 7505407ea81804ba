import type { z } from 'zod';
import type { Db } from '#src/platform/server/db.ts';

/** What the community decided for itself under a name, or what the code has while it decided nothing. */
export async function findSetting<T extends z.ZodType>(
  db: Db,
  name: string,
  schema: T,
): Promise<z.output<T>> {
  const row = await db
    .selectFrom('community.setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return schema.parse(row?.value ?? {});
}

const keptMs = 5000;
const kept = new Map<string, { until: number; value: unknown }>();

/** The same, at most five seconds old: for what a page shows, not for what a command decides. */
export async function recallSetting<T extends z.ZodType>(
  db: Db,
  name: string,
  schema: T,
): Promise<z.output<T>> {
  const known = kept.get(name);
  if (known && known.until > Date.now()) return known.value as z.output<T>;
  const value = await findSetting(db, name, schema);
  kept.set(name, { until: Date.now() + keptMs, value });
  return value;
}
