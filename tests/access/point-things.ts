import type { OwnMember } from '#src/community/server/members/queries.ts';
import type { TestDatabase } from '#tests/support/database.ts';

type Db = TestDatabase['db'];

/** What stands around points: a badge, a reward that the owner took, votes that look arranged, a payment of a sponsor. */
export type PointThings = {
  badge: string;
  reward: string;
  redemption: string;
  pattern: string;
  payment: string;
  round: string;
  nominee: string;
};

export async function makePointThings(
  db: Db,
  { owner, colleague, organisation }: { owner: OwnMember; colleague: OwnMember; organisation: string },
  word: string,
): Promise<PointThings> {
  const badge = `badge-${word}`;
  const named = JSON.stringify({ en: 'Sample', 'zh-CN': '示例' });
  await db
    .insertInto('community.badge')
    .values({
      slug: badge,
      tier: 'bronze',
      name: named,
      about: named,
      cause: 'article',
      per: 'member',
      at_least: 1000,
    })
    .execute();
  const reward = await db
    .insertInto('community.reward')
    .values({
      kind: 'digital',
      name: named,
      about: named,
      price: 10,
      stock: 1000,
      value_minor: 100,
      currency: 'CNY',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const redemption = await db
    .insertInto('community.redemption')
    .values({
      reward_id: reward.id,
      member_id: owner.id,
      price: 10,
      value_minor: 100,
      currency: 'CNY',
      is_taxable: false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  // Of two who are neither the owner nor the colleague: nobody judges their own.
  const [giver, taker] = await db
    .insertInto('community.member')
    .values(['giver', 'taker'].map((one) => ({ handle: `${one}-${word}`, name: one })))
    .returning('id')
    .execute();
  const pattern = await db
    .insertInto('community.vote_pattern')
    .values({
      kind: 'ring',
      giver_id: giver!.id,
      taker_id: taker!.id,
      given: 6,
      given_all: 6,
      returned: 6,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const payment = await db
    .insertInto('community.sponsorship')
    .values({
      organisation_id: db.selectFrom('community.organisation').select('id').where('slug', '=', organisation),
      year: 2026,
      amount_minor: 100,
      currency: 'CNY',
      counted_minor: 100,
      counted_in: 'CNY',
      paid_on: '2026-01-01',
      entered_by: colleague.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const [round, nominee] = await makeRound(db, giver!.id, taker!.id, word);
  return {
    round,
    nominee,
    badge,
    reward: String(reward.id),
    redemption: redemption.id,
    pattern: String(pattern.id),
    payment: String(payment.id),
  };
}

/** A round in which members still nominate, of a year that no other test has. */
async function makeRound(db: Db, member: string, nominator: string, word: string): Promise<[string, string]> {
  const round = await db
    .insertInto('community.mvp_round')
    .values({
      kind: 'yearly',
      year: 2000 + (Buffer.from(word).reduce((sum, one) => sum + one, 0) % 90),
      winners: 1,
      nominate_until: new Date(Date.now() + 3600_000),
      score_until: new Date(Date.now() + 7200_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const nominee = await db
    .insertInto('community.mvp_nominee')
    .values({ round_id: round.id, member_id: member, nominated_by: nominator, reason: 'Everything.' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return [String(round.id), String(nominee.id)];
}

const named = { en: 'Sample', 'zh-CN': '示例' };
const bodies: Record<string, (things: PointThings) => unknown> = {
  'PUT /api/community/points/rules/{cause}': () => ({
    growth: 1,
    spendable: 1,
    dailyCap: null,
    actorCap: null,
    from: null,
  }),
  'PUT /api/community/levels': () => ({ graceDays: 30, levels: [{ name: named, growth: 0, yearly: 0 }] }),
  'POST /api/community/badges': () => ({
    slug: 'sample-badge',
    tier: 'gold',
    name: named,
    about: named,
    cause: 'article',
    per: 'member',
    atLeast: 1000,
    many: false,
  }),
  'POST /api/community/rewards': () => ({
    kind: 'digital',
    name: named,
    about: named,
    price: 10,
    stock: 1,
    valueMinor: 0,
    currency: 'CNY',
  }),
  'PATCH /api/community/rewards/{reward}': () => ({ price: 10, addStock: 1, isListed: true }),
  'POST /api/community/redemptions': (t) => ({ reward: Number(t.reward), address: 'A road' }),
  'POST /api/community/redemptions/{redemption}/advance': () => ({ state: 'sent', note: 'A number' }),
  'POST /api/community/vote-patterns/{pattern}': () => ({ verdict: 'decline' }),
  'POST /api/community/mvp': () => ({
    kind: 'lifetime',
    year: 2099,
    winners: 1,
    nominateUntil: '2099-01-01T00:00:00Z',
    scoreUntil: '2099-02-01T00:00:00Z',
    jury: ['never-was', 'never-was-either'],
  }),
  'POST /api/community/mvp/{round}/nominees': () => ({ handle: 'never-was', reason: 'Everything.' }),
  'PUT /api/community/mvp/nominees/{nominee}/score': () => ({ points: 50, note: '' }),
  'POST /api/community/mvp/nominees/{nominee}/revoke': () => ({ resolution: 'A resolution' }),
  'POST /api/community/sponsorships/{slug}': () => ({
    year: 2026,
    amountMinor: 100,
    currency: 'CNY',
    countedMinor: null,
    paidOn: '2026-01-01',
    note: 'A transfer',
  }),
};

/** The body of a route about points; undefined when its schema says all. */
export const pointBody = ({ method, path }: { method: string; path: string }, things: PointThings): unknown =>
  bodies[`${method} ${path}`]?.(things);
