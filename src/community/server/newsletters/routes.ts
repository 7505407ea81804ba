import { z } from 'zod';
import {
  CorrectEdition,
  Edition,
  EditionId,
  EditionSummary,
  ListEditions,
} from '#src/community/contract/newsletters.ts';
import { page } from '#src/platform/contract/pages.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { correctEdition } from './correct-edition.ts';
import { getEdition, listEditions } from './queries.ts';

const Id = z.object({ edition: EditionId });

export const newsletterRoutes = newRoutes();

newsletterRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Editions of the newsletter that were sent, the newest first',
    request: { query: ListEditions },
    responses: { 200: json(page(EditionSummary), 'Editions') },
  }),
  async (c) => c.json(await listEditions(c.var.ctx, c.req.valid('query')), 200),
);

newsletterRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{edition}',
    summary: 'An edition as it was sent, with what was put right since',
    request: { params: Id },
    responses: { 200: json(Edition, 'The edition') },
  }),
  async (c) => c.json(await getEdition(c.var.ctx, c.req.valid('param').edition), 200),
);

newsletterRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{edition}/corrections',
    summary: 'Put something right about an edition that was sent; by editors',
    request: { params: Id, body: json(CorrectEdition, 'What is put right') },
    responses: { 201: json(Edition, 'The edition, unchanged, with the correction below it') },
  }),
  async (c) =>
    c.json(await correctEdition(c.var.ctx, c.req.valid('param').edition, c.req.valid('json')), 201),
);
