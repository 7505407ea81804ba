import type { Db } from '#src/platform/server/db.ts';

/** Writes down what the community decided under a name, in the caller's transaction, which judges and audits. */
export async function keepSetting(db: Db, name: string, decided: object): Promise<void> {
  const value = JSON.stringify(decided);
  await db
    .insertInto('community.setting')
    .values({ name, value })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value, changed_at: new Date() }))
    .execute();
}
