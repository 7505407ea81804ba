import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { platformText } from '../../contract/platform.text.ts';
import type { Db, DB } from '../db.ts';
import { AppError } from '../errors.ts';
import { defineJob } from '../jobs.ts';
import type { Rate } from './rate-limit.ts';

/**
 * Takes one of something scarce (mails to one address, sign-ups from one network) from a bucket that all server
 * processes share; refuses with `too_many` and the seconds to wait. Not inside a transaction: what a roll-back gives
 * back would be no limit.
 */
export async function takeRate(db: Db, key: string, rate: Rate): Promise<void> {
  if (db.isTransaction) throw new Error('takeRate must not be part of a transaction.');
  const perSecond = rate.limit / rate.windowSeconds;
  // The row is locked before this is computed, so two takers count one after the other.
  const tokens = sql`least(${rate.limit}::float8, r.tokens
    + greatest(0, extract(epoch from clock_timestamp() - r.refilled_at)::float8) * ${perSecond}::float8)`;
  const fullAt = (left: typeof tokens) =>
    sql`clock_timestamp() + make_interval(secs => (${rate.limit}::float8 - ${left}) / ${perSecond}::float8)`;
  const taken = await sql`
    insert into platform.rate as r (key, tokens, full_at)
    values (${key}, ${rate.limit - 1}, ${fullAt(sql`${rate.limit - 1}::float8`)})
    on conflict (key) do update
      set tokens = ${tokens} - 1, refilled_at = clock_timestamp(), full_at = ${fullAt(sql`(${tokens} - 1)`)}
      where ${tokens} >= 1
    returning key`.execute(db as Kysely<DB>);
  if (taken.rows.length > 0) return;
  const { rows } = await sql<{ seconds: number }>`
    select (1 - ${tokens}) / ${perSecond}::float8 as seconds from platform.rate r where key = ${key}`.execute(
    db,
  );
  const waitSeconds = Math.max(1, Math.ceil(rows[0]?.seconds ?? 1));
  throw new AppError('too_many', platformText.tooMany(waitSeconds), {
    retryAfterSeconds: waitSeconds,
    // What follows the first colon is whose it is.
    reached: { name: key.split(':')[0] ?? key, ...rate },
  });
}

/** Every hour: buckets that are full again say nothing and go. */
export const forgetRates = defineJob(
  'platform.forget-rates',
  z.object({}),
  async ({ db }) => {
    await db
      .deleteFrom('platform.rate')
      .where('full_at', '<', sql<Date>`now()`)
      .execute();
  },
  { schedule: '17 * * * *' },
);
