import { defineRoom } from '#src/platform/server/room.ts';
import { appealRoutes } from './appeals/routes.ts';
import { articleRoutes } from './articles/routes.ts';
import { blockRoutes } from './blocks/routes.ts';
import { endDueBounties } from './bounties/end-due-bounties.job.ts';
import { bountyRoutes } from './bounties/routes.ts';
import { capsuleRoutes } from './capsules/routes.ts';
import { chapterRoutes } from './chapters/routes.ts';
import { commentRoutes } from './comments/routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { editRoutes } from './edits/routes.ts';
import { employmentRoutes } from './employments/routes.ts';
import { expertRoutes } from './experts/routes.ts';
import { faqRoutes } from './faq/routes.ts';
import { feedRoutes } from './feeds/routes.ts';
import { flagRoutes } from './flags/routes.ts';
import { followRoutes } from './follows/routes.ts';
import { whenPostPublished } from './follows/when-post-published.ts';
import { imageRoutes } from './images/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { previewRoutes } from './markdown/routes.ts';
import { remindMembers } from './media/remind-members.job.ts';
import { mediaRoutes } from './media/routes.ts';
import { purgeMerges } from './merges/purge-merges.job.ts';
import { mergeRoutes } from './merges/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moderationRoutes } from './moderation/routes.ts';
import { deliverNotices } from './notifications/deliver-notices.job.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { sendDigests } from './notifications/send-digests.job.ts';
import { whenMailDead } from './notifications/when-mail-dead.ts';
import { offeringRoutes } from './offerings/routes.ts';
import { flagOrganisations } from './organisations/flag-organisations.job.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { placementRoutes } from './placements/routes.ts';
import { publishDue } from './posts/publish-due.job.ts';
import { renderAnew } from './posts/render-anew.job.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { memberRoutes, profileRoutes } from './profiles/routes.ts';
import { questionRoutes, threadPostRoutes } from './questions/routes.ts';
import { reputationRoutes } from './reputation/routes.ts';
import { revisionRoutes } from './revisions/routes.ts';
import { compareOffers } from './runs/compare-offers.job.ts';
import { runRoutes } from './runs/routes.ts';
import { runBlocks } from './runs/run-blocks.job.ts';
import { indexAnew } from './search/index-anew.job.ts';
import { searchRoutes } from './search/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { siteRoutes } from './site/routes.ts';
import { sitemapRoutes } from './sitemaps/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { tagRoutes } from './tags/routes.ts';
import { endClaims } from './takedowns/end-claims.job.ts';
import { takedownRoutes } from './takedowns/routes.ts';
import { reviewTrust } from './trust/review-trust.job.ts';
import { voteRoutes } from './votes/routes.ts';
import { deliverReleased } from './wishes/deliver-released.job.ts';
import { wishRoutes } from './wishes/routes.ts';

/** Everything the programs need to know about this room. */
export const community = defineRoom({
  name: 'community',
  routes: {
    appeals: appealRoutes,
    articles: articleRoutes,
    blocks: blockRoutes,
    bounties: bountyRoutes,
    capsules: capsuleRoutes,
    chapters: chapterRoutes,
    comments: commentRoutes,
    drafts: draftRoutes,
    edits: editRoutes,
    employments: employmentRoutes,
    experts: expertRoutes,
    faq: faqRoutes,
    feeds: feedRoutes,
    flags: flagRoutes,
    follows: followRoutes,
    images: imageRoutes,
    imports: importRoutes,
    media: mediaRoutes,
    members: memberRoutes,
    merges: mergeRoutes,
    messages: messageRoutes,
    moderation: moderationRoutes,
    notifications: notificationRoutes,
    offerings: offeringRoutes,
    organisations: organisationRoutes,
    placements: placementRoutes,
    preview: previewRoutes,
    privacy: privacyRoutes,
    profile: profileRoutes,
    questions: questionRoutes,
    reputation: reputationRoutes,
    revisions: revisionRoutes,
    runs: runRoutes,
    search: searchRoutes,
    series: seriesRoutes,
    site: siteRoutes,
    sitemaps: sitemapRoutes,
    staff: staffRoutes,
    tags: tagRoutes,
    takedowns: takedownRoutes,
    'thread-posts': threadPostRoutes,
    votes: voteRoutes,
    wishes: wishRoutes,
  },
  jobs: [
    compareOffers,
    deliverNotices,
    deliverReleased,
    endClaims,
    endDueBounties,
    flagOrganisations,
    indexAnew,
    publishDue,
    purgeMerges,
    remindMembers,
    renderAnew,
    reviewTrust,
    runBlocks,
    sendDigests,
  ],
  reactions: [whenMailDead, whenPostPublished],
  permissions: [
    'community.post.feature',
    'community.post.edit',
    'community.post.moderate',
    'community.post.import',
    'community.tag.manage',
    'community.faq.curate',
    'community.member.moderate',
    'community.member.merge',
    'community.staff.appoint',
    'community.organisation.verify',
    'community.organisation.merge',
    'community.placement.enter',
    'community.expert.approve',
    'community.chapter.approve',
    'community.wish.manage',
    'community.setting.change',
  ],
});
