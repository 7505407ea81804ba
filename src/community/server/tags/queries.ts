import type { Db } from '#src/platform/server/db.ts';

/** The tag that a name means, by itself or as a synonym; undefined when there is none. */
export async function findTag(
  db: Db,
  name: string,
): Promise<{ id: number; name: string; about: string; isReserved: boolean; postCount: number } | undefined> {
  return db
    .selectFrom('community.tag as t')
    .select(['t.id', 't.name', 't.about', 't.is_reserved as isReserved', 't.post_count as postCount'])
    .where((eb) =>
      eb.or([
        eb('t.name', '=', name),
        eb(
          't.id',
          'in',
          eb.selectFrom('community.tag_synonym as s').select('s.tag_id').where('s.name', '=', name),
        ),
      ]),
    )
    .orderBy((eb) => eb('t.name', '=', name), 'desc')
    .executeTakeFirst();
}
