import { z } from 'zod';
import { AttachCapsule, Capsule } from '#src/community/contract/capsules.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { attachCapsule, previewCapsule } from './attach-capsule.ts';
import { detachCapsule } from './detach-capsule.ts';
import { getCapsule } from './queries.ts';

export const capsuleRoutes = newRoutes();

const params = z.object({ question: PostId });

capsuleRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/preview',
    summary: 'What a capsule would hold of a schema, settings and a plan; nothing is kept',
    request: { body: json(AttachCapsule, 'What is pasted') },
    responses: { 200: json(Capsule, 'What would be kept') },
  }),
  async (c) => c.json(await previewCapsule(c.var.ctx, c.req.valid('json')), 200),
);

capsuleRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{question}',
    summary: 'The capsule of a question: table definitions, settings and a plan without names and values',
    request: { params },
    responses: { 200: json(Capsule, 'The capsule') },
  }),
  async (c) => c.json(await getCapsule(c.var.ctx, c.req.valid('param').question), 200),
);

capsuleRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{question}',
    summary: 'Attach a capsule to your question',
    request: { params, body: json(AttachCapsule, 'What is pasted') },
    responses: { 200: json(Capsule, 'What was kept') },
  }),
  async (c) =>
    c.json(await attachCapsule(c.var.ctx, c.req.valid('param').question, c.req.valid('json')), 200),
);

capsuleRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{question}',
    summary: 'Take the capsule away from your question',
    request: { params },
    responses: { 204: empty('Taken away') },
  }),
  async (c) => {
    await detachCapsule(c.var.ctx, c.req.valid('param').question);
    return c.body(null, 204);
  },
);
