import { ForgotPassword, ResetPassword } from '#src/identity/contract/sign-in.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requestReset, resetPassword } from './reset-password.ts';

export const passwordResetRoutes = newRoutes();

passwordResetRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/',
    summary: 'Ask for a link that sets a new password',
    request: { body: json(ForgotPassword, 'The address of the account') },
    responses: { 202: empty('Sent, if there is such an account') },
  }),
  async (c) => {
    await requestReset(c, c.req.valid('json').email);
    return c.body(null, 202);
  },
);

passwordResetRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/confirm',
    summary: 'Set a new password with the link’s token',
    request: { body: json(ResetPassword, 'Token and password') },
    responses: { 204: empty('Changed; every session of the account has ended') },
  }),
  async (c) => {
    await resetPassword(c, c.req.valid('json'));
    return c.body(null, 204);
  },
);
