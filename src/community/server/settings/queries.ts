import type { z } from 'zod';
import type { Db } from '#src/platform/server/db.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { recallFigures } from '#src/platform/server/recall-figures.ts';

const selectSetting = prepareQuery((db: Db, { name }: { name: string }) =>
  db.selectFrom('community.setting').select('value').where('name', '=', name),
);

/** What the community decided for itself under a name, or what the code has while it decided nothing. */
export async function findSetting<T extends z.ZodType>(
  db: Db,
  name: string,
  schema: T,
): Promise<z.output<T>> {
  const [row] = await selectSetting(db, { name });
  return schema.parse(row?.value ?? {});
}

/** The same, as it was a moment ago: for what a page shows, not for what a command decides. */
export const recallSetting = <T extends z.ZodType>(db: Db, name: string, schema: T): Promise<z.output<T>> =>
  recallFigures(db, `community setting ${name}`, async (on) => findSetting(on, name, schema));
