import { z } from 'zod';
import { ChangeEmployment, Employment, StateEmployment } from '#src/community/contract/employments.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { changeEmployment } from './change-employment.ts';
import { listOwnEmployments } from './queries.ts';
import { removeEmployment } from './remove-employment.ts';
import { stateEmployment } from './state-employment.ts';

const One = z.object({ id: z.uuid() });

export const employmentRoutes = newRoutes();

employmentRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'Where I worked, and when',
    responses: { 200: json(z.array(Employment), 'Times of employment, the latest first') },
  }),
  async (c) => c.json(await listOwnEmployments(c.var.ctx), 200),
);

employmentRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Say where I worked from which day to which; it counts at once',
    request: { body: json(StateEmployment, 'The organisation and the days') },
    responses: { 201: json(Employment, 'The employment') },
  }),
  async (c) => c.json(await stateEmployment(c.var.ctx, c.req.valid('json')), 201),
);

employmentRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{id}',
    summary: 'Correct the days or the title of a time of employment of mine',
    request: { params: One, body: json(ChangeEmployment, 'The days and the title') },
    responses: { 200: json(Employment, 'The employment') },
  }),
  async (c) => c.json(await changeEmployment(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

employmentRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{id}',
    summary: 'Take back a time of employment of mine',
    request: { params: One },
    responses: { 204: empty('Taken back') },
  }),
  async (c) => {
    await removeEmployment(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);
