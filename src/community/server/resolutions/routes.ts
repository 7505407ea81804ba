import { z } from 'zod';
import {
  FollowUp,
  RecordResolution,
  Resolution,
  ResolutionList,
} from '#src/community/contract/resolutions.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { followResolution } from './follow-resolution.ts';
import { getResolution, listResolutions } from './queries.ts';
import { recordResolution } from './record-resolution.ts';

const One = z.object({ resolution: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const resolutionRoutes = newRoutes();

resolutionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'The decision log, the newest first',
    responses: { 200: json(ResolutionList, 'Resolutions') },
  }),
  async (c) => c.json(await listResolutions(c.var.ctx), 200),
);

resolutionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Write into the decision log what my committee decided',
    request: { body: json(RecordResolution, 'Text, votes, date, owner') },
    responses: { 201: json(z.object({ id: z.number().int() }), 'The resolution') },
  }),
  async (c) => c.json(await recordResolution(c.var.ctx, c.req.valid('json')), 201),
);

resolutionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{resolution}',
    summary: 'A resolution',
    request: { params: One },
    responses: { 200: json(Resolution, 'The resolution') },
  }),
  async (c) => c.json(await getResolution(c.var.ctx, c.req.valid('param').resolution), 200),
);

resolutionRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{resolution}/follow-up',
    summary: 'Say what became of a resolution',
    request: { params: One, body: json(FollowUp, 'State and words') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await followResolution(c.var.ctx, c.req.valid('param').resolution, c.req.valid('json'));
    return c.body(null, 204);
  },
);
