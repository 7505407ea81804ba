import { z } from 'zod';
import { AcceptInvitation, Invitation, InvitationToken } from '#src/identity/contract/organisations.ts';
import { InviteMember, OpenInvitation } from '#src/identity/contract/organisations.ts';
import { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { recordSignIn } from '../sign-in/record-sign-in.ts';
import { hashToken, signInOf } from '../sign-in/start-sign-in.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { inviteMember } from './invite-member.ts';
import { getOpenInvitation, listInvitations } from './queries.ts';
import { revokeInvitation } from './revoke-invitation.ts';

const Id = z.object({ id: z.uuid() });

export const invitationRoutes = newRoutes();

invitationRoutes.openapi(
  route('identity.member.read', {
    method: 'get',
    path: '/',
    summary: 'Open invitations of the organisation',
    responses: { 200: json(z.array(Invitation), 'Invitations, newest first') },
  }),
  async (c) => c.json(await listInvitations(c.var.ctx), 200),
);

invitationRoutes.openapi(
  route('identity.member.invite', {
    method: 'post',
    path: '/',
    summary: 'Invite somebody by mail',
    request: { body: json(InviteMember, 'Address and role') },
    responses: { 201: json(Id, 'The invitation; its link goes to the mailbox only') },
  }),
  async (c) => c.json(await inviteMember(c.var.ctx, c.req.valid('json')), 201),
);

invitationRoutes.openapi(
  route('identity.member.invite', {
    method: 'delete',
    path: '/{id}',
    summary: 'Revoke an open invitation',
    request: { params: Id },
    responses: { 204: empty('Revoked') },
  }),
  async (c) => {
    await revokeInvitation(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);

invitationRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/look-up',
    summary: 'What an invitation’s link is for',
    request: { body: json(InvitationToken, 'The token of the link') },
    responses: { 200: json(OpenInvitation, 'The invitation') },
  }),
  async (c) => c.json(await getOpenInvitation(c.var.ctx.db, hashToken(c.req.valid('json').token)), 200),
);

invitationRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/accept',
    summary: 'Join an organisation',
    request: { body: json(AcceptInvitation, 'The token, and a new account’s name and password') },
    responses: { 200: json(SignInAnswer, 'Joined; somebody new is signed in by a cookie') },
  }),
  async (c) => {
    const { ctx } = c.var;
    const { accountId, isNew } = await acceptInvitation(ctx, c.req.valid('json'));
    if (isNew) {
      const { auth } = signInOf(ctx.db);
      await callBetterAuth(c, (headers) =>
        auth.api.openSession({ body: { accountId }, headers, returnHeaders: true }),
      );
      await recordSignIn(ctx, accountId, { how: 'invitation' });
    }
    return c.json({ next: 'home' as const }, 200);
  },
);
