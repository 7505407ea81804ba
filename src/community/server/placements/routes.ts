import { z } from 'zod';
import { Slug } from '#src/community/contract/organisations.ts';
import { EnterPlacement, SwapLedger } from '#src/community/contract/placements.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { enterPlacement } from './enter-placement.ts';
import { getLedger } from './queries.ts';
import { reversePlacement } from './reverse-placement.ts';

const Of = z.object({ slug: Slug });
const Made = z.object({ id: z.number().int() });

export const placementRoutes = newRoutes();

placementRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{slug}',
    summary: 'The swap ledger of a media partner, and its balance',
    request: { params: Of, query: PageQuery },
    responses: { 200: json(SwapLedger, 'Entries, newest first') },
  }),
  async (c) => c.json(await getLedger(c.var.ctx, c.req.valid('param').slug, c.req.valid('query')), 200),
);

placementRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}',
    summary: 'Enter what one published for the other',
    request: { params: Of, body: json(EnterPlacement, 'What, when, at which value') },
    responses: { 201: json(Made, 'The number of the entry') },
  }),
  async (c) => c.json(await enterPlacement(c.var.ctx, c.req.valid('param').slug, c.req.valid('json')), 201),
);

placementRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/{entry}/reverse',
    summary: 'Take an entry back by one of its own',
    request: { params: Of.extend({ entry: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }) },
    responses: { 201: json(Made, 'The number of the reversal') },
  }),
  async (c) => {
    const { slug, entry } = c.req.valid('param');
    return c.json(await reversePlacement(c.var.ctx, slug, entry), 201);
  },
);
