import { z } from 'zod';
import { RewardTerms } from './rewards.ts';
import { OrganisationLevels } from './sponsorships.ts';
import { WishTerms } from './wishes.ts';

/** The setting behind each part, and what it may say. */
export const termSettings = {
  wishes: { name: 'wishes', schema: WishTerms },
  rewards: { name: 'rewards', schema: RewardTerms },
  organisations: { name: 'organisation-levels', schema: OrganisationLevels },
} as const;

/** What a community decides for itself beside reputation and levels: each part is a setting of its own. */
export const CommunityTerms = z.object({
  wishes: WishTerms,
  rewards: RewardTerms,
  organisations: OrganisationLevels,
});
export type CommunityTerms = z.infer<typeof CommunityTerms>;

/** The same for a reader, and whether they may decide about it. */
export const TermsPage = CommunityTerms.extend({ mayChange: z.boolean() });
export type TermsPage = z.infer<typeof TermsPage>;
