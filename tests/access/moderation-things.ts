import { sql } from 'kysely';
import type { TestDatabase } from '#tests/support/database.ts';

type Db = TestDatabase['db'];

/** Somebody who works nowhere, so that everybody may decide about them, and a question of theirs. */
async function stranger(db: Db, state: 'pending' | 'published' = 'published') {
  const handle = `stranger-${crypto.randomUUID().slice(0, 8)}`;
  const member = await db
    .insertInto('community.member')
    .values({ handle, name: 'A stranger' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ id: number }>`
    insert into community.post (kind, author_id, state, locale, title, slug, markdown, published_at)
    values ('question', ${member.id}, ${state}, 'en', 'What does a stranger ask?', 'stranger', 'Words.', now())
    returning id`.execute(db);
  return { id: member.id, handle, post: rows[0]?.id ?? 0 };
}

const action = async (db: Db, memberId: string) =>
  (
    await db
      .insertInto('community.moderation_action')
      .values({ kind: 'suspend', actor_id: null, member_id: memberId, before: '{}' })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

const claim = async (db: Db, post: number, claimant: string) =>
  (
    await db
      .insertInto('community.takedown')
      .values({
        post_id: post,
        claimant_id: claimant,
        work: 'A book',
        claim: 'It is mine.',
        due_at: sql<Date>`now() + interval '14 days'`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

/** Bodies of moderation, each with the case that it decides about, for a moderator whose member and question are given. */
export const bodiesOfCases = (db: Db, own: () => Promise<{ member: string; question: number }>) =>
  ({
    'POST /api/community/moderation/decisions': async () => ({
      subject: `post:${(await stranger(db, 'pending')).post}`,
      verdict: 'approve',
    }),
    'POST /api/community/moderation/restrictions': async () => ({
      member: (await stranger(db)).handle,
      kind: 'silence',
      days: 1,
      reason: 'Loud.',
    }),
    'POST /api/community/appeals': async () => ({
      action: await action(db, (await own()).member),
      words: 'It was a mistake.',
    }),
    'POST /api/community/appeals/decide': async () => {
      const { id } = await stranger(db);
      const appeal = await db
        .insertInto('community.appeal')
        .values({
          action_id: await action(db, id),
          member_id: id,
          words: 'It was a mistake.',
          due_at: sql<Date>`now() + interval '7 days'`,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return { appeal: appeal.id, verdict: 'deny', answer: 'It was none.' };
    },
    'POST /api/community/takedowns/answer': async () => ({
      takedown: await claim(db, (await own()).question, (await stranger(db)).id),
      answer: 'I wrote it myself.',
    }),
    'POST /api/community/takedowns/decide': async () => ({
      takedown: await claim(db, (await stranger(db)).post, (await stranger(db)).id),
      verdict: 'refuse',
      reason: 'It is quoted.',
    }),
  }) satisfies Record<string, () => Promise<unknown>>;
