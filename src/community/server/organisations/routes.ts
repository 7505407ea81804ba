import { z } from 'zod';
import { Handle } from '#src/community/contract/members.ts';
import { OrganisationPage } from '#src/community/contract/organisation-pages.ts';
import {
  CreateOrganisation,
  EditOrganisation,
  Organisation,
  OrganisationList,
  OrganisationQuery,
  OrganisationRevision,
  Reason,
  Slug,
  WaitingOrganisation,
} from '#src/community/contract/organisations.ts';
import {
  JudgeEmployment,
  OrganisationFigures,
  OrganisationPerson,
  PeopleQuery,
} from '#src/community/contract/employments.ts';
import { PublishedPost, PublishedQuery } from '#src/community/contract/published.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { judgeEmployment } from '../employments/judge-employment.ts';
import { getFigures, listPeople } from '../employments/queries.ts';
import { listOfOrganisation } from '../published/queries.ts';
import { requireStaff } from '../members/require-staff.ts';
import { getOrganisationPage } from '../organisation-pages/queries.ts';
import { addManager } from './add-manager.ts';
import { confirmOrganisation } from './confirm-organisation.ts';
import { createOrganisation } from './create-organisation.ts';
import { decideOrganisation } from './decide-organisation.ts';
import { editOrganisation } from './edit-organisation.ts';
import { getOrganisation, listOrganisations, listRevisions, listWaiting } from './queries.ts';
import { removeManager } from './remove-manager.ts';
import { restoreRevision } from './restore-revision.ts';

const One = z.object({ slug: Slug });

export const organisationRoutes = newRoutes();

organisationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Verified organisations by name, of one kind, by a part of their name',
    request: { query: OrganisationQuery },
    responses: { 200: json(OrganisationList, 'Organisations') },
  }),
  async (c) => c.json(await listOrganisations(c.var.ctx, c.req.valid('query')), 200),
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Bring an organisation into the community; it waits to be verified',
    request: { body: json(CreateOrganisation, 'The organisation, and what shows that it is one') },
    responses: { 201: json(One, 'Its name in addresses') },
  }),
  async (c) => c.json(await createOrganisation(c.var.ctx, c.req.valid('json')), 201),
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/waiting',
    summary: 'Organisations that wait to be verified, the oldest first',
    responses: { 200: json(z.array(WaitingOrganisation), 'Organisations') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.organisation.verify');
    return c.json(await listWaiting(c.var.ctx), 200);
  },
);

organisationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}',
    summary: 'An organisation',
    request: { params: One },
    responses: { 200: json(Organisation, 'The organisation') },
  }),
  async (c) => c.json(await getOrganisation(c.var.ctx, c.req.valid('param').slug), 200),
);

organisationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}/page',
    summary: 'An organisation with its people, what they published, what it offers',
    request: { params: One },
    responses: { 200: json(OrganisationPage, 'The organisation') },
  }),
  async (c) => c.json(await getOrganisationPage(c.var.ctx, c.req.valid('param').slug), 200),
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{slug}',
    summary: 'Give the page of an organisation other words, as its next revision',
    request: { params: One, body: json(EditOrganisation, 'What the page says') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await editOrganisation(c.var.ctx, c.req.valid('param').slug, c.req.valid('json'));
    return c.body(null, 204);
  },
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/verify',
    summary: 'Say that an organisation is what it says it is',
    request: { params: One },
    responses: { 200: json(Organisation, 'The organisation') },
  }),
  async (c) =>
    c.json(await decideOrganisation(c.var.ctx, c.req.valid('param').slug, { isVerified: true }), 200),
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/refuse',
    summary: 'Refuse to verify an organisation',
    request: { params: One, body: json(z.object({ reason: Reason }), 'Why') },
    responses: { 200: json(Organisation, 'The organisation') },
  }),
  async (c) => {
    const decision = { isVerified: false as const, reason: c.req.valid('json').reason };
    return c.json(await decideOrganisation(c.var.ctx, c.req.valid('param').slug, decision), 200);
  },
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/confirm',
    summary: 'Say that the page of an organisation is still right',
    request: { params: One },
    responses: { 204: empty('Confirmed') },
  }),
  async (c) => {
    await confirmOrganisation(c.var.ctx, c.req.valid('param').slug);
    return c.body(null, 204);
  },
);

organisationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}/revisions',
    summary: 'What the page of an organisation said, newest first',
    request: { params: One },
    responses: { 200: json(z.array(OrganisationRevision), 'Revisions') },
  }),
  async (c) => c.json(await listRevisions(c.var.ctx, c.req.valid('param').slug), 200),
);

const OneRevision = One.extend({ revision: z.coerce.number().int().min(1).max(2_000_000_000) });

organisationRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/revisions/{revision}/restore',
    summary: 'Make an earlier revision the newest',
    request: { params: OneRevision },
    responses: { 200: json(Organisation, 'The organisation') },
  }),
  async (c) => {
    const { slug, revision } = c.req.valid('param');
    return c.json(await restoreRevision(c.var.ctx, slug, revision), 200);
  },
);

const OneManager = One.extend({ handle: Handle });

organisationRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{slug}/managers/{handle}',
    summary: 'Make another member a manager',
    request: { params: OneManager },
    responses: { 204: empty('Added') },
  }),
  async (c) => {
    const { slug, handle } = c.req.valid('param');
    await addManager(c.var.ctx, slug, handle);
    return c.body(null, 204);
  },
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{slug}/managers/{handle}',
    summary: 'Take a member off the managers',
    request: { params: OneManager },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    const { slug, handle } = c.req.valid('param');
    await removeManager(c.var.ctx, slug, handle);
    return c.body(null, 204);
  },
);

organisationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}/figures',
    summary:
      'How many people an organisation has, and what they published on the days they worked there, by year',
    request: { params: One },
    responses: { 200: json(OrganisationFigures, 'Figures') },
  }),
  async (c) => c.json(await getFigures(c.var.ctx, c.req.valid('param').slug), 200),
);

organisationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}/people',
    summary: 'Who works at an organisation and who did',
    request: { params: One, query: PeopleQuery },
    responses: { 200: json(page(OrganisationPerson), 'People, those of today first') },
  }),
  async (c) => c.json(await listPeople(c.var.ctx, c.req.valid('param').slug, c.req.valid('query')), 200),
);

organisationRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{slug}/people/{employment}',
    summary: 'Confirm or dispute that somebody worked there',
    request: {
      params: One.extend({ employment: z.uuid() }),
      body: json(JudgeEmployment, 'What the organisation says of it'),
    },
    responses: { 204: empty('Judged') },
  }),
  async (c) => {
    const { slug, employment } = c.req.valid('param');
    await judgeEmployment(c.var.ctx, slug, employment, c.req.valid('json').standing);
    return c.body(null, 204);
  },
);

organisationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}/posts',
    summary: 'What people published on the days they worked there, newest first',
    request: { params: One, query: PublishedQuery },
    responses: { 200: json(page(PublishedPost), 'Posts') },
  }),
  async (c) =>
    c.json(await listOfOrganisation(c.var.ctx, c.req.valid('param').slug, c.req.valid('query')), 200),
);
