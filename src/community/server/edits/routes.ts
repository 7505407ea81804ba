import { z } from 'zod';
import { EditToReview, SuggestEdit, SuggestedEdit, WithdrawEdit } from '#src/community/contract/edits.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireMember } from '../members/require-member.ts';
import { getEdit } from './queries.ts';
import { suggestEdit } from './suggest-edit.ts';
import { withdrawEdit } from './withdraw-edit.ts';

export const editRoutes = newRoutes();

const params = z.object({ edit: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

editRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{edit}',
    summary: 'A suggested edit: for who made it, whoever wrote the post, and reviewers',
    request: { params },
    responses: { 200: json(EditToReview, 'What it would change') },
  }),
  async (c) => {
    const { ctx } = c.var;
    return c.json(await getEdit(ctx, await requireMember(ctx), c.req.valid('param').edit), 200);
  },
);

editRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Suggest other words for a public post; reviewers decide about them',
    request: { body: json(SuggestEdit, 'The words, and the revision they are made from') },
    responses: { 201: json(SuggestedEdit, 'The suggestion waits') },
  }),
  async (c) => c.json(await suggestEdit(c.var.ctx, c.req.valid('json')), 201),
);

editRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/withdraw',
    summary: 'Take an own suggestion back',
    request: { body: json(WithdrawEdit, 'The suggestion') },
    responses: { 204: empty('Taken back') },
  }),
  async (c) => {
    await withdrawEdit(c.var.ctx, c.req.valid('json').edit);
    return c.body(null, 204);
  },
);
