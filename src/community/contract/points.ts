import { z } from 'zod';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { MemberCard, WrittenPost } from './members.ts';

/** What brings points by a rule. */
export const ruledCauses = [
  'article',
  'featured',
  'up-vote',
  'accepted',
  'accepting',
  'suggested-edit',
  'area-met',
  'excellent-wish',
  'down-vote',
  'down-voting',
] as const;
export const RuledCause = z.enum(ruledCauses);
export type RuledCause = z.infer<typeof RuledCause>;

/** Both balances: `growth` is the reputation, `spendable` what bounties and rewards are paid with. */
export const Points = z.object({ growth: z.number().int(), spendable: z.number().int() });
export type Points = z.infer<typeof Points>;

/** An entry of a member's points. The post is absent when it is not public. */
export const PointEntry = Points.extend({
  id: z.number().int(),
  cause: z.string().max(40),
  isReversal: z.boolean(),
  at: z.string().max(40),
  post: WrittenPost.pick({ id: true, kind: true, parentId: true, title: true, slug: true }).nullable(),
});
export type PointEntry = z.infer<typeof PointEntry>;

export const statementViews = ['all', 'growth', 'spendable'] as const;
export const StatementQuery = PageQuery.extend({
  view: z.enum(statementViews).default('all'),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type StatementQuery = z.infer<typeof StatementQuery>;

/** My points, with the entries that they are the sum of. */
export const Statement = page(PointEntry).extend({ balances: Points, held: z.number().int() });
export type Statement = z.infer<typeof Statement>;

const amount = z.number().int().min(-1000).max(1000);

/** What a cause brings, in a version, from one moment on. */
export const PointRule = z.object({
  cause: z.string().max(40),
  version: z.number().int(),
  growth: amount,
  spendable: amount,
  /** In each balance, a day in UTC. */
  dailyCap: z.number().int().nullable(),
  /** How often a day what one and the same person does counts. */
  actorCap: z.number().int().nullable(),
  from: z.string().max(40),
  until: z.string().max(40).nullable(),
  changedBy: MemberCard.nullable(),
});
export type PointRule = z.infer<typeof PointRule>;

/** Rules that hold now, and earlier and coming ones. */
export const PointRules = z.object({
  now: z.array(PointRule),
  others: z.array(PointRule),
  mayChange: z.boolean(),
});
export type PointRules = z.infer<typeof PointRules>;

/** Another rule for a cause; without a moment it holds from the next minute on. */
export const ChangePointRule = z
  .object({
    growth: amount,
    spendable: amount,
    dailyCap: z.number().int().min(0).max(1_000_000).nullable().default(null),
    actorCap: z.number().int().min(1).max(1000).nullable().default(null),
    from: z.iso.datetime({ offset: true }).nullable().default(null),
  })
  .refine(({ growth, spendable, dailyCap }) => dailyCap === null || (growth >= 0 && spendable >= 0), {
    path: ['dailyCap'],
    message: 'must be empty where the rule takes points',
  });
export type ChangePointRule = z.input<typeof ChangePointRule>;

/** What working all rules over all history again found. */
export const PointReplay = z.object({
  entries: z.number().int(),
  members: z.number().int(),
  seconds: z.number(),
  differenceCount: z.number().int(),
  differences: z.array(z.object({ entryId: z.number().int(), expected: Points, found: Points })),
  balanceCount: z.number().int(),
  balances: z.array(z.object({ handle: z.string().max(40), expected: Points, found: Points })),
});
export type PointReplay = z.infer<typeof PointReplay>;
