import { z } from 'zod';
import { Slug } from '#src/community/contract/organisations.ts';
import {
  MemberValue,
  OrganisationValue,
  ValueNumber,
  ValueQuery,
  ValueRows,
} from '#src/community/contract/value.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getMemberValue, getOrganisationValue, listMemberRows, listOrganisationRows } from './queries.ts';

const ofMember = z.object({ handle: z.string().min(1).max(40) });
const ofOrganisation = z.object({ slug: Slug });

export const valueRoutes = newRoutes();

valueRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/members/{handle}',
    summary: 'What a member gave the community and got from it',
    request: { params: ofMember },
    responses: { 200: json(MemberValue, 'Numbers, each with how many rows it has') },
  }),
  async (c) => c.json(await getMemberValue(c.var.ctx, c.req.valid('param').handle), 200),
);

valueRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/members/{handle}/{number}',
    summary: 'The rows behind a number of a member',
    request: { params: ofMember.extend({ number: ValueNumber }), query: ValueQuery },
    responses: { 200: json(ValueRows, 'The number with its rows') },
  }),
  async (c) => {
    const { handle, number } = c.req.valid('param');
    return c.json(await listMemberRows(c.var.ctx, handle, number, c.req.valid('query')), 200);
  },
);

valueRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/organisations/{slug}',
    summary: 'What an organisation gave the community and got from it: by its people, and by itself',
    request: { params: ofOrganisation },
    responses: { 200: json(OrganisationValue, 'Numbers, each with how many rows it has') },
  }),
  async (c) => c.json(await getOrganisationValue(c.var.ctx, c.req.valid('param').slug), 200),
);

valueRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/organisations/{slug}/{number}',
    summary: 'The rows behind a number of an organisation',
    request: { params: ofOrganisation.extend({ number: ValueNumber }), query: ValueQuery },
    responses: { 200: json(ValueRows, 'The number with its rows') },
  }),
  async (c) => {
    const { slug, number } = c.req.valid('param');
    return c.json(await listOrganisationRows(c.var.ctx, slug, number, c.req.valid('query')), 200);
  },
);
