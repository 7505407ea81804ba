import { z } from 'zod';
import { ApproveCaseStudy, ListCaseStudies, ListedCaseStudy } from '#src/community/contract/case-studies.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { approveCaseStudy, withdrawCaseStudy } from './approve-case-study.ts';
import { listCaseStudies } from './queries.ts';

const Id = z.object({ article: PostId });

export const caseStudyRoutes = newRoutes();

caseStudyRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Published case studies, of all industries or of one',
    request: { query: ListCaseStudies },
    responses: { 200: json(page(ListedCaseStudy), 'The newest first') },
  }),
  async (c) => c.json(await listCaseStudies(c.var.ctx, c.req.valid('query')), 200),
);

caseStudyRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{article}/approval',
    summary:
      'Stand by a case study for its customer, so that it is published; by managers of that organisation',
    request: { params: Id, body: json(ApproveCaseStudy, 'The revision that was read') },
    responses: { 204: empty('Approved') },
  }),
  async (c) => {
    await approveCaseStudy(c.var.ctx, c.req.valid('param').article, c.req.valid('json'));
    return c.body(null, 204);
  },
);

caseStudyRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{article}/approval',
    summary:
      'Withdraw the approval of a case study, which is then no longer public; by managers of its customer',
    request: { params: Id },
    responses: { 204: empty('Withdrawn') },
  }),
  async (c) => {
    await withdrawCaseStudy(c.var.ctx, c.req.valid('param').article);
    return c.body(null, 204);
  },
);
