import { sql } from 'kysely';
import { ownedSettings } from '#src/fleet/server/clusters/sizing.rules.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Db } from '#src/platform/server/db.ts';
import { refusalOf, settingsScript, type PgSetting } from './rules.ts';

/**
 * Why settings for a cluster that does not stand yet cannot be taken, as far as Elepherd's own PostgreSQL knows them; undefined
 * when they can. One that it does not know may belong to another version: then the new server says what it thinks of it.
 */
export async function checkSettings(
  db: Db,
  settings: Readonly<Record<string, string>>,
): Promise<Text | undefined> {
  const wished = Object.entries(settings);
  if (wished.length === 0) return undefined;
  const { rows } = await sql.raw<PgSetting>(settingsScript).execute(db);
  const known = new Map(rows.map((row) => [row.name, row]));
  for (const [name, value] of wished) {
    const row = known.get(name);
    const refusal = refusalOf(name, value, row);
    if (refusal && (row || ownedSettings.has(name))) return refusal;
  }
  return undefined;
}
