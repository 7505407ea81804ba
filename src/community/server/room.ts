import { defineRoom } from '#src/platform/server/room.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { searchRoutes } from './search/routes.ts';

/** Everything the programs need to know about this room. */
export const community = defineRoom({
  name: 'community',
  routes: {
    organisations: organisationRoutes,
    search: searchRoutes,
  },
  jobs: [],
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
