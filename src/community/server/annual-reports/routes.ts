import { AnnualReport, ReportQuery } from '#src/community/contract/annual-reports.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getAnnualReport } from './queries.ts';

export const annualReportRoutes = newRoutes();

annualReportRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'What the community did in a year: figures, volunteer hours by area, goals, income',
    request: { query: ReportQuery },
    responses: { 200: json(AnnualReport, 'The report') },
  }),
  async (c) => c.json(await getAnnualReport(c.var.ctx, c.req.valid('query')), 200),
);
