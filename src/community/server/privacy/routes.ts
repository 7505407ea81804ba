import { z } from 'zod';
import {
  Consent,
  ConsentKind,
  DecideConsent,
  Erase,
  PersonalExport,
  Privacy,
} from '#src/community/contract/privacy.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { decideConsent } from './decide-consent.ts';
import { eraseMember } from './erase-member.ts';
import { exportEverything, showPrivacy } from './export-everything.ts';

export const privacyRoutes = newRoutes();

privacyRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'What I agree to, and how much is kept about me',
    responses: { 200: json(Privacy, 'Consents, parts of an export, and what stands in the way of leaving') },
  }),
  async (c) => c.json(await showPrivacy(c.var.ctx), 200),
);

privacyRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/consents/{kind}',
    summary: 'Agree to something, or no longer',
    request: { params: z.object({ kind: ConsentKind }), body: json(DecideConsent, 'The decision') },
    responses: { 200: json(z.array(Consent), 'All consents as they stand') },
  }),
  async (c) =>
    c.json(await decideConsent(c.var.ctx, c.req.valid('param').kind, c.req.valid('json').isGiven), 200),
);

privacyRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/export',
    summary: 'Everything about me as one file',
    responses: { 200: json(PersonalExport, 'Every row that refers to me, by table') },
  }),
  async (c) => {
    c.header('content-disposition', `attachment; filename="elepherd-my-data.json"`);
    return c.json(await exportEverything(c.var.ctx), 200);
  },
);

privacyRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/erasure',
    summary: 'Erase my account for good',
    request: { body: json(Erase, 'My handle, typed again, and my password') },
    responses: { 204: empty('Erased') },
  }),
  async (c) => {
    await eraseMember(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);
