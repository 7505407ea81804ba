import { z } from 'zod';
import {
  MvpArchive,
  MvpPage,
  Nominate,
  OpenRound,
  RevokeAward,
  ScoreNominee,
} from '#src/community/contract/mvp.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { nominateMember } from './nominate-member.ts';
import { openRound } from './open-round.ts';
import { publishRound } from './publish-round.ts';
import { getRound, listRounds } from './queries.ts';
import { revokeAward } from './revoke-award.ts';
import { scoreNominee } from './score-nominee.ts';

const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const OfRound = z.object({ round: number });
const OfNominee = z.object({ nominee: number });
const Made = z.object({ id: z.number().int() });

export const mvpRoutes = newRoutes();

mvpRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'All rounds in which the most valuable members were chosen, with those who won',
    responses: { 200: json(MvpArchive, 'Rounds, the newest first') },
  }),
  async (c) => c.json(await listRounds(c.var.ctx), 200),
);

mvpRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Begin a round with its jury',
    request: { body: json(OpenRound, 'Kind, year, times and jury') },
    responses: { 201: json(Made, 'The number of the round') },
  }),
  async (c) => c.json(await openRound(c.var.ctx, c.req.valid('json')), 201),
);

mvpRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{round}',
    summary: 'A round: jury, nominees with their figures, and the result once it is published',
    request: { params: OfRound },
    responses: { 200: json(MvpPage, 'The round') },
  }),
  async (c) => c.json(await getRound(c.var.ctx, c.req.valid('param').round), 200),
);

mvpRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{round}/nominees',
    summary: 'Nominate another member',
    request: { params: OfRound, body: json(Nominate, 'Who, and what for') },
    responses: { 201: json(Made, 'The number of the nomination') },
  }),
  async (c) => c.json(await nominateMember(c.var.ctx, c.req.valid('param').round, c.req.valid('json')), 201),
);

mvpRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/nominees/{nominee}/score',
    summary: 'Score a nominee as one of the jury',
    request: { params: OfNominee, body: json(ScoreNominee, 'Points from 0 to 100') },
    responses: { 204: empty('Scored') },
  }),
  async (c) => {
    await scoreNominee(c.var.ctx, c.req.valid('param').nominee, c.req.valid('json'));
    return c.body(null, 204);
  },
);

mvpRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{round}/publish',
    summary: 'Publish the result once the jury is done',
    request: { params: OfRound },
    responses: { 204: empty('Published') },
  }),
  async (c) => {
    await publishRound(c.var.ctx, c.req.valid('param').round);
    return c.body(null, 204);
  },
);

mvpRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/nominees/{nominee}/revoke',
    summary: 'Take an award for a lifetime back by a resolution',
    request: { params: OfNominee, body: json(RevokeAward, 'The resolution') },
    responses: { 204: empty('Taken back') },
  }),
  async (c) => {
    await revokeAward(c.var.ctx, c.req.valid('param').nominee, c.req.valid('json'));
    return c.body(null, 204);
  },
);
