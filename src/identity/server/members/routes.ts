import { z } from 'zod';
import { ChangeRole, Member } from '#src/identity/contract/organisations.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { changeRole } from './change-role.ts';
import { listMembers } from './queries.ts';
import { removeMember } from './remove-member.ts';

const AccountId = z.object({ accountId: z.uuid() });

export const memberRoutes = newRoutes();

memberRoutes.openapi(
  route('identity.member.read', {
    method: 'get',
    path: '/',
    summary: 'Members of the organisation',
    responses: { 200: json(z.array(Member), 'Members, owners first') },
  }),
  async (c) => c.json(await listMembers(c.var.ctx), 200),
);

memberRoutes.openapi(
  route('identity.member.update', {
    method: 'patch',
    path: '/{accountId}',
    summary: 'Change a member’s role',
    request: { params: AccountId, body: json(ChangeRole, 'The new role') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeRole(c.var.ctx, c.req.valid('param').accountId, c.req.valid('json').role);
    return c.body(null, 204);
  },
);

memberRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{accountId}',
    summary: 'Remove a member, or leave',
    description: 'Needs identity.member.remove, except for oneself.',
    request: { params: AccountId },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    await removeMember(c.var.ctx, c.req.valid('param').accountId);
    return c.body(null, 204);
  },
);
