import { Account, ChangePassword, SetUpAccount, UpdateAccount } from '#src/identity/contract/accounts.ts';
import { Viewer } from '#src/platform/contract/viewer.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { findCurrentSession } from '../sessions/find-current-session.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';
import { changePassword } from './change-password.ts';
import { getOwnAccount, getViewer } from './queries.ts';
import { setUpAccount } from './set-up-account.ts';
import { updateAccount } from './update-account.ts';

export const viewerRoutes = newRoutes();

viewerRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Who is looking',
    responses: {
      200: json(Viewer, 'Account, organisations and permissions; nobody in particular when not signed in'),
    },
  }),
  async (c) => c.json(await getViewer(c.var.ctx, signInOf(c.var.ctx.db).permissions), 200),
);

export const accountRoutes = newRoutes();

accountRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My account',
    responses: { 200: json(Account, 'The account') },
  }),
  async (c) => c.json(await getOwnAccount(c.var.ctx), 200),
);

accountRoutes.openapi(
  route('signed-in', {
    method: 'patch',
    path: '/',
    summary: 'Change my name, language and time zone',
    request: { body: json(UpdateAccount, 'The profile') },
    responses: { 200: json(Account, 'The account') },
  }),
  async (c) => c.json(await updateAccount(c.var.ctx, c.req.valid('json')), 200),
);

accountRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/set-up',
    summary: 'Set up the first administrator’s account',
    request: { body: json(SetUpAccount, 'Name, address and password') },
    responses: { 200: json(Account, 'The account') },
  }),
  async (c) => c.json(await setUpAccount(c.var.ctx, c.req.valid('json')), 200),
);

accountRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/password',
    summary: 'Set my password',
    request: { body: json(ChangePassword, 'The present and the new password') },
    responses: { 204: empty('Changed; all other sessions have ended') },
  }),
  async (c) => {
    const current = await findCurrentSession(c);
    await changePassword(c.var.ctx, c.req.valid('json'), current?.id ?? null);
    return c.body(null, 204);
  },
);
