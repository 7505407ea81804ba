import { z } from 'zod';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { line, prose } from '#src/platform/contract/text.ts';
import { Named } from './levels.ts';
import { MemberCard } from './members.ts';
import { Currency } from './placements.ts';

export const rewardKinds = ['goods', 'digital'] as const;
export const RewardKind = z.enum(rewardKinds);
export type RewardKind = z.infer<typeof RewardKind>;

/** How rewards are handled: the setting `rewards`. */
export const RewardTerms = z.object({
  /** From which value on what somebody gets is flagged for their tax, in each currency alike. */
  taxableFromMinor: z.number().int().min(0).max(1_000_000_000).default(80_000),
  /** After how many days what was sent counts as delivered. */
  deliveredAfterDays: z.number().int().min(1).max(365).default(30),
  /** What a coupon for goods is worth in points, as an excellent wish brings one; 0 for none. */
  couponWorth: z.number().int().min(0).max(10_000_000).default(100),
});
export type RewardTerms = z.infer<typeof RewardTerms>;

/** What a reward is, as staff enter it. */
export const WriteReward = z.object({
  kind: RewardKind,
  name: Named,
  about: z.object({ en: line(300), 'zh-CN': line(300) }),
  price: z.number().int().min(1).max(10_000_000),
  stock: z.number().int().min(0).max(1_000_000),
  valueMinor: z.number().int().min(0).max(100_000_000_000),
  currency: Currency.default('CNY'),
});
export type WriteReward = z.input<typeof WriteReward>;

/** What may change of a reward: how many there are more or fewer, what it costs from now on, whether it is shown. */
export const ChangeReward = z.object({
  price: WriteReward.shape.price,
  addStock: z.number().int().min(-1_000_000).max(1_000_000),
  isListed: z.boolean(),
});
export type ChangeReward = z.infer<typeof ChangeReward>;

export const Reward = z.object({
  id: z.number().int(),
  kind: RewardKind,
  name: z.string().max(40),
  about: z.string().max(300),
  price: z.number().int(),
  stock: z.number().int(),
  isListed: z.boolean(),
});
export type Reward = z.infer<typeof Reward>;

/** What pays for goods in place of so many points, once; what it is worth beyond the price is gone. */
export const Coupon = z.object({ id: z.uuid(), worth: z.number().int(), givenAt: z.string().max(40) });
export type Coupon = z.infer<typeof Coupon>;

/** The shop: what there is, and what the reader can spend. */
export const RewardShop = z.object({
  rewards: z.array(Reward),
  points: z.number().int().nullable(),
  /** Those of the reader that are open. */
  coupons: z.array(Coupon),
  mayManage: z.boolean(),
});
export type RewardShop = z.infer<typeof RewardShop>;

/** Takes a reward; goods need where to send them. */
export const Redeem = z.object({
  reward: z.number().int().min(1),
  address: prose(500).trim().default(''),
  coupon: z.uuid().nullable().default(null),
});
export type Redeem = z.input<typeof Redeem>;

export const redemptionStates = ['ordered', 'sent', 'delivered', 'cancelled'] as const;
export const RedemptionState = z.enum(redemptionStates);
export type RedemptionState = z.infer<typeof RedemptionState>;

export const Redemption = z.object({
  id: z.uuid(),
  reward: z.string().max(40),
  kind: RewardKind,
  state: RedemptionState,
  price: z.number().int(),
  orderedAt: z.string().max(40),
  sentAt: z.string().max(40).nullable(),
  endedAt: z.string().max(40).nullable(),
  note: z.string().max(500),
});
export type Redemption = z.infer<typeof Redemption>;

export const handledViews = ['open', 'all', 'taxable'] as const;
export const HandledQuery = PageQuery.extend({ view: z.enum(handledViews).default('open') });
export type HandledQuery = z.infer<typeof HandledQuery>;

/** A redemption as staff handle it. The address is there until it is delivered or cancelled. */
export const HandledRedemption = Redemption.extend({
  member: MemberCard,
  address: z.string().max(500).nullable(),
  valueMinor: z.number().int(),
  currency: z.string().max(3),
  isTaxable: z.boolean(),
});
export type HandledRedemption = z.infer<typeof HandledRedemption>;
export const HandledRedemptions = page(HandledRedemption);

/** What staff did: sent it (with a number to follow it by, or a code), saw it delivered, or cancelled it. */
export const AdvanceRedemption = z.object({
  state: RedemptionState.exclude(['ordered']),
  note: line(500).or(z.literal('')).default(''),
});
export type AdvanceRedemption = z.input<typeof AdvanceRedemption>;
