import { z } from 'zod';
import {
  Faq,
  FaqQuery,
  FaqSummary,
  KnowVersion,
  PostgresVersion,
  VerifyFaq,
  WriteFaq,
} from '#src/community/contract/faq.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { knowVersion } from './know-version.ts';
import { getFaq, listFaq, listVersions } from './queries.ts';
import { retireFaq } from './retire-faq.ts';
import { verifyFaq } from './verify-faq.ts';
import { writeFaq } from './write-faq.ts';

export const faqRoutes = newRoutes();

const params = z.object({ entry: PostId });

faqRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Verified answers: by words, version, tag, or what an alert says (signal)',
    request: { query: FaqQuery },
    responses: { 200: json(page(FaqSummary), 'Entries') },
  }),
  async (c) => c.json(await listFaq(c.var.ctx, c.req.valid('query')), 200),
);

faqRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/versions',
    summary: 'Major versions of PostgreSQL with their days',
    responses: { 200: json(z.array(PostgresVersion), 'Versions') },
  }),
  async (c) => c.json(await listVersions(c.var.ctx.db), 200),
);

faqRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/versions',
    summary: 'Note a major version of PostgreSQL',
    request: { body: json(KnowVersion, 'The version and its days') },
    responses: { 204: empty('Noted') },
  }),
  async (c) => {
    await knowVersion(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

faqRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Add a verified answer',
    request: { body: json(WriteFaq, 'The entry') },
    responses: { 201: json(Faq, 'The entry') },
  }),
  async (c) => c.json(await writeFaq(c.var.ctx, c.req.valid('json')), 201),
);

faqRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{entry}',
    summary: 'A verified answer with its proof',
    request: { params },
    responses: { 200: json(Faq, 'The entry') },
  }),
  async (c) => c.json(await getFaq(c.var.ctx, c.req.valid('param').entry), 200),
);

faqRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{entry}',
    summary: 'Give an entry other words',
    request: { params, body: json(WriteFaq, 'The entry') },
    responses: { 200: json(Faq, 'The entry') },
  }),
  async (c) => c.json(await writeFaq(c.var.ctx, c.req.valid('json'), c.req.valid('param').entry), 200),
);

faqRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{entry}/verifications',
    summary: 'Say that an entry holds for every version there is now',
    request: { params, body: json(VerifyFaq, 'What was looked at') },
    responses: { 200: json(Faq, 'The entry') },
  }),
  async (c) => c.json(await verifyFaq(c.var.ctx, c.req.valid('param').entry, c.req.valid('json')), 200),
);

faqRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{entry}',
    summary: 'Take an entry out of the list',
    request: { params },
    responses: { 204: empty('Taken out') },
  }),
  async (c) => {
    await retireFaq(c.var.ctx, c.req.valid('param').entry);
    return c.body(null, 204);
  },
);
