import { defineRoom } from '#src/platform/server/room.ts';
import { annualReportRoutes } from './annual-reports/routes.ts';
import { appealRoutes } from './appeals/routes.ts';
import { measureAreas } from './areas/measure-areas.job.ts';
import { areaRoutes } from './areas/routes.ts';
import { articleRoutes } from './articles/routes.ts';
import { giveDueBadges } from './badges/give-due-badges.job.ts';
import { badgeRoutes } from './badges/routes.ts';
import { blockRoutes } from './blocks/routes.ts';
import { endDueBounties } from './bounties/end-due-bounties.job.ts';
import { bountyRoutes } from './bounties/routes.ts';
import { capsuleRoutes } from './capsules/routes.ts';
import { chapterRoutes } from './chapters/routes.ts';
import { committeeRoutes } from './committees/routes.ts';
import { commentRoutes } from './comments/routes.ts';
import { decideDueApplications } from './core-applications/decide-due-applications.job.ts';
import { coreApplicationRoutes } from './core-applications/routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { editRoutes } from './edits/routes.ts';
import { electionRoutes } from './elections/routes.ts';
import { tendElections } from './elections/tend-elections.job.ts';
import { employmentRoutes } from './employments/routes.ts';
import { expertRoutes } from './experts/routes.ts';
import { faqRoutes } from './faq/routes.ts';
import { feedRoutes } from './feeds/routes.ts';
import { flagRoutes } from './flags/routes.ts';
import { followRoutes } from './follows/routes.ts';
import { whenPostPublished } from './follows/when-post-published.ts';
import { goalRoutes } from './goals/routes.ts';
import { imageRoutes } from './images/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { previewRoutes } from './markdown/routes.ts';
import { remindMembers } from './media/remind-members.job.ts';
import { leaderboardRoutes } from './leaderboards/routes.ts';
import { reviewLevels } from './levels/review-levels.job.ts';
import { levelRoutes } from './levels/routes.ts';
import { mediaRoutes } from './media/routes.ts';
import { meetingRoutes } from './meetings/routes.ts';
import { purgeMerges } from './merges/purge-merges.job.ts';
import { mergeRoutes } from './merges/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moderationRoutes } from './moderation/routes.ts';
import { mvpRoutes } from './mvp/routes.ts';
import { deliverNotices } from './notifications/deliver-notices.job.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { sendDigests } from './notifications/send-digests.job.ts';
import { whenMailDead } from './notifications/when-mail-dead.ts';
import { offeringRoutes } from './offerings/routes.ts';
import { flagOrganisations } from './organisations/flag-organisations.job.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { placementRoutes } from './placements/routes.ts';
import { pointRoutes } from './points/routes.ts';
import { planRoutes } from './plan/routes.ts';
import { publishDue } from './posts/publish-due.job.ts';
import { renderAnew } from './posts/render-anew.job.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { memberRoutes, profileRoutes } from './profiles/routes.ts';
import { questionRoutes, threadPostRoutes } from './questions/routes.ts';
import { reputationRoutes } from './reputation/routes.ts';
import { resolutionRoutes } from './resolutions/routes.ts';
import { revisionRoutes } from './revisions/routes.ts';
import { compareOffers } from './runs/compare-offers.job.ts';
import { runRoutes } from './runs/routes.ts';
import { runBlocks } from './runs/run-blocks.job.ts';
import { indexAnew } from './search/index-anew.job.ts';
import { finishRedemptions } from './rewards/finish-redemptions.job.ts';
import { redemptionRoutes, rewardRoutes } from './rewards/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { siteRoutes } from './site/routes.ts';
import { sitemapRoutes } from './sitemaps/routes.ts';
import { sponsorshipRoutes } from './sponsorships/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { tagRoutes } from './tags/routes.ts';
import { termRoutes } from './terms/routes.ts';
import { endClaims } from './takedowns/end-claims.job.ts';
import { takedownRoutes } from './takedowns/routes.ts';
import { reviewTrust } from './trust/review-trust.job.ts';
import { valueRoutes } from './value/routes.ts';
import { findPatterns } from './vote-patterns/find-patterns.job.ts';
import { votePatternRoutes } from './vote-patterns/routes.ts';
import { voteRoutes } from './votes/routes.ts';
import { deliverReleased } from './wishes/deliver-released.job.ts';
import { wishRoutes } from './wishes/routes.ts';

/** Everything the programs need to know about this room. */
export const community = defineRoom({
  name: 'community',
  routes: {
    appeals: appealRoutes,
    areas: areaRoutes,
    articles: articleRoutes,
    badges: badgeRoutes,
    blocks: blockRoutes,
    bounties: bountyRoutes,
    capsules: capsuleRoutes,
    chapters: chapterRoutes,
    comments: commentRoutes,
    committees: committeeRoutes,
    'core-applications': coreApplicationRoutes,
    drafts: draftRoutes,
    edits: editRoutes,
    elections: electionRoutes,
    employments: employmentRoutes,
    experts: expertRoutes,
    faq: faqRoutes,
    feeds: feedRoutes,
    flags: flagRoutes,
    follows: followRoutes,
    'annual-reports': annualReportRoutes,
    goals: goalRoutes,
    images: imageRoutes,
    imports: importRoutes,
    leaderboards: leaderboardRoutes,
    levels: levelRoutes,
    media: mediaRoutes,
    meetings: meetingRoutes,
    members: memberRoutes,
    merges: mergeRoutes,
    messages: messageRoutes,
    moderation: moderationRoutes,
    mvp: mvpRoutes,
    notifications: notificationRoutes,
    offerings: offeringRoutes,
    organisations: organisationRoutes,
    placements: placementRoutes,
    points: pointRoutes,
    plan: planRoutes,
    preview: previewRoutes,
    privacy: privacyRoutes,
    profile: profileRoutes,
    questions: questionRoutes,
    redemptions: redemptionRoutes,
    reputation: reputationRoutes,
    resolutions: resolutionRoutes,
    revisions: revisionRoutes,
    rewards: rewardRoutes,
    runs: runRoutes,
    search: searchRoutes,
    series: seriesRoutes,
    site: siteRoutes,
    sitemaps: sitemapRoutes,
    sponsorships: sponsorshipRoutes,
    staff: staffRoutes,
    tags: tagRoutes,
    takedowns: takedownRoutes,
    terms: termRoutes,
    'thread-posts': threadPostRoutes,
    value: valueRoutes,
    'vote-patterns': votePatternRoutes,
    votes: voteRoutes,
    wishes: wishRoutes,
  },
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
    purgeMerges,
    remindMembers,
    renderAnew,
    reviewLevels,
    reviewTrust,
    runBlocks,
    sendDigests,
    tendElections,
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
    'community.campus-chapter.approve',
    'community.committee.manage',
    'community.election.call',
    'community.setting.change',
    'community.mvp.run',
    'community.point.manage',
    'community.reward.manage',
    'community.sponsorship.enter',
  ],
});
