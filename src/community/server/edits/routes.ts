import { SuggestEdit, SuggestedEdit, WithdrawEdit } from '#src/community/contract/edits.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { suggestEdit } from './suggest-edit.ts';
import { withdrawEdit } from './withdraw-edit.ts';

export const editRoutes = newRoutes();

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
