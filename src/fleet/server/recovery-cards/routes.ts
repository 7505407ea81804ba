import { z } from 'zod';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { Locale } from '#src/platform/contract/i18n.ts';
import { newRoutes, route } from '#src/platform/server/http.ts';
import { documentHeaders } from '#src/fleet/server/drills/sheet.rules.ts';
import { cardHtml } from './card.rules.ts';
import { getCardFacts } from './queries.ts';

/** The card of a cluster; mounted beside the cluster's own routes. */
export const cardRoutes = newRoutes();

cardRoutes.openapi(
  route('fleet.restore.read', {
    method: 'get',
    path: '/{cluster}/recovery-card',
    summary: 'One page to print, by which the cluster is brought back when Elepherd is gone',
    request: { params: ClusterParam, query: z.object({ lang: Locale.optional() }) },
    responses: { 200: { content: { 'text/html': { schema: z.string() } }, description: 'One page' } },
  }),
  async (c) => {
    const locale = c.req.valid('query').lang ?? c.var.ctx.locale;
    return c.html(
      cardHtml(await getCardFacts(c.var.ctx, c.req.valid('param').cluster), locale),
      200,
      documentHeaders,
    );
  },
);
