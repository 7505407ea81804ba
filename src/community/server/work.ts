import { defineWork } from '#src/platform/server/room.ts';
import { measureAreas } from './areas/measure-areas.job.ts';
import { giveDueBadges } from './badges/give-due-badges.job.ts';
import { endDueBounties } from './bounties/end-due-bounties.job.ts';
import { decideDueApplications } from './core-applications/decide-due-applications.job.ts';
import { tendElections } from './elections/tend-elections.job.ts';
import { sendDownloadLink } from './downloads/send-download-link.job.ts';
import { tellFollowers } from './follows/tell-followers.job.ts';
import { whenPostPublished } from './follows/when-post-published.ts';
import { purgeLeads } from './leads/purge-leads.job.ts';
import { remindMembers } from './media/remind-members.job.ts';
import { reviewLevels } from './levels/review-levels.job.ts';
import { purgeMerges } from './merges/purge-merges.job.ts';
import { sendNewsletters } from './newsletters/send-newsletters.job.ts';
import { deliverNotices } from './notifications/deliver-notices.job.ts';
import { sendDigests } from './notifications/send-digests.job.ts';
import { settleWeights } from './points/settle-weights.job.ts';
import { whenMailDead } from './notifications/when-mail-dead.ts';
import { flagOrganisations } from './organisations/flag-organisations.job.ts';
import { publishDue } from './posts/publish-due.job.ts';
import { renderAnew } from './posts/render-anew.job.ts';
import { compareOffers } from './runs/compare-offers.job.ts';
import { runBlocks } from './runs/run-blocks.job.ts';
import { indexAnew } from './search/index-anew.job.ts';
import { finishRedemptions } from './rewards/finish-redemptions.job.ts';
import { endClaims } from './takedowns/end-claims.job.ts';
import { reviewTrust } from './trust/review-trust.job.ts';
import { findPatterns } from './vote-patterns/find-patterns.job.ts';
import { deliverReleased } from './wishes/deliver-released.job.ts';

/** What the worker does for this room. */
export const communityWork = defineWork({
  name: 'community',
  jobs: [
    compareOffers,
    decideDueApplications,
    deliverNotices,
    deliverReleased,
    endClaims,
    endDueBounties,
    findPatterns,
    finishRedemptions,
    flagOrganisations,
    giveDueBadges,
    indexAnew,
    measureAreas,
    publishDue,
    purgeLeads,
    purgeMerges,
    remindMembers,
    renderAnew,
    reviewLevels,
    reviewTrust,
    runBlocks,
    sendDigests,
    sendDownloadLink,
    settleWeights,
    sendNewsletters,
    tellFollowers,
    tendElections,
  ],
  reactions: [whenMailDead, whenPostPublished],
});
