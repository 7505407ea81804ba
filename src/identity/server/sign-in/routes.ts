import {
  LinkSignIn,
  PasswordSignIn,
  Redirection,
  SecondFactorSignIn,
} from '#src/identity/contract/sign-in.ts';
import { SignInAnswer, SignInWays, WebAuthn } from '#src/identity/contract/sign-in.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { signInByLink } from './sign-in-by-link.ts';
import { offerPasskeySignIn, signInByPasskey } from './sign-in-by-passkey.ts';
import { signInByPassword } from './sign-in-by-password.ts';
import { signInByProvider, startProviderSignIn } from './sign-in-by-provider.ts';
import { signInBySecondFactor } from './sign-in-by-second-factor.ts';
import { isSetUp, passkeyAddress, signInOf } from './start-sign-in.ts';

export const signInRoutes = newRoutes();

signInRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/ways',
    summary: 'Ways to sign in here',
    responses: { 200: json(SignInWays, 'What this server offers') },
  }),
  async (c) => {
    const { config } = signInOf(c.var.ctx.db);
    const oidc = isSetUp(config, 'oidc') ? config.OIDC_NAME : null;
    const github = isSetUp(config, 'github') ? config.GITHUB_NAME : null;
    return c.json(
      { oidc, github, passkeyAddress: passkeyAddress(config), signUp: config.SIGN_UP === 'open' },
      200,
    );
  },
);

signInRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/password',
    summary: 'Sign in with e-mail address and password',
    request: { body: json(PasswordSignIn, 'Address and password') },
    responses: { 200: json(SignInAnswer, 'Signed in by a cookie, or what is asked next') },
  }),
  async (c) => c.json(await signInByPassword(c, c.req.valid('json')), 200),
);

signInRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/second-factor',
    summary: 'Complete a sign-in with the second factor',
    request: { body: json(SecondFactorSignIn, 'A code of the app, or a recovery code') },
    responses: { 200: json(SignInAnswer, 'Signed in by a cookie') },
  }),
  async (c) => c.json(await signInBySecondFactor(c, c.req.valid('json')), 200),
);

signInRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/passkey/options',
    summary: 'Challenge for a passkey',
    responses: { 200: json(WebAuthn, 'What the browser asks its authenticator') },
  }),
  async (c) => c.json(await offerPasskeySignIn(c), 200),
);

signInRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/passkey',
    summary: 'Sign in with a passkey',
    request: { body: json(WebAuthn, 'What the authenticator answered') },
    responses: { 200: json(SignInAnswer, 'Signed in by a cookie') },
  }),
  async (c) => c.json(await signInByPasskey(c, c.req.valid('json')), 200),
);

signInRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/link',
    summary: 'Use up a one-time sign-in link',
    request: { body: json(LinkSignIn, 'The token of the link') },
    responses: { 200: json(SignInAnswer, 'Signed in by a cookie') },
  }),
  async (c) => c.json(await signInByLink(c, c.req.valid('json').token), 200),
);

signInRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/oidc',
    summary: 'Begin to sign in at the company’s server',
    responses: { 200: json(Redirection, 'Where the browser goes') },
  }),
  async (c) => c.json(await startProviderSignIn(c, 'oidc'), 200),
);

signInRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/callback/oidc',
    summary: 'The company’s server sends the browser back here',
    responses: { 302: empty('Signed in, or back to the sign-in page with an error') },
  }),
  async (c) => (await signInByProvider(c, 'oidc')) as never,
);

signInRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/github',
    summary: 'Begin to sign in at GitHub',
    responses: { 200: json(Redirection, 'Where the browser goes') },
  }),
  async (c) => c.json(await startProviderSignIn(c, 'github'), 200),
);

signInRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/callback/github',
    summary: 'GitHub sends the browser back here',
    responses: { 302: empty('Signed in, or back to the sign-in page with an error') },
  }),
  async (c) => (await signInByProvider(c, 'github')) as never,
);
