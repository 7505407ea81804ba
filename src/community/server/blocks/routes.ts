import { z } from 'zod';
import { Handle, MemberCard } from '#src/community/contract/members.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { blockMember } from './block-member.ts';
import { listBlocked } from './queries.ts';
import { unblockMember } from './unblock-member.ts';

const One = z.object({ handle: Handle });

export const blockRoutes = newRoutes();

blockRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'Whom I blocked',
    responses: { 200: json(z.array(MemberCard), 'Members') },
  }),
  async (c) => c.json(await listBlocked(c.var.ctx), 200),
);

blockRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{handle}',
    summary: 'Hear nothing more from a member',
    request: { params: One },
    responses: { 204: empty('Blocked') },
  }),
  async (c) => {
    await blockMember(c.var.ctx, c.req.valid('param').handle);
    return c.body(null, 204);
  },
);

blockRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{handle}',
    summary: 'Hear a member again',
    request: { params: One },
    responses: { 204: empty('Not blocked') },
  }),
  async (c) => {
    await unblockMember(c.var.ctx, c.req.valid('param').handle);
    return c.body(null, 204);
  },
);
