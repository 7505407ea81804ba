import { z } from 'zod';
import {
  ApplicationQuery,
  ApplyToCore,
  CoreApplication,
  ListedApplication,
  VoteOnApplication,
} from '#src/community/contract/core-applications.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { applyToCore } from './apply-to-core.ts';
import { getApplication, listApplications } from './queries.ts';
import { voteOnApplication } from './vote-on-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

const One = z.object({ application: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const coreApplicationRoutes = newRoutes();

coreApplicationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My applications to the core group; with a committee, those it votes on',
    request: { query: ApplicationQuery },
    responses: { 200: json(z.array(ListedApplication), 'Applications') },
  }),
  async (c) => c.json(await listApplications(c.var.ctx, c.req.valid('query').committee), 200),
);

coreApplicationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Ask to join the core group; the committee votes',
    request: { body: json(ApplyToCore, 'The answers to its questions') },
    responses: { 201: json(z.object({ id: z.number().int() }), 'The application') },
  }),
  async (c) => c.json(await applyToCore(c.var.ctx, c.req.valid('json')), 201),
);

coreApplicationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{application}',
    summary: 'An application, for whoever made it and those who vote on it',
    request: { params: One },
    responses: { 200: json(CoreApplication, 'The application') },
  }),
  async (c) => c.json(await getApplication(c.var.ctx, c.req.valid('param').application), 200),
);

coreApplicationRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{application}/vote',
    summary: 'Vote on an application by a seat in its committee',
    request: { params: One, body: json(VoteOnApplication, 'Yes, no or neither, and why') },
    responses: { 204: empty('Voted') },
  }),
  async (c) => {
    await voteOnApplication(c.var.ctx, c.req.valid('param').application, c.req.valid('json'));
    return c.body(null, 204);
  },
);

coreApplicationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{application}/withdraw',
    summary: 'Take my application back',
    request: { params: One },
    responses: { 204: empty('Withdrawn') },
  }),
  async (c) => {
    await withdrawApplication(c.var.ctx, c.req.valid('param').application);
    return c.body(null, 204);
  },
);
