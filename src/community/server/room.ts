import { defineRoom } from '#src/platform/server/room.ts';
import { articleRoutes } from './articles/routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { imageRoutes } from './images/routes.ts';
import { previewRoutes } from './markdown/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { questionRoutes } from './questions/routes.ts';
import { indexAnew } from './search/index-anew.job.ts';
import { searchRoutes } from './search/routes.ts';
import { voteRoutes } from './votes/routes.ts';

/** Everything the programs need to know about this room. */
export const community = defineRoom({
  name: 'community',
  routes: {
    articles: articleRoutes,
    drafts: draftRoutes,
    images: imageRoutes,
    organisations: organisationRoutes,
    preview: previewRoutes,
    questions: questionRoutes,
    search: searchRoutes,
    votes: voteRoutes,
  },
  jobs: [indexAnew],
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
    'community.setting.change',
  ],
});
