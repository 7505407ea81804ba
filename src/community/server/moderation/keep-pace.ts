import { type CompiledQuery, sql } from 'kysely';
import { moderationText } from '#src/community/contract/moderation.text.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import type { Counted } from './pace.rules.ts';

export type Pace = { counted: Counted; gapSeconds: number; aDay: number; textHash?: Buffer };

type Counting = { memberId: string; gapSeconds: number; aDay: number; textHash: Buffer | null };

/** Counts one more in its column, unless it comes too soon, too often or again; answers a row when it did. */
const countBy = (counted: Counted) =>
  prepareQuery((db: Db, { memberId, gapSeconds, aDay, textHash }: Counting) => {
    const column = sql.ref(`p.${counted}`);
    const last = sql.ref(`p.${counted}_at`);
    const isOver = sql`p.day_began_at <= clock_timestamp() - interval '1 day'`;
    const kept = (one: Counted) => sql`case when ${isOver} then 0 else p.${sql.ref(one)} end
      + ${sql.lit(one === counted ? 1 : 0)}`;
    const query = sql<{ member_id: string }>`
      insert into community.writing_pace as p (member_id, day_began_at, ${sql.ref(counted)}, ${sql.ref(`${counted}_at`)}, text_hash)
      select ${memberId}, clock_timestamp(), 1, clock_timestamp(), ${textHash} where ${aDay} > 0
      on conflict (member_id) do update set
        day_began_at = case when ${isOver} then clock_timestamp() else p.day_began_at end,
        topics = ${kept('topics')}, replies = ${kept('replies')}, messages = ${kept('messages')},
        edits = ${kept('edits')}, flags = ${kept('flags')},
        ${sql.ref(`${counted}_at`)} = clock_timestamp(), text_hash = coalesce(excluded.text_hash, p.text_hash)
      where (${last} is null or ${last} <= clock_timestamp() - make_interval(secs => ${gapSeconds}))
        and (${isOver} or ${column} < ${aDay})
        and (excluded.text_hash is null or p.text_hash is distinct from excluded.text_hash)
      returning member_id`;
    return { compile: () => query.compile(db) };
  });

const count = {
  topics: countBy('topics'),
  replies: countBy('replies'),
  messages: countBy('messages'),
  edits: countBy('edits'),
  flags: countBy('flags'),
} satisfies Record<Counted, unknown>;

/**
 * Counts one more of something a member does, in the caller's transaction: rolled back, it does not count. Answers why not
 * when it comes too soon, too often in a day, or says the same as the last text. Two at once count one after the other.
 */
export async function keepPace(tx: Context, memberId: string, pace: Pace): Promise<AppError | undefined> {
  const { rows } = await tx.db.executeQuery(counting(tx.db, memberId, pace));
  return rows.length > 0 ? undefined : whyNotCounted(tx, memberId, pace);
}

/** The statement that does so, to be asked with others in one write; it answers a row when it counted, and none needs `whyNotCounted`. */
export const counting = (db: Db, memberId: string, pace: Pace): CompiledQuery<{ member_id: string }> =>
  count[pace.counted].of(db, { memberId, ...pace, textHash: pace.textHash ?? null });

/** Why a member's doing was not counted a moment ago, to be told to them. */
export async function whyNotCounted(
  tx: Context,
  memberId: string,
  { counted, gapSeconds, aDay, textHash }: Pace,
): Promise<AppError> {
  const row = await tx.db
    .selectFrom('community.writing_pace')
    .select([
      `${counted} as count`,
      'text_hash as textHash',
      sql<number>`extract(epoch from day_began_at + interval '1 day' - clock_timestamp())::float8`.as(
        'dayLeft',
      ),
      sql<number>`coalesce(${gapSeconds} - extract(epoch from clock_timestamp() - ${sql.ref(`${counted}_at`)}), 0)::float8`.as(
        'gapLeft',
      ),
    ])
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (row && row.count < aDay && row.gapLeft <= 0 && textHash !== undefined && row.textHash?.equals(textHash))
    return new AppError('conflict', moderationText.sentBefore);
  if (!row || row.count >= aDay) {
    const retryAfterSeconds = Math.max(1, Math.ceil(row?.dayLeft ?? 24 * 3600));
    const hours = Math.ceil(retryAfterSeconds / 3600);
    return new AppError('too_many', moderationText.enoughToday(aDay, hours), {
      retryAfterSeconds,
      reached: { name: counted, limit: aDay, windowSeconds: 24 * 3600 },
    });
  }
  const retryAfterSeconds = Math.max(1, Math.ceil(row.gapLeft));
  return new AppError(
    'too_many',
    counted === 'flags' ? platformText.tooMany(retryAfterSeconds) : moderationText.tooSoon(retryAfterSeconds),
    {
      retryAfterSeconds,
      reached: { name: counted, limit: 1, windowSeconds: gapSeconds },
    },
  );
}
