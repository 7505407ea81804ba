import { z } from 'zod';
import { Merge, MergeMembers, MergeOrganisations } from '#src/community/contract/merges.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireStaff } from '../members/require-staff.ts';
import { mergeMembers } from './merge-members.ts';
import { mergeOrganisations } from './merge-organisations.ts';
import { listMerges } from './queries.ts';
import { undoMerge } from './undo-merge.ts';

const One = z.object({ id: z.uuid() });

export const mergeRoutes = newRoutes();

mergeRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'Members and organisations that were found to be one, the newest first',
    responses: { 200: json(z.array(Merge), 'Merges') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.member.merge');
    return c.json(await listMerges(c.var.ctx), 200);
  },
);

mergeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/members',
    summary: 'Make two members one',
    request: { body: json(MergeMembers, 'Who goes, who stays, and why') },
    responses: { 201: json(One, 'The merge') },
  }),
  async (c) => c.json(await mergeMembers(c.var.ctx, c.req.valid('json')), 201),
);

mergeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/organisations',
    summary: 'Make two organisations one',
    request: { body: json(MergeOrganisations, 'Which goes, which stays, and why') },
    responses: { 201: json(One, 'The merge') },
  }),
  async (c) => c.json(await mergeOrganisations(c.var.ctx, c.req.valid('json')), 201),
);

mergeRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{id}/undo',
    summary: 'Make two of one again',
    request: { params: One },
    responses: { 204: empty('Undone') },
  }),
  async (c) => {
    await undoMerge(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);
