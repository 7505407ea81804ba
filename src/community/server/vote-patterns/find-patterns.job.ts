import { sql } from 'kysely';
import { z } from 'zod';
import { sharePlace } from '#src/identity/server/public.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { fewest, patternOf } from './rules.ts';

/** Every night: looks for up-votes of the last ninety days that look arranged, and lays them before reviewers. */
export const findPatterns = defineJob(
  'community.find-vote-patterns',
  z.object({}),
  async ({ db }) => {
    const { rows } = await sql<Pair>`
      with flow as (
        select v.member_id as giver, p.author_id as taker, count(*)::integer as votes
        from community.vote v join community.post p on p.id = v.post_id
        where v.value = 1 and v.at > now() - interval '90 days' group by 1, 2
      ), totals as (select giver, sum(votes)::integer as votes from flow group by 1)
      select f.giver, f.taker, f.votes as given, g.votes as "givenAll", coalesce(b.votes, 0) as returned,
        coalesce(t.votes, 0) as "returnedAll", gm.account_id as "giverAccount", tm.account_id as "takerAccount"
      from flow f join totals g on g.giver = f.giver
      join community.member gm on gm.id = f.giver join community.member tm on tm.id = f.taker
      left join flow b on b.giver = f.taker and b.taker = f.giver
      left join totals t on t.giver = f.taker
      where f.votes >= ${sql.lit(fewest)} and not exists (select from community.vote_pattern p
        where p.giver_id = f.giver and p.taker_id = f.taker
          and (p.state = 'open' or p.decided_at > now() - interval '90 days'))
      order by f.votes desc limit 1000`.execute(db);
    for (const { giver, taker, giverAccount, takerAccount, ...flow } of rows) {
      const isSamePlace =
        giverAccount !== null && takerAccount !== null && (await sharePlace(db, giverAccount, takerAccount));
      const kind = patternOf({ ...flow, isSamePlace });
      if (kind === undefined) continue;
      const { given, givenAll: given_all, returned } = flow;
      await db
        .insertInto('community.vote_pattern')
        .values({ kind, giver_id: giver, taker_id: taker, given, given_all, returned })
        .onConflict((oc) => oc.doNothing())
        .execute();
    }
  },
  { schedule: '10 4 * * *' },
);

type Pair = {
  giver: string;
  taker: string;
  given: number;
  givenAll: number;
  returned: number;
  returnedAll: number;
  giverAccount: string | null;
  takerAccount: string | null;
};
