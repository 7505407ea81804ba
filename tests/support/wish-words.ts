import type { WriteWish } from '#src/community/contract/wishes.ts';

/** What a wish must say. */
export const wishWords = {
  title: 'Refresh views by themselves',
  industry: 'finance',
  capability: 'It should do this by itself.',
  problem: 'We do it by hand every night.',
  strength: 'must',
  locale: 'en',
} as const satisfies WriteWish;
