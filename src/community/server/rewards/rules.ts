import type { RewardKind } from '#src/community/contract/rewards.ts';

/** Goods from a value on are somebody's income: their tax is to be handled. */
export const isTaxable = (kind: RewardKind | string, valueMinor: number, fromMinor: number): boolean =>
  kind === 'goods' && valueMinor >= fromMinor;

/** What an address is sealed for: it opens at no other redemption. */
export const addressSeal = (redemptionId: string) => `community.redemption.address:${redemptionId}`;
