import { z } from 'zod';
import { NameOrganisation, Organisation, OwnOrganisation } from '#src/identity/contract/organisations.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { createOrganisation } from './create-organisation.ts';
import { getOrganisation, listOwnOrganisations } from './queries.ts';
import { renameOrganisation } from './rename-organisation.ts';

export const organisationRoutes = newRoutes();

organisationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My organisations',
    responses: { 200: json(z.array(OwnOrganisation), 'Organisations with my role') },
  }),
  async (c) => c.json(await listOwnOrganisations(c.var.ctx, requirePerson(c.var.ctx)), 200),
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Make an organisation of my own',
    request: { body: json(NameOrganisation, 'Its name') },
    responses: { 201: json(Organisation, 'The organisation') },
  }),
  async (c) => c.json(await createOrganisation(c.var.ctx, c.req.valid('json')), 201),
);

organisationRoutes.openapi(
  route('identity.organisation.read', {
    method: 'get',
    path: '/current',
    summary: 'The organisation acted for',
    responses: { 200: json(Organisation, 'The organisation') },
  }),
  async (c) => c.json(await getOrganisation(c.var.ctx), 200),
);

organisationRoutes.openapi(
  route('identity.organisation.update', {
    method: 'patch',
    path: '/current',
    summary: 'Rename the organisation',
    request: { body: json(NameOrganisation, 'Its new name') },
    responses: { 200: json(Organisation, 'The organisation') },
  }),
  async (c) => c.json(await renameOrganisation(c.var.ctx, c.req.valid('json')), 200),
);
