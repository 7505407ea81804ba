import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { listSharedPlaces, sharePlace } from '#src/identity/server/public.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { chainsOf, circlesOf } from './circle.rules.ts';
import { fewest, patternOf } from './rules.ts';

/** So many pairs, those with most votes first, are looked at in a night, and so many of them laid before reviewers. */
const [pairsAtMost, laidAtMost] = [20_000, 1000];
/** More accounts than this at one address with one browser are a place of many people. */
const crowdFrom = 6;

/** Every night: looks for up-votes of the last ninety days that look arranged, and lays them before reviewers. */
export const findPatterns = defineJob(
  'community.find-vote-patterns',
  z.object({}),
  async ({ db }) => {
    const pairs = await listPairs(db);
    const circles = circlesOf(pairs, pairs[0]?.voters ?? 0).map((members) => ({
      id: idOf(members),
      members: new Set(members),
    }));
    const circleOf = new Map(circles.flatMap((one) => [...one.members].map((id) => [id, one])));
    const accounts = new Set(
      pairs.flatMap((one) => [one.giverAccount, one.takerAccount].filter((id) => id !== null)),
    );
    const chains = chainsOf(await listSharedPlaces(db, [...accounts], crowdFrom - 1));
    const chainOf = (account: string | null) => (account === null ? undefined : chains.get(account));
    for (const pair of pairs.filter(({ isLaid }) => !isLaid).slice(0, laidAtMost)) {
      const { giver, taker, giverAccount, takerAccount, given, givenAll: given_all, returned } = pair;
      const circle = circleOf.get(giver)?.members.has(taker) ? circleOf.get(giver) : undefined;
      const isSamePlace =
        giverAccount !== null && takerAccount !== null && (await sharePlace(db, giverAccount, takerAccount));
      const isChain = chainOf(giverAccount) !== undefined && chainOf(giverAccount) === chainOf(takerAccount);
      const kind = patternOf({ ...pair, isSamePlace, isCircle: circle !== undefined, isChain });
      if (kind === undefined) continue;
      await db
        .insertInto('community.vote_pattern')
        .values({
          kind,
          giver_id: giver,
          taker_id: taker,
          given,
          given_all,
          returned,
          circle_id: circle?.id ?? null,
        })
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
  /** It waits for a reviewer, or one decided in the last ninety days. */
  isLaid: boolean;
  /** How many members voted up at all. */
  voters: number;
};

/** The same for the same members on every night. */
const idOf = (members: readonly string[]) =>
  createHash('sha256')
    .update(members.join())
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

async function listPairs(db: Db): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    with flow as (
      select v.member_id as giver, p.author_id as taker, count(*)::integer as votes
      from community.vote v join community.post p on p.id = v.post_id
      where v.value = 1 and v.at > now() - interval '90 days' group by 1, 2
    ), totals as (select giver, sum(votes)::integer as votes from flow group by 1)
    select f.giver, f.taker, f.votes as given, g.votes as "givenAll", coalesce(b.votes, 0) as returned,
      coalesce(t.votes, 0) as "returnedAll", gm.account_id as "giverAccount", tm.account_id as "takerAccount",
      (select count(*)::integer from totals) as voters,
      exists (select from community.vote_pattern p where p.giver_id = f.giver and p.taker_id = f.taker
        and (p.state = 'open' or p.decided_at > now() - interval '90 days')) as "isLaid"
    from flow f join totals g on g.giver = f.giver
    join community.member gm on gm.id = f.giver join community.member tm on tm.id = f.taker
    left join flow b on b.giver = f.taker and b.taker = f.giver
    left join totals t on t.giver = f.taker
    where f.votes >= ${sql.lit(fewest)}
    order by f.votes desc, f.giver, f.taker limit ${sql.lit(pairsAtMost)}`.execute(db);
  return rows;
}
