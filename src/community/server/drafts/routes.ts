import { z } from 'zod';
import { Draft, DraftSummary, DraftTarget, SavedDraft, SaveDraft } from '#src/community/contract/drafts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireMember } from '../members/require-member.ts';
import { findDraft, listDrafts } from './queries.ts';
import { dropDraft, saveDraft } from './save-draft.ts';

const Target = z.object({ target: DraftTarget });

export const draftRoutes = newRoutes();

draftRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'What I began to write and have not sent',
    responses: { 200: json(z.array(DraftSummary), 'Drafts, the last first') },
  }),
  async (c) => c.json(await listDrafts(c.var.ctx, await requireMember(c.var.ctx)), 200),
);

draftRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{target}',
    summary: 'One of my drafts, null when there is none',
    request: { params: Target },
    responses: { 200: json(Draft, 'The draft') },
  }),
  async (c) => {
    const member = await requireMember(c.var.ctx);
    return c.json(await findDraft(c.var.ctx, member, c.req.valid('param').target), 200);
  },
);

draftRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{target}',
    summary: 'Keep what I have typed so far',
    request: { params: Target, body: json(SaveDraft, 'The fields of the form') },
    responses: { 200: json(SavedDraft, 'Kept') },
  }),
  async (c) =>
    c.json(await saveDraft(c.var.ctx, c.req.valid('param').target, c.req.valid('json').fields), 200),
);

draftRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{target}',
    summary: 'Throw a draft away',
    request: { params: Target },
    responses: { 204: empty('Gone') },
  }),
  async (c) => {
    await dropDraft(c.var.ctx, c.req.valid('param').target);
    return c.body(null, 204);
  },
);
