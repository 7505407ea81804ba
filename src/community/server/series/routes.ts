import { z } from 'zod';
import { EditSeries, Series, SeriesSummary } from '#src/community/contract/series.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireMember } from '../members/require-member.ts';
import { editSeries } from './edit-series.ts';
import { getSeries, listOwnSeries } from './queries.ts';

const Id = z.object({ series: PostId });

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
