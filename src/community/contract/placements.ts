import { z } from 'zod';
import { page } from '#src/platform/contract/pages.ts';
import { line } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { Website } from './organisations.ts';

/** The currencies in which the community counts. */
export const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'SGD'] as const;
export const Currency = z.enum(currencies);
export type Currency = z.infer<typeof Currency>;

/** An amount in the smallest unit of its currency, at most a thousand million of the usual one. */
export const MinorAmount = z.number().int().min(1).max(100_000_000_000);

/** `given` by the community to the partner, `received` from the partner. */
export const placementDirections = ['given', 'received'] as const;

export const EnterPlacement = z.object({
  direction: z.enum(placementDirections),
  /** What was published: the article, the banner, the stand. */
  title: line(200),
  url: Website.default(''),
  valueMinor: MinorAmount,
  currency: Currency,
  day: z.iso.date().refine((day) => day >= '2000-01-01' && day < '2100-01-01', 'must be a day since 2000'),
});
export type EnterPlacement = z.input<typeof EnterPlacement>;

export const Placement = z.object({
  id: z.number().int(),
  direction: z.enum(placementDirections),
  title: z.string().max(200),
  url: z.string().max(500),
  valueMinor: z.number().int(),
  currency: z.string().max(3),
  day: z.string().max(10),
  enteredBy: MemberCard.nullable(),
  enteredAt: z.string().max(40),
  /** The entry that this one takes back. */
  reverses: z.number().int().nullable(),
  isReversed: z.boolean(),
});
export type Placement = z.infer<typeof Placement>;

/** What was swapped with a media partner, and what one owes the other. */
export const SwapLedger = page(Placement).extend({
  balances: z.array(
    z.object({
      currency: z.string().max(3),
      givenMinor: z.number().int(),
      receivedMinor: z.number().int(),
      /** Given without what was received: positive while the partner owes the community. */
      balanceMinor: z.number().int(),
    }),
  ),
  mayEnter: z.boolean(),
});
export type SwapLedger = z.infer<typeof SwapLedger>;
