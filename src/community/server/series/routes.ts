import { z } from 'zod';
import { BegunSeries, EditSeries, Series, SeriesSummary } from '#src/community/contract/series.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireMember, requireReader } from '../members/require-member.ts';
import { editSeries } from './edit-series.ts';
import { markRead } from './mark-read.ts';
import { getSeries, listBegunSeries, listOwnSeries } from './queries.ts';

const Id = z.object({ series: PostId });
const Part = z.object({ article: PostId });

export const seriesRoutes = newRoutes();

seriesRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My series',
    responses: { 200: json(z.array(SeriesSummary), 'The last begun first') },
  }),
  async (c) => {
    const { id } = await requireMember(c.var.ctx);
    return c.json(await listOwnSeries(c.var.ctx.db, id), 200);
  },
);

seriesRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/readings',
    summary: 'Series that I have begun and not finished, with where I go on',
    responses: { 200: json(z.array(BegunSeries), 'The one I read last first') },
  }),
  async (c) => {
    const reader = await requireReader(c.var.ctx);
    return c.json(reader === undefined ? [] : await listBegunSeries(c.var.ctx.db, reader.id), 200);
  },
);

seriesRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/readings/{article}',
    summary: 'Keep that I have read this article of a series; only I see it',
    request: { params: Part },
    responses: { 204: empty('Kept') },
  }),
  async (c) => {
    await markRead(c.var.ctx, c.req.valid('param').article, true);
    return c.body(null, 204);
  },
);

seriesRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/readings/{article}',
    summary: 'Forget that I have read this article',
    request: { params: Part },
    responses: { 204: empty('Forgotten') },
  }),
  async (c) => {
    await markRead(c.var.ctx, c.req.valid('param').article, false);
    return c.body(null, 204);
  },
);

seriesRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{series}',
    summary: 'A series with its articles in order',
    request: { params: Id },
    responses: { 200: json(Series, 'The series') },
  }),
  async (c) => c.json(await getSeries(c.var.ctx, c.req.valid('param').series), 200),
);

seriesRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{series}',
    summary: 'Give my series another title, description or order',
    request: { params: Id, body: json(EditSeries, 'The series') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await editSeries(c.var.ctx, c.req.valid('param').series, c.req.valid('json'));
    return c.body(null, 204);
  },
);
