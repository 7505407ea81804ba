import { z } from 'zod';
import { Slug } from '#src/community/contract/organisations.ts';
import {
  AdviseWish,
  ClaimWish,
  MergeWish,
  MoveWish,
  TestWish,
  PraiseWish,
  Roadmap,
  SimilarWish,
  VoteForCustomer,
  VoteForWish,
  Wish,
  WishId,
  WishQuery,
  WishStanding,
  WishSummary,
  WriteWish,
} from '#src/community/contract/wishes.ts';
import { DeliverWish } from '#src/community/contract/wish-deliveries.ts';
import { VerifyUse } from '#src/community/contract/wish-votes.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { adviseWish } from './advise-wish.ts';
import { claimWish, withdrawClaim } from './claim-wish.ts';
import { deliverWish } from './deliver-wish.ts';
import { mergeWishes } from './merge-wishes.ts';
import { moveWish } from './move-wish.ts';
import { praiseWish } from './praise-wish.ts';
import { getRoadmap, getWish, listSimilarWishes, listWishes } from './queries.ts';
import { testWish } from './test-wish.ts';
import { verifyUse } from './verify-use.ts';
import { voteForCustomer } from './vote-for-customer.ts';
import { voteForWish } from './vote-for-wish.ts';
import { writeWish } from './write-wish.ts';

export const wishRoutes = newRoutes();

const params = z.object({ wish: WishId });
const claimParams = z.object({ wish: WishId, organisation: Slug });

wishRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Wishes by votes, weight or age',
    request: { query: WishQuery },
    responses: { 200: json(page(WishSummary), 'Wishes') },
  }),
  async (c) => c.json(await listWishes(c.var.ctx, c.req.valid('query')), 200),
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Put a wish on the wall',
    request: { body: json(WriteWish, 'The wish') },
    responses: { 201: json(Wish, 'The wish') },
  }),
  async (c) => c.json(await writeWish(c.var.ctx, c.req.valid('json')), 201),
);

wishRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/similar',
    summary: 'Wishes like the one that is being typed',
    request: { query: z.object({ title: z.string().max(200) }) },
    responses: { 200: json(z.array(SimilarWish), 'Wishes') },
  }),
  async (c) => c.json(await listSimilarWishes(c.var.ctx, c.req.valid('query').title), 200),
);

wishRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/roadmap',
    summary: 'What is planned, under way and lately delivered',
    responses: { 200: json(Roadmap, 'The roadmap') },
  }),
  async (c) => c.json(await getRoadmap(c.var.ctx), 200),
);

wishRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{wish}',
    summary: 'A wish',
    request: { params },
    responses: { 200: json(Wish, 'The wish') },
  }),
  async (c) => c.json(await getWish(c.var.ctx, c.req.valid('param').wish), 200),
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{wish}/vote',
    summary: 'Say how much one needs it too, or take that back (null)',
    request: { params, body: json(VoteForWish, 'The vote') },
    responses: { 200: json(WishStanding, 'The sums as they stand now') },
  }),
  async (c) => c.json(await voteForWish(c.var.ctx, c.req.valid('param').wish, c.req.valid('json')), 200),
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{wish}/customer-votes',
    summary: 'Record the vote of a customer, with evidence',
    request: { params, body: json(VoteForCustomer, 'The vote') },
    responses: { 204: empty('Recorded') },
  }),
  async (c) => {
    await voteForCustomer(c.var.ctx, c.req.valid('param').wish, c.req.valid('json'));
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{wish}/verified-uses',
    summary: 'Say that a member really uses what a wish is about, with evidence',
    request: { params, body: json(VerifyUse, 'The member, and what shows it') },
    responses: { 204: empty('Verified') },
  }),
  async (c) => {
    await verifyUse(c.var.ctx, c.req.valid('param').wish, c.req.valid('json'));
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{wish}/state',
    summary: 'Move a wish to another state',
    request: { params, body: json(MoveWish, 'The state') },
    responses: { 204: empty('Moved') },
  }),
  async (c) => {
    await moveWish(c.var.ctx, c.req.valid('param').wish, c.req.valid('json'));
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{wish}/test',
    summary: 'Give a wish another test, or none; it runs on every version of PostgreSQL there is',
    request: { params, body: json(TestWish, 'The test') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await testWish(c.var.ctx, c.req.valid('param').wish, c.req.valid('json'));
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{wish}/advice',
    summary: 'Say what serves until a wish comes true, and what helps whoever builds it',
    request: { params, body: json(AdviseWish, 'The advice') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await adviseWish(c.var.ctx, c.req.valid('param').wish, c.req.valid('json'));
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{wish}/excellent',
    summary: 'Find a wish excellent, or not after all',
    request: { params, body: json(PraiseWish, 'Whether it is') },
    responses: { 204: empty('Done') },
  }),
  async (c) => {
    await praiseWish(c.var.ctx, c.req.valid('param').wish, c.req.valid('json').isExcellent);
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{wish}/merge',
    summary: 'Find a wish to be the same as another',
    request: { params, body: json(MergeWish, 'The other') },
    responses: { 204: empty('Merged') },
  }),
  async (c) => {
    await mergeWishes(c.var.ctx, c.req.valid('param').wish, c.req.valid('json'));
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{wish}/claims/{organisation}',
    summary: 'Say by when an organisation delivers a wish',
    request: { params: claimParams, body: json(ClaimWish, 'The day') },
    responses: { 204: empty('Claimed') },
  }),
  async (c) => {
    const { wish, organisation } = c.req.valid('param');
    await claimWish(c.var.ctx, wish, organisation, c.req.valid('json'));
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{wish}/claims/{organisation}',
    summary: 'Take an organisation’s word back',
    request: { params: claimParams },
    responses: { 204: empty('Taken back') },
  }),
  async (c) => {
    const { wish, organisation } = c.req.valid('param');
    await withdrawClaim(c.var.ctx, wish, organisation);
    return c.body(null, 204);
  },
);

wishRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{wish}/delivery',
    summary: 'Link a wish to what delivers it',
    request: { params, body: json(DeliverWish, 'What delivers it') },
    responses: { 204: empty('Linked') },
  }),
  async (c) => {
    await deliverWish(c.var.ctx, c.req.valid('param').wish, c.req.valid('json'));
    return c.body(null, 204);
  },
);
