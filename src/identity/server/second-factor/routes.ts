import { Confirmation, ConfirmSecondFactor, RecoveryCodes } from '#src/identity/contract/accounts.ts';
import { SecondFactorOffer } from '#src/identity/contract/accounts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { confirmSecondFactor } from './confirm-second-factor.ts';
import { disableSecondFactor } from './disable-second-factor.ts';
import { offerSecondFactor } from './offer-second-factor.ts';
import { renewRecoveryCodes } from './renew-recovery-codes.ts';

export const secondFactorRoutes = newRoutes();

secondFactorRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Offer a TOTP secret and recovery codes',
    request: { body: json(Confirmation, 'The password again') },
    responses: { 200: json(SecondFactorOffer, 'To be confirmed with a first code') },
  }),
  async (c) => c.json(await offerSecondFactor(c, c.req.valid('json').password), 200),
);

secondFactorRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/confirm',
    summary: 'Turn the second factor on',
    request: { body: json(ConfirmSecondFactor, 'The first code of the app') },
    responses: { 204: empty('It is on') },
  }),
  async (c) => {
    await confirmSecondFactor(c, c.req.valid('json').code);
    return c.body(null, 204);
  },
);

secondFactorRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/disable',
    summary: 'Turn the second factor off',
    request: { body: json(Confirmation, 'The password again') },
    responses: { 204: empty('It is off') },
  }),
  async (c) => {
    await disableSecondFactor(c, c.req.valid('json').password);
    return c.body(null, 204);
  },
);

secondFactorRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/recovery-codes',
    summary: 'Replace the recovery codes',
    request: { body: json(Confirmation, 'The password again') },
    responses: { 200: json(RecoveryCodes, 'The new codes, shown this once') },
  }),
  async (c) => c.json({ recoveryCodes: await renewRecoveryCodes(c, c.req.valid('json').password) }, 200),
);
