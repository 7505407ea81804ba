import { z } from 'zod';
import {
  ApplyAsExpert,
  ChangeAvailability,
  Expert,
  ExpertList,
  ExpertQuery,
  ListedExpert,
} from '#src/community/contract/experts.ts';
import { Handle } from '#src/community/contract/members.ts';
import { Reason } from '#src/community/contract/organisations.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireStaff } from '../members/require-staff.ts';
import { applyAsExpert } from './apply-as-expert.ts';
import { changeAvailability } from './change-availability.ts';
import { decideExpert } from './decide-expert.ts';
import { getExpert, listApplications, listExperts } from './queries.ts';
import { withdrawExpert } from './withdraw-expert.ts';

const One = z.object({ handle: Handle });

export const expertRoutes = newRoutes();

expertRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Experts with a skill, a language, time to spare',
    request: { query: ExpertQuery },
    responses: { 200: json(ExpertList, 'Experts') },
  }),
  async (c) => c.json(await listExperts(c.var.ctx, c.req.valid('query')), 200),
);

expertRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Offer myself as an expert; the committee decides',
    request: { body: json(ApplyAsExpert, 'What I can do, and what shows it') },
    responses: { 204: empty('Waits for the committee') },
  }),
  async (c) => {
    await applyAsExpert(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

expertRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/availability',
    summary: 'Say how much time I have, and at which rate',
    request: { body: json(ChangeAvailability, 'Time and rate') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeAvailability(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

expertRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/withdraw',
    summary: 'Leave the list of experts',
    responses: { 204: empty('Left') },
  }),
  async (c) => {
    await withdrawExpert(c.var.ctx);
    return c.body(null, 204);
  },
);

expertRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/applications',
    summary: 'Applications that wait for the committee, the oldest first',
    responses: { 200: json(z.array(ListedExpert), 'Applications') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.expert.approve');
    return c.json(await listApplications(c.var.ctx), 200);
  },
);

expertRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{handle}',
    summary: 'An expert with evidence',
    request: { params: One },
    responses: { 200: json(Expert, 'The expert') },
  }),
  async (c) => c.json(await getExpert(c.var.ctx, c.req.valid('param').handle), 200),
);

expertRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{handle}/approve',
    summary: 'List somebody who applied',
    request: { params: One },
    responses: { 204: empty('Listed') },
  }),
  async (c) => {
    await decideExpert(c.var.ctx, c.req.valid('param').handle, null);
    return c.body(null, 204);
  },
);

expertRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{handle}/refuse',
    summary: 'Refuse an application',
    request: { params: One, body: json(z.object({ reason: Reason }), 'Why') },
    responses: { 204: empty('Refused') },
  }),
  async (c) => {
    await decideExpert(c.var.ctx, c.req.valid('param').handle, c.req.valid('json').reason);
    return c.body(null, 204);
  },
);
