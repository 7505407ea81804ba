import { ConfirmSignUp, SignInAnswer, SignUp } from '#src/identity/contract/sign-in.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { confirmSignUp } from './confirm-sign-up.ts';
import { requestAccount } from './request-account.ts';

export const signUpRoutes = newRoutes();

signUpRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/',
    summary: 'Ask for an account; a link to the address proves it',
    request: { body: json(SignUp, 'Name, address and password') },
    responses: { 202: empty('A mail is on its way, whether there is such an account or not') },
  }),
  async (c) => {
    await requestAccount(c.var.ctx, c.req.valid('json'));
    return c.body(null, 202);
  },
);

signUpRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/confirm',
    summary: 'Begin the account with the link’s token and the password',
    request: { body: json(ConfirmSignUp, 'The token, and the password chosen at sign-up') },
    responses: { 200: json(SignInAnswer, 'The account is made, and signed in by a cookie') },
  }),
  async (c) => c.json(await confirmSignUp(c, c.req.valid('json')), 200),
);
