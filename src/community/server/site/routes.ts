import { CommunityHome, SiteFrame, SiteSettings, SiteStart } from '#src/community/contract/site.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireStaff } from '../members/require-staff.ts';
import { changeSiteSettings } from './change-site-settings.ts';
import { findStart, getFrame, getHome, getSiteSettings } from './queries.ts';

export const siteRoutes = newRoutes();

siteRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/home',
    summary:
      'The front page of the community: featured, active and unanswered posts, tags, organisations, newcomers',
    responses: { 200: json(CommunityHome, 'The front page') },
  }),
  async (c) => c.json(await getHome(c.var.ctx), 200),
);

siteRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/frame',
    summary: 'What every page of the community shows of the site and of its reader',
    responses: { 200: json(SiteFrame, 'The frame') },
  }),
  async (c) => c.json(await getFrame(c.var.ctx), 200),
);

siteRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/start',
    summary: 'Where somebody who is not signed in and names no page is led',
    responses: { 200: json(SiteStart, 'The page') },
  }),
  async (c) => c.json({ page: await findStart(c.var.ctx) }, 200),
);

siteRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/settings',
    summary: 'What was decided about the site as a whole',
    responses: { 200: json(SiteSettings, 'The settings') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.setting.change');
    return c.json(await getSiteSettings(c.var.ctx.db), 200);
  },
);

siteRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/settings',
    summary: 'Decide about the site as a whole',
    request: { body: json(SiteSettings, 'All settings; what is left out is as the code has it') },
    responses: { 200: json(SiteSettings, 'The settings') },
  }),
  async (c) => c.json(await changeSiteSettings(c.var.ctx, c.req.valid('json')), 200),
);
