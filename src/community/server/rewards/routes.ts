import { z } from 'zod';
import {
  AdvanceRedemption,
  ChangeReward,
  HandledQuery,
  HandledRedemptions,
  Redeem,
  Redemption,
  RewardShop,
  WriteReward,
} from '#src/community/contract/rewards.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { advanceRedemption } from './advance-redemption.ts';
import { cancelRedemption } from './cancel-redemption.ts';
import { changeReward } from './change-reward.ts';
import { createReward } from './create-reward.ts';
import { getShop, listOwnRedemptions, listRedemptions } from './queries.ts';
import { redeemReward } from './redeem-reward.ts';

const Made = z.object({ id: z.number().int() });
const OfReward = z.object({ reward: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const OfRedemption = z.object({ redemption: z.uuid() });

export const rewardRoutes = newRoutes();

rewardRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'What points can be redeemed for',
    responses: { 200: json(RewardShop, 'The rewards') },
  }),
  async (c) => c.json(await getShop(c.var.ctx), 200),
);

rewardRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Add a reward',
    request: { body: json(WriteReward, 'What it is, costs and is worth, how many there are') },
    responses: { 201: json(Made, 'The number of the reward') },
  }),
  async (c) => c.json(await createReward(c.var.ctx, c.req.valid('json')), 201),
);

rewardRoutes.openapi(
  route('signed-in', {
    method: 'patch',
    path: '/{reward}',
    summary: 'Change what a reward costs, how many there are, whether it is shown',
    request: { params: OfReward, body: json(ChangeReward, 'The changes') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeReward(c.var.ctx, c.req.valid('param').reward, c.req.valid('json'));
    return c.body(null, 204);
  },
);

/** What members redeemed. */
export const redemptionRoutes = newRoutes();

redemptionRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'What I redeemed',
    responses: { 200: json(z.array(Redemption), 'Redemptions, newest first') },
  }),
  async (c) => c.json(await listOwnRedemptions(c.var.ctx), 200),
);

redemptionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Redeem points for a reward',
    request: { body: json(Redeem, 'Which, and where to send it') },
    responses: { 201: json(z.object({ id: z.uuid() }), 'The redemption') },
  }),
  async (c) => c.json(await redeemReward(c.var.ctx, c.req.valid('json')), 201),
);

redemptionRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/handled',
    summary: 'Redemptions for those who send them, with the addresses of open ones',
    request: { query: HandledQuery },
    responses: { 200: json(HandledRedemptions, 'Redemptions') },
  }),
  async (c) => c.json(await listRedemptions(c.var.ctx, c.req.valid('query')), 200),
);

redemptionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{redemption}/advance',
    summary: 'Note that a redemption was sent, has arrived, or is cancelled',
    request: { params: OfRedemption, body: json(AdvanceRedemption, 'What became of it') },
    responses: { 204: empty('Noted') },
  }),
  async (c) => {
    await advanceRedemption(c.var.ctx, c.req.valid('param').redemption, c.req.valid('json'));
    return c.body(null, 204);
  },
);

redemptionRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{redemption}',
    summary: 'Cancel my redemption before it is sent; the points come back',
    request: { params: OfRedemption },
    responses: { 204: empty('Cancelled') },
  }),
  async (c) => {
    await cancelRedemption(c.var.ctx, c.req.valid('param').redemption);
    return c.body(null, 204);
  },
);
