import { sql } from 'kysely';
import type { Draft, DraftSummary } from '#src/community/contract/drafts.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { OwnMember } from '../members/queries.ts';

/** What a member began and did not send; null when there is nothing. */
export async function findDraft(ctx: Context, member: OwnMember, target: string): Promise<Draft> {
  const row = await ctx.db
    .selectFrom('community.draft')
    .select(['fields', 'saved_at'])
    .where('member_id', '=', member.id)
    .where('target', '=', target)
    .executeTakeFirst();
  if (!row) return null;
  return { fields: row.fields as Record<string, string>, savedAt: row.saved_at.toISOString() };
}

/** Everything a member began and did not send, the last first. */
export async function listDrafts(ctx: Context, member: OwnMember): Promise<DraftSummary[]> {
  const rows = await ctx.db
    .selectFrom('community.draft as d')
    .leftJoin('community.post as p', (join) =>
      join.on(sql<boolean>`p.id = nullif(split_part(d.target, '-', 2), '')::bigint`),
    )
    .select(['d.target', 'd.saved_at', 'p.title as postTitle', 'p.kind as postKind'])
    .select(sql<string>`left(d.fields ->> 'title', 200)`.as('title'))
    .select(sql<string>`left(d.fields ->> 'markdown', 300)`.as('excerpt'))
    .where('d.member_id', '=', member.id)
    .orderBy('d.saved_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    target: row.target,
    postKind: row.target.startsWith('post-') ? row.postKind : null,
    title: row.title || (row.postTitle ?? ''),
    excerpt: (row.excerpt ?? '').replace(/\s+/g, ' '),
    savedAt: row.saved_at.toISOString(),
  }));
}
