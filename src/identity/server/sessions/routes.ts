import { z } from 'zod';
import { ChooseOrganisation, Session } from '#src/identity/contract/accounts.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { chooseOrganisation } from './choose-organisation.ts';
import { findCurrentSession } from './find-current-session.ts';
import { listSessions } from './queries.ts';
import { revokeOtherSessions, revokeSession } from './revoke-session.ts';
import { signOut } from './sign-out.ts';

export const sessionRoutes = newRoutes();

sessionRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My sessions, newest first',
    responses: { 200: json(z.array(Session), 'Browsers that are signed in') },
  }),
  async (c) => {
    const accountId = requirePerson(c.var.ctx);
    const current = await findCurrentSession(c);
    return c.json(await listSessions(c.var.ctx, accountId, current?.id ?? null), 200);
  },
);

sessionRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{id}',
    summary: 'End one of my sessions',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: empty('Ended') },
  }),
  async (c) => {
    await revokeSession(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);

sessionRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/',
    summary: 'End all my other sessions',
    responses: { 204: empty('Ended') },
  }),
  async (c) => {
    const current = await findCurrentSession(c);
    await revokeOtherSessions(c.var.ctx, current?.id ?? null);
    return c.body(null, 204);
  },
);

sessionRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/sign-out',
    summary: 'Sign out',
    responses: { 204: empty('Signed out') },
  }),
  async (c) => {
    await signOut(c);
    return c.body(null, 204);
  },
);

sessionRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/organisation',
    summary: 'Choose the organisation this browser works for',
    request: { body: json(ChooseOrganisation, 'One of my organisations') },
    responses: { 204: empty('Chosen') },
  }),
  async (c) => {
    const current = await findCurrentSession(c);
    if (!current) throw new AppError('forbidden', signInText.personOnly);
    await chooseOrganisation(c.var.ctx, current.id, c.req.valid('json').orgId);
    return c.body(null, 204);
  },
);
