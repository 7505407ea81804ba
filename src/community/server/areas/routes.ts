import { z } from 'zod';
import {
  AreaList,
  AssignArea,
  DefineArea,
  LoggedHours,
  LogHours,
  SetMeasure,
} from '#src/community/contract/areas.ts';
import { Day } from '#src/community/contract/committees.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { assignArea } from './assign-area.ts';
import { changeCredit } from './change-credit.ts';
import { confirmHours } from './confirm-hours.ts';
import { defineArea } from './define-area.ts';
import { logHours } from './log-hours.ts';
import { listAreas, listHours } from './queries.ts';
import { setMeasure } from './set-measure.ts';

const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const Made = z.object({ id: z.number().int() });

export const areaRoutes = newRoutes();

areaRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Areas, those that nobody answers for first',
    responses: { 200: json(AreaList, 'Areas') },
  }),
  async (c) => c.json(await listAreas(c.var.ctx), 200),
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Define something that somebody has to answer for',
    request: { body: json(DefineArea, 'The area') },
    responses: { 201: json(Made, 'The area') },
  }),
  async (c) => c.json(await defineArea(c.var.ctx, c.req.valid('json')), 201),
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{area}/owner',
    summary: 'Let one member, or nobody, answer for an area',
    request: { params: z.object({ area: id }), body: json(AssignArea, 'Who') },
    responses: { 204: empty('Assigned') },
  }),
  async (c) => {
    await assignArea(c.var.ctx, c.req.valid('param').area, c.req.valid('json').handle);
    return c.body(null, 204);
  },
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{area}/measure',
    summary: 'Say what is counted of an area each month, and of what',
    request: { params: z.object({ area: id }), body: json(SetMeasure, 'The measure, or none') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await setMeasure(c.var.ctx, c.req.valid('param').area, c.req.valid('json').goal);
    return c.body(null, 204);
  },
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/hours',
    summary: 'My hours, and those of others that wait for me',
    responses: { 200: json(z.array(LoggedHours), 'Hours') },
  }),
  async (c) => c.json(await listHours(c.var.ctx), 200),
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{area}/hours',
    summary: 'Log time that I gave to an area',
    request: { params: z.object({ area: id }), body: json(LogHours, 'When, how long, what') },
    responses: { 201: json(Made, 'The entry') },
  }),
  async (c) => c.json(await logHours(c.var.ctx, c.req.valid('param').area, c.req.valid('json')), 201),
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/hours/{entry}/confirm',
    summary: 'Confirm hours of somebody else',
    request: { params: z.object({ entry: id }) },
    responses: { 204: empty('Confirmed') },
  }),
  async (c) => {
    await confirmHours(c.var.ctx, c.req.valid('param').entry);
    return c.body(null, 204);
  },
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{area}/months/{month}/credit',
    summary: 'Give again the points of a month in which an area met its target',
    request: { params: z.object({ area: id, month: Day }) },
    responses: { 204: empty('Given') },
  }),
  async (c) => {
    const { area, month } = c.req.valid('param');
    await changeCredit(c.var.ctx, area, month, true);
    return c.body(null, 204);
  },
);

areaRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{area}/months/{month}/credit',
    summary: 'Take back the points of a month in which an area met its target',
    request: { params: z.object({ area: id, month: Day }) },
    responses: { 204: empty('Taken back') },
  }),
  async (c) => {
    const { area, month } = c.req.valid('param');
    await changeCredit(c.var.ctx, area, month, false);
    return c.body(null, 204);
  },
);
