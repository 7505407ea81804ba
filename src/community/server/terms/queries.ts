import { RewardTerms } from '#src/community/contract/rewards.ts';
import { OrganisationLevels } from '#src/community/contract/sponsorships.ts';
import type { TermsPage } from '#src/community/contract/terms.ts';
import { WishTerms } from '#src/community/contract/wishes.ts';
import type { Context } from '#src/platform/server/context.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findSetting } from '../settings/queries.ts';

/** What is decided now about wishes, rewards and levels of organisations, and whether the reader may change it. */
export async function getTerms(ctx: Context): Promise<TermsPage> {
  const [wishes, rewards, organisations, mayChange] = await Promise.all([
    findSetting(ctx.db, 'wishes', WishTerms),
    findSetting(ctx.db, 'rewards', RewardTerms),
    findSetting(ctx.db, 'organisation-levels', OrganisationLevels),
    ctx.actor.kind === 'user' && mayAsStaff(ctx, 'community.setting.change'),
  ]);
  return { wishes, rewards, organisations, mayChange };
}
