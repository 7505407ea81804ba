import { defineRoom } from '#src/platform/server/room.ts';
import { annualReportRoutes } from './annual-reports/routes.ts';
import { appealRoutes } from './appeals/routes.ts';
import { areaRoutes } from './areas/routes.ts';
import { articleRoutes } from './articles/routes.ts';
import { badgeRoutes } from './badges/routes.ts';
import { blockRoutes } from './blocks/routes.ts';
import { bountyRoutes } from './bounties/routes.ts';
import { capsuleRoutes } from './capsules/routes.ts';
import { caseStudyRoutes } from './case-studies/routes.ts';
import { chapterRoutes } from './chapters/routes.ts';
import { committeeRoutes } from './committees/routes.ts';
import { commentRoutes } from './comments/routes.ts';
import { coreApplicationRoutes } from './core-applications/routes.ts';
import { downloadRoutes } from './downloads/routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { editRoutes } from './edits/routes.ts';
import { electionRoutes } from './elections/routes.ts';
import { employmentRoutes } from './employments/routes.ts';
import { expertRoutes } from './experts/routes.ts';
import { faqRoutes } from './faq/routes.ts';
import { feedRoutes } from './feeds/routes.ts';
import { flagRoutes } from './flags/routes.ts';
import { followRoutes } from './follows/routes.ts';
import { goalRoutes } from './goals/routes.ts';
import { imageRoutes } from './images/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { previewRoutes } from './markdown/routes.ts';
import { leaderboardRoutes } from './leaderboards/routes.ts';
import { leadRoutes } from './leads/routes.ts';
import { levelRoutes } from './levels/routes.ts';
import { mediaRoutes } from './media/routes.ts';
import { meetingRoutes } from './meetings/routes.ts';
import { mergeRoutes } from './merges/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { moderationRoutes } from './moderation/routes.ts';
import { mvpRoutes } from './mvp/routes.ts';
import { newsletterRoutes } from './newsletters/routes.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { offeringRoutes } from './offerings/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { placementRoutes } from './placements/routes.ts';
import { pointRoutes } from './points/routes.ts';
import { planRoutes } from './plan/routes.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { memberRoutes, profileRoutes } from './profiles/routes.ts';
import { questionRoutes, threadPostRoutes } from './questions/routes.ts';
import { reputationRoutes } from './reputation/routes.ts';
import { resolutionRoutes } from './resolutions/routes.ts';
import { revisionRoutes } from './revisions/routes.ts';
import { runRoutes } from './runs/routes.ts';
import { redemptionRoutes, rewardRoutes } from './rewards/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { siteRoutes } from './site/routes.ts';
import { sitemapRoutes } from './sitemaps/routes.ts';
import { sponsorshipRoutes } from './sponsorships/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { suggestionRoutes } from './suggestions/routes.ts';
import { tagRoutes } from './tags/routes.ts';
import { termRoutes } from './terms/routes.ts';
import { takedownRoutes } from './takedowns/routes.ts';
import { valueRoutes } from './value/routes.ts';
import { votePatternRoutes } from './vote-patterns/routes.ts';
import { voteRoutes } from './votes/routes.ts';
import { wishRoutes } from './wishes/routes.ts';
import { communityWork } from './work.ts';

/** Everything the programs need to know about this room. */
export const community = defineRoom({
  ...communityWork,
  routes: {
    appeals: appealRoutes,
    areas: areaRoutes,
    articles: articleRoutes,
    badges: badgeRoutes,
    blocks: blockRoutes,
    bounties: bountyRoutes,
    capsules: capsuleRoutes,
    'case-studies': caseStudyRoutes,
    chapters: chapterRoutes,
    comments: commentRoutes,
    committees: committeeRoutes,
    'core-applications': coreApplicationRoutes,
    downloads: downloadRoutes,
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
    leads: leadRoutes,
    levels: levelRoutes,
    media: mediaRoutes,
    meetings: meetingRoutes,
    members: memberRoutes,
    merges: mergeRoutes,
    messages: messageRoutes,
    moderation: moderationRoutes,
    mvp: mvpRoutes,
    newsletters: newsletterRoutes,
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
    suggestions: suggestionRoutes,
    tags: tagRoutes,
    takedowns: takedownRoutes,
    terms: termRoutes,
    'thread-posts': threadPostRoutes,
    value: valueRoutes,
    'vote-patterns': votePatternRoutes,
    votes: voteRoutes,
    wishes: wishRoutes,
  },
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
