import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { CallElection } from '#src/community/contract/elections.ts';
import { electionText } from '#src/community/contract/elections.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { getSeatOf } from '../committees/queries.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { keyBytes } from './ballot-box.rules.ts';

/** Calls an election and writes the list of its voters, which nothing changes any more. Refuses one that would be open at once. */
export async function callElection(ctx: Context, given: CallElection): Promise<{ id: number }> {
  await requireStaff(ctx, 'community.election.call');
  const wish = CallElection.parse(given);
  if (Date.parse(wish.opensAt) <= Date.now()) throw new AppError('invalid', electionText.inPast);
  return inTransaction(ctx, async (tx) => {
    const committee = wish.fills === null ? null : (await getSeatOf(tx, wish.fills.committee)).committee;
    const caller = await findReader(tx);
    const { id } = await tx.db
      .insertInto('community.election')
      .values({
        title: wish.title,
        about_markdown: wish.about,
        about_html: renderMarkdown(wish.about).html,
        method: wish.method,
        seats: wish.seats,
        max_score: wish.maxScore,
        committee_id: committee?.id ?? null,
        office: wish.fills?.office ?? null,
        term_months: wish.fills?.months ?? null,
        joined_days: wish.joinedDays,
        min_reputation: wish.minReputation,
        called_by: caller?.id ?? null,
        opens_at: wish.opensAt,
        closes_at: wish.closesAt,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    // Under the number of the election: the key of one opens no other.
    const ballotKey = theVault().seal(randomBytes(keyBytes), keyContext(id));
    const { rows } = await sql<{ eligible: number }>`
      with listed as (
        insert into community.election_voter (election_id, member_id)
        select ${id}, m.id from community.member m
        where m.erased_at is null and m.merged_into is null and m.account_id is not null
          and coalesce(m.suspended_until, '-infinity') <= now() and m.reputation >= ${wish.minReputation}
          and m.joined_at <= now() - make_interval(days => ${wish.joinedDays})
        order by m.id
        returning 1)
      update community.election set ballot_key = ${ballotKey}, eligible = (select count(*) from listed)
      where id = ${id} returning eligible`.execute(tx.db);
    await audit(tx, 'community.election.call', String(id), {
      title: wish.title,
      method: wish.method,
      eligible: rows[0]?.eligible ?? 0,
    });
    return { id };
  });
}

/** What the vault seals and opens the key of an election for. */
export const keyContext = (id: number) => `community.election.ballot-key:${id}`;
