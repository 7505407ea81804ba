import { sql } from 'kysely';
import { ModerationSettings } from '#src/community/contract/moderation.ts';
import type { Db } from '#src/platform/server/db.ts';
import { findSetting } from '../settings/queries.ts';
import type { WordRule } from './text.rules.ts';

/** What this community decided about moderation, over the defaults. */
export async function readSettings(db: Db): Promise<ModerationSettings> {
  return findSetting(db, 'moderation', ModerationSettings);
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

/** What its member may appeal against. */
export const appealable = ['decline', 'hide', 'suspend', 'silence', 'decline-edit', 'takedown', 'set-trust'];

/** Names of a member's writings that wait, oldest first, at most a hundred; undefined when there is no such member. */
export async function listWaitingOf(db: Db, handle: string): Promise<string[] | undefined> {
  const member = await db
    .selectFrom('community.member')
    .select('id')
    .where('handle', '=', handle)
    .executeTakeFirst();
  if (!member) return undefined;
  const { rows } = await sql<{ name: string }>`
    select name from (
      select 'post:' || id as name, created_at from community.post where author_id = ${member.id} and state = 'pending'
      union all
      select 'comment:' || id, created_at from community.comment where author_id = ${member.id} and state = 'pending') w
    order by created_at limit 100`.execute(db);
  return rows.map(({ name }) => name);
}
