import { z } from 'zod';
import {
  AssignMatter,
  CloseMatter,
  Committee,
  FileMatter,
  FillSeat,
  ListedCommittee,
  Queue,
} from '#src/community/contract/committees.ts';
import { Slug } from '#src/community/contract/organisations.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { assignMatter } from './assign-matter.ts';
import { closeMatter } from './close-matter.ts';
import { fileMatter } from './file-matter.ts';
import { fillSeat } from './fill-seat.ts';
import { getCommittee, getQueue, listCommittees } from './queries.ts';
import { vacateSeat } from './vacate-seat.ts';

const One = z.object({ slug: Slug });
const OneSeat = One.extend({ seat: z.uuid() });
const OneMatter = One.extend({ matter: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const committeeRoutes = newRoutes();

committeeRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'The board and the committees, with those who hold their seats',
    responses: { 200: json(z.array(ListedCommittee), 'Committees') },
  }),
  async (c) => c.json(await listCommittees(c.var.ctx), 200),
);

committeeRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}',
    summary: 'A committee: seats now and before, what they permit, what it reached this year',
    request: { params: One },
    responses: { 200: json(Committee, 'The committee') },
  }),
  async (c) => c.json(await getCommittee(c.var.ctx, c.req.valid('param').slug), 200),
);

committeeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/seats',
    summary: 'Give a member a seat for some months',
    request: { params: One, body: json(FillSeat, 'Who, as what, from when, for how long') },
    responses: { 201: json(z.object({ id: z.uuid() }), 'The seat') },
  }),
  async (c) => c.json(await fillSeat(c.var.ctx, c.req.valid('param').slug, c.req.valid('json')), 201),
);

committeeRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{slug}/seats/{seat}',
    summary: 'End a seat at once, or step down from one',
    request: { params: OneSeat },
    responses: { 204: empty('Ended') },
  }),
  async (c) => {
    const { slug, seat } = c.req.valid('param');
    await vacateSeat(c.var.ctx, slug, seat);
    return c.body(null, 204);
  },
);

committeeRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{slug}/queue',
    summary: 'What waits for a committee; without a seat, what one brought before it oneself',
    request: { params: One },
    responses: { 200: json(Queue, 'The queue') },
  }),
  async (c) => c.json(await getQueue(c.var.ctx, c.req.valid('param').slug), 200),
);

committeeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/matters',
    summary: 'Bring something before a committee',
    request: { params: One, body: json(FileMatter, 'What it is about') },
    responses: { 201: json(z.object({ id: z.number().int() }), 'The matter') },
  }),
  async (c) => c.json(await fileMatter(c.var.ctx, c.req.valid('param').slug, c.req.valid('json')), 201),
);

committeeRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{slug}/matters/{matter}/assignee',
    summary: 'Say who of the committee sees to a matter',
    request: { params: OneMatter, body: json(AssignMatter, 'Who') },
    responses: { 204: empty('Assigned') },
  }),
  async (c) => {
    const { slug, matter } = c.req.valid('param');
    await assignMatter(c.var.ctx, slug, matter, c.req.valid('json'));
    return c.body(null, 204);
  },
);

committeeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/matters/{matter}/close',
    summary: 'Close a matter with an answer',
    request: { params: OneMatter, body: json(CloseMatter, 'Outcome and answer') },
    responses: { 204: empty('Closed') },
  }),
  async (c) => {
    const { slug, matter } = c.req.valid('param');
    await closeMatter(c.var.ctx, slug, matter, c.req.valid('json'));
    return c.body(null, 204);
  },
);
