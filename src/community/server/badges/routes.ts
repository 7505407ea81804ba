import { z } from 'zod';
import { BadgeSlug } from '#src/community/contract/badge-marks.ts';
import { BadgeList, BadgePage, BadgeReplay, CreateBadge } from '#src/community/contract/badges.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createBadge } from './create-badge.ts';
import { replayBadges } from './give-badges.ts';
import { getBadge, listBadges } from './queries.ts';
import { retireBadge } from './retire-badge.ts';

const Of = z.object({ slug: BadgeSlug });

export const badgeRoutes = newRoutes();

badgeRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Every badge there is',
    responses: { 200: json(BadgeList, 'The badges') },
  }),
  async (c) => c.json(await listBadges(c.var.ctx), 200),
);

badgeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Add a badge',
    request: { body: json(CreateBadge, 'Its name, and what it takes') },
    responses: { 204: empty('Added') },
  }),
  async (c) => {
    await createBadge(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

badgeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/replay',
    summary: 'Work all badges over all history again, and give what is missing',
    responses: { 200: json(BadgeReplay, 'What was found') },
  }),
  async (c) => c.json(await replayBadges(c.var.ctx), 200),
);

badgeRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}',
    summary: 'A badge, and who got it last',
    request: { params: Of },
    responses: { 200: json(BadgePage, 'The badge') },
  }),
  async (c) => c.json(await getBadge(c.var.ctx, c.req.valid('param').slug), 200),
);

badgeRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{slug}',
    summary: 'Give a badge to nobody else; who has it keeps it',
    request: { params: Of },
    responses: { 204: empty('Retired') },
  }),
  async (c) => {
    await retireBadge(c.var.ctx, c.req.valid('param').slug);
    return c.body(null, 204);
  },
);
