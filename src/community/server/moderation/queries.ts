import { ModerationSettings } from '#src/community/contract/moderation.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { WordRule } from './text.rules.ts';

/** What this community decided about moderation, over the defaults. */
export async function readSettings(db: Db): Promise<ModerationSettings> {
  const row = await db
    .selectFrom('community.setting')
    .select('value')
    .where('name', '=', 'moderation')
    .executeTakeFirst();
  return ModerationSettings.parse(row?.value ?? {});
}

/** Words and domains that staff decided about. */
export async function listWordRules(db: Db): Promise<WordRule[]> {
  const rows = await db
    .selectFrom('community.moderation_rule')
    .select(['kind', 'pattern', 'effect'])
    .orderBy('id')
    .execute();
  return rows as WordRule[];
}
