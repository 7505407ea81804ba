import { z } from 'zod';
import {
  CallElection,
  CastBallot,
  Election,
  ElectionList,
  Receipt,
  Stand,
} from '#src/community/contract/elections.ts';
import { ElectionFile } from '#src/community/contract/tallies.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { callElection } from './call-election.ts';
import { cancelElection } from './cancel-election.ts';
import { castBallot } from './cast-ballot.ts';
import { getElection, getElectionFile, listElections } from './queries.ts';
import { seatWinners } from './seat-winners.ts';
import { standForElection } from './stand-for-election.ts';
import { withdrawCandidacy } from './withdraw-candidacy.ts';

const One = z.object({ election: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const electionRoutes = newRoutes();

electionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Elections, the newest first',
    responses: { 200: json(ElectionList, 'Elections') },
  }),
  async (c) => c.json(await listElections(c.var.ctx), 200),
);

electionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Call an election; the list of its voters is written now',
    request: { body: json(CallElection, 'What is elected, how, by whom, when') },
    responses: { 201: json(z.object({ id: z.number().int() }), 'The election') },
  }),
  async (c) => c.json(await callElection(c.var.ctx, c.req.valid('json')), 201),
);

electionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{election}',
    summary: 'An election; its result once it is counted',
    request: { params: One },
    responses: { 200: json(Election, 'The election') },
  }),
  async (c) => c.json(await getElection(c.var.ctx, c.req.valid('param').election), 200),
);

electionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{election}/file',
    summary: 'The ballots of a counted election with their receipts, for counting again',
    request: { params: One },
    responses: { 200: json(ElectionFile, 'The file') },
  }),
  async (c) => c.json(await getElectionFile(c.var.ctx, c.req.valid('param').election), 200),
);

electionRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{election}/candidacy',
    summary: 'Stand in an election',
    request: { params: One, body: json(Stand, 'What I stand for') },
    responses: { 204: empty('Stands') },
  }),
  async (c) => {
    await standForElection(c.var.ctx, c.req.valid('param').election, c.req.valid('json'));
    return c.body(null, 204);
  },
);

electionRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{election}/candidacy',
    summary: 'Stand no longer',
    request: { params: One },
    responses: { 204: empty('Stands no longer') },
  }),
  async (c) => {
    await withdrawCandidacy(c.var.ctx, c.req.valid('param').election);
    return c.body(null, 204);
  },
);

electionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{election}/ballot',
    summary: 'Cast my ballot; the answer is its receipt, which is shown this once',
    request: { params: One, body: json(CastBallot, 'What is marked') },
    responses: { 201: json(Receipt, 'The receipt') },
  }),
  async (c) => c.json(await castBallot(c.var.ctx, c.req.valid('param').election, c.req.valid('json')), 201),
);

electionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{election}/cancel',
    summary: 'Cancel an election; its ballots are destroyed unread',
    request: { params: One },
    responses: { 204: empty('Cancelled') },
  }),
  async (c) => {
    await cancelElection(c.var.ctx, c.req.valid('param').election);
    return c.body(null, 204);
  },
);

electionRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{election}/seats',
    summary: 'Give the winners their seats',
    request: { params: One },
    responses: { 204: empty('Seated') },
  }),
  async (c) => {
    await seatWinners(c.var.ctx, c.req.valid('param').election);
    return c.body(null, 204);
  },
);
