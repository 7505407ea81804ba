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
