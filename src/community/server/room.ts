import { defineRoom } from '#src/platform/server/room.ts';
import { articleRoutes } from './articles/routes.ts';
import { chapterRoutes } from './chapters/routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { employmentRoutes } from './employments/routes.ts';
import { expertRoutes } from './experts/routes.ts';
import { feedRoutes } from './feeds/routes.ts';
import { imageRoutes } from './images/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { previewRoutes } from './markdown/routes.ts';
import { offeringRoutes } from './offerings/routes.ts';
import { flagOrganisations } from './organisations/flag-organisations.job.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { placementRoutes } from './placements/routes.ts';
import { questionRoutes } from './questions/routes.ts';
import { indexAnew } from './search/index-anew.job.ts';
import { publishDue } from './posts/publish-due.job.ts';
import { revisionRoutes } from './revisions/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { tagRoutes } from './tags/routes.ts';
import { voteRoutes } from './votes/routes.ts';
import { siteRoutes } from './site/routes.ts';
import { sitemapRoutes } from './sitemaps/routes.ts';

/** Everything the programs need to know about this room. */
export const community = defineRoom({
  name: 'community',
  routes: {
    articles: articleRoutes,
    chapters: chapterRoutes,
    drafts: draftRoutes,
    employments: employmentRoutes,
    experts: expertRoutes,
    feeds: feedRoutes,
    images: imageRoutes,
    offerings: offeringRoutes,
    imports: importRoutes,
    organisations: organisationRoutes,
    placements: placementRoutes,
    preview: previewRoutes,
    questions: questionRoutes,
    revisions: revisionRoutes,
    search: searchRoutes,
    series: seriesRoutes,
    tags: tagRoutes,
    votes: voteRoutes,
    site: siteRoutes,
    sitemaps: sitemapRoutes,
  },
  jobs: [flagOrganisations, indexAnew, publishDue],
  reactions: [],
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
    'community.setting.change',
  ],
});
