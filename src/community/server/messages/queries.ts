import { type SqlBool, sql } from 'kysely';
import type { Conversation, ConversationSummary } from '#src/community/contract/people.ts';
import { peopleText } from '#src/community/contract/people.text.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Page, PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { blocksBetween } from '../blocks/queries.ts';
import { cardColumns, cardOf, findMember } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { plainText } from '../search/plain-text.rules.ts';
import { mayWriteIn, shownState } from './rules.ts';

/** The member who reads; undefined for a person who never took part: reading makes nobody a member. Refuses API keys. */
async function findReader(ctx: Context) {
  requirePerson(ctx);
  return findMember(ctx.db, ctx.actor.id!);
}

/** A conversation by its number, as one of its two members has it; undefined for everybody else. */
export async function findConversation({ db }: Context, id: number, memberId: string) {
  return db
    .selectFrom('community.conversation')
    .select(['id', 'state', 'starter_id as starterId', 'other_id as otherId'])
    .where('id', '=', id)
    .where((eb) => eb.or([eb('starter_id', '=', memberId), eb('other_id', '=', memberId)]))
    .executeTakeFirst();
}

/** The actor's conversations, the one with the newest words first. */
export async function listConversations(ctx: Context, query: PageQuery): Promise<Page<ConversationSummary>> {
  const reader = await findReader(ctx);
  if (!reader) return { items: [], nextCursor: null };
  const [at, id] = readCursor(query.cursor, 2) ?? [];
  if (id !== undefined && !(Number.isSafeInteger(at) && Number.isSafeInteger(id)))
    throw new AppError('invalid', platformText.cursorNotOurs);
  const rows = await ctx.db
    .selectFrom('community.conversation as c')
    .innerJoin('community.member as m', (join) =>
      join.on(
        sql<SqlBool>`m.id = case when c.starter_id = ${reader.id} then c.other_id else c.starter_id end`,
      ),
    )
    .select(['c.id', 'c.state', 'c.active_at', ...cardColumns])
    .select([
      sql<boolean>`c.starter_id = ${reader.id}`.as('isMine'),
      sql<string>`(extract(epoch from c.active_at) * 1000000)::int8::text`.as('micros'),
      sql<boolean>`coalesce(case when c.starter_id = ${reader.id} then c.starter_read_at else c.other_read_at end, '-infinity')
        < c.active_at`.as('isUnread'),
      sql<
        string | null
      >`(select x.html from community.message x where x.conversation_id = c.id order by x.id desc limit 1)`.as(
        'html',
      ),
    ])
    .where((eb) => eb.or([eb('c.starter_id', '=', reader.id), eb('c.other_id', '=', reader.id)]))
    .$if(id !== undefined, (q) =>
      q.where(sql<SqlBool>`(c.active_at, c.id) < (to_timestamp(${at}::float8 / 1000000), ${id}::int8)`),
    )
    .orderBy('c.active_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({
      id: row.id,
      other: cardOf(row, ctx.locale),
      state: shownState(row.state, row.isMine),
      isMine: row.isMine,
      isUnread: row.isUnread,
      excerpt: plainText(row.html ?? '')
        .slice(0, 160)
        .toWellFormed(),
      activeAt: row.active_at.toISOString(),
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([Number(last.micros), last.id]) : null,
  };
}

/** A conversation of the actor with the newest messages, or those before a cursor; somebody else's is not found. */
export async function getConversation(ctx: Context, id: number, query: PageQuery): Promise<Conversation> {
  const reader = await findReader(ctx);
  const found = reader && (await findConversation(ctx, id, reader.id));
  if (!found) throw new AppError('not_found', peopleText.noConversation);
  const before = readNumberCursor(query.cursor);
  const isMine = found.starterId === reader.id;
  const otherId = isMine ? found.otherId : found.starterId;
  const rows = await ctx.db
    .selectFrom('community.message as x')
    .innerJoin('community.member as m', 'm.id', 'x.author_id')
    .select(['x.id', 'x.author_id', 'x.html', 'x.at', 'x.emptied_at', ...cardColumns])
    .where('x.conversation_id', '=', id)
    .$if(before !== undefined, (q) => q.where('x.id', '<', before!))
    .orderBy('x.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const other = await ctx.db
    .selectFrom('community.member as m')
    .select(cardColumns)
    .where('m.id', '=', otherId)
    .executeTakeFirstOrThrow();
  const blocks = await blocksBetween(ctx.db, reader.id, otherId);
  const last = kept.at(-1);
  return {
    id,
    other: cardOf(other, ctx.locale),
    state: shownState(found.state, isMine),
    isMine,
    isBlocked: blocks.byOne,
    mayWrite: mayWriteIn(found.state) && !blocks.byOne && !blocks.byOther && other.memberErasedAt === null,
    messages: kept.toReversed().map((row) => ({
      id: row.id,
      author: cardOf(row, ctx.locale),
      isMine: row.author_id === reader.id,
      html: row.html,
      at: row.at.toISOString(),
      isEmptied: row.emptied_at !== null,
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null,
  };
}

/** How many conversations of a member have words they have not read. */
export async function countUnread(db: Context['db'], memberId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from community.conversation c
    where (c.starter_id = ${memberId} and c.starter_read_at < c.active_at)
      or (c.other_id = ${memberId} and c.state <> 'refused' and coalesce(c.other_read_at, '-infinity') < c.active_at)`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
