import { ConfirmAddress, ConfirmSignUp, SignInAnswer, SignUp } from '#src/identity/contract/sign-in.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { confirmAddress } from './confirm-address.ts';
import { confirmSignUp } from './confirm-sign-up.ts';
import { requestAccount } from './request-account.ts';
import { sendProof } from './send-proof.ts';

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

signUpRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/proof',
    summary: 'Ask for a link that proves the address of my account',
    responses: { 202: empty('A mail is on its way, unless the address is proved already') },
  }),
  async (c) => {
    await sendProof(c.var.ctx);
    return c.body(null, 202);
  },
);

signUpRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/proof/confirm',
    summary: 'Prove the address of my account with the link’s token',
    request: { body: json(ConfirmAddress, 'The token') },
    responses: { 204: empty('Proved') },
  }),
  async (c) => {
    await confirmAddress(c.var.ctx, c.req.valid('json').token);
    return c.body(null, 204);
  },
);
