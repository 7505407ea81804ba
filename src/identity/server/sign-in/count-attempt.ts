import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { addressKey } from '#src/platform/server/limits/rate-limit.ts';
import { type Limit, lockSeconds } from './lock-out.rules.ts';

/** What is counted: all but `address` keep a hash, so that the table holds no list of addresses people tried. */
export function subjectOf(kind: 'account' | 'address' | 'mail' | 'sign-up', value: string): string {
  // All of an IPv6 customer's addresses are one: nobody shall have 2^64 of them to try from.
  if (kind === 'address') return `address:${addressKey(value)}`;
  return `${kind}:${createHash('sha256').update(value.toLowerCase()).digest('hex')}`;
}

/**
 * Counts an attempt as failed before it is made and answers whether it closed the door for the next; call `forgiveAttempt`
 * when it succeeds. Counting first means that a thousand guesses sent at once are not a thousand free guesses.
 * Refuses with the seconds to wait while the door is closed.
 */
export async function countAttempt(db: Db, subject: string, limit: Limit): Promise<{ closedNow: boolean }> {
  // not audited: attempts are counted here; a door that closes is audited by the caller.
  const counted = await db
    .insertInto('identity.sign_in_failure')
    .values({ subject, failures: 1 })
    .onConflict((oc) =>
      oc
        .column('subject')
        .doUpdateSet({
          failures: sql`case when sign_in_failure.last_at < now() - make_interval(secs => ${limit.forgetSeconds})
            then 1 else sign_in_failure.failures + 1 end`,
          last_at: sql`now()`,
          // Closes at once for everybody else; made exact below.
          locked_until: sql`case when sign_in_failure.failures + 1 >= ${limit.free}
              and sign_in_failure.last_at >= now() - make_interval(secs => ${limit.forgetSeconds})
            then now() + make_interval(secs => ${limit.firstLockSeconds}) end`,
        })
        .where((eb) =>
          eb.or([
            eb('identity.sign_in_failure.locked_until', 'is', null),
            eb('identity.sign_in_failure.locked_until', '<=', sql<Date>`now()`),
          ]),
        ),
    )
    .returning('failures')
    .executeTakeFirst();
  if (!counted) throw await closed(db, subject);
  const seconds = lockSeconds(limit, counted.failures);
  if (seconds > limit.firstLockSeconds) {
    await db
      .updateTable('identity.sign_in_failure')
      .set({ locked_until: sql`now() + make_interval(secs => ${seconds})` })
      .where('subject', '=', subject)
      .execute();
  }
  return { closedNow: seconds > 0 };
}

async function closed(db: Db, subject: string): Promise<AppError> {
  const row = await db
    .selectFrom('identity.sign_in_failure')
    .select(sql<number>`ceil(extract(epoch from locked_until - now()))::int`.as('seconds'))
    .where('subject', '=', subject)
    .executeTakeFirst();
  const seconds = Math.max(1, row?.seconds ?? 1);
  return new AppError('too_many', signInText.locked(seconds), { retryAfterSeconds: seconds });
}

/** The attempt succeeded: an account starts afresh, an address gets back this one attempt. */
export async function forgiveAttempt(db: Db, subject: string): Promise<void> {
  if (!subject.startsWith('address:')) {
    await db.deleteFrom('identity.sign_in_failure').where('subject', '=', subject).execute();
    return;
  }
  await db
    .updateTable('identity.sign_in_failure')
    .set({ failures: sql`greatest(failures - 1, 0)`, locked_until: null })
    .where('subject', '=', subject)
    .execute();
}

/** Opens the door of a name again, and lets it ask for mails again. */
export async function countAttemptsAfresh(db: Db, email: string): Promise<void> {
  await db
    .deleteFrom('identity.sign_in_failure')
    .where('subject', 'in', [subjectOf('account', email), subjectOf('mail', email)])
    .execute();
}
