import { z } from 'zod';
import {
  ClusterDrills,
  Drill,
  DrillPlan,
  DrillStarted,
  PlanDrills,
  RunDrill,
  SignedEvidence,
} from '#src/fleet/contract/drills.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { Locale } from '#src/platform/contract/i18n.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { planDrills, unplanDrills } from './plan-drills.ts';
import { printSheet } from './print-sheet.ts';
import { getDrill, getEvidence, listDrills } from './queries.ts';
import { documentHeaders, sheetHtml, sheetOf } from './sheet.rules.ts';
import { startDrill } from './start-drill.ts';

/** Drills of one cluster; mounted beside the cluster's own routes. */
export const clusterDrillRoutes = newRoutes();
/** Drills by their own id. */
export const drillRoutes = newRoutes();

const DrillParam = z.object({ drill: z.uuid() });
/** A document is read by others than the one who asks for it. */
const Language = z.object({ lang: Locale.optional() });

clusterDrillRoutes.openapi(
  route('fleet.drill.read', {
    method: 'get',
    path: '/{cluster}/drills',
    summary: 'Drills of a cluster, the newest first, and how often it is drilled',
    request: { params: ClusterParam },
    responses: { 200: json(ClusterDrills, 'With what was measured') },
  }),
  async (c) => c.json(await listDrills(c.var.ctx, c.req.valid('param').cluster), 200),
);

clusterDrillRoutes.openapi(
  route('fleet.drill.run', {
    method: 'post',
    path: '/{cluster}/drills',
    summary: 'Prove now that the backups of a cluster can be restored',
    request: { params: ClusterParam, body: json(RunDrill, 'To when and where; random when left out') },
    responses: { 202: json(DrillStarted, 'Accepted; the operation does it') },
  }),
  async (c) => c.json(await startDrill(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

clusterDrillRoutes.openapi(
  route('fleet.drill.manage', {
    method: 'post',
    path: '/{cluster}/drill-plan',
    summary: 'Have the backups of a cluster proved regularly',
    request: { params: ClusterParam, body: json(PlanDrills, 'How often, and where') },
    responses: { 200: json(DrillPlan, 'As it is now') },
  }),
  async (c) => c.json(await planDrills(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 200),
);

clusterDrillRoutes.openapi(
  route('fleet.drill.manage', {
    method: 'delete',
    path: '/{cluster}/drill-plan',
    summary: 'End regular drills of a cluster',
    request: { params: ClusterParam },
    responses: { 204: empty('None are planned') },
  }),
  async (c) => {
    await unplanDrills(c.var.ctx, c.req.valid('param').cluster);
    return c.body(null, 204);
  },
);

drillRoutes.openapi(
  route('fleet.drill.read', {
    method: 'get',
    path: '/{drill}',
    summary: 'One drill',
    request: { params: DrillParam },
    responses: { 200: json(Drill, 'With what was measured') },
  }),
  async (c) => c.json(await getDrill(c.var.ctx, c.req.valid('param').drill), 200),
);

drillRoutes.openapi(
  route('fleet.drill.read', {
    method: 'get',
    path: '/{drill}/evidence',
    summary: 'The signed evidence of a drill, for programs',
    request: { params: DrillParam },
    responses: {
      200: json(SignedEvidence, 'What was seen, the text that was signed, the signature and its key'),
    },
  }),
  async (c) => c.json(await getEvidence(c.var.ctx, c.req.valid('param').drill), 200),
);

drillRoutes.openapi(
  route('fleet.drill.read', {
    method: 'get',
    path: '/{drill}/evidence.html',
    summary: 'The signed evidence of a drill, to read and to print',
    request: { params: DrillParam, query: Language },
    responses: { 200: { content: { 'text/html': { schema: z.string() } }, description: 'One page' } },
  }),
  async (c) => {
    const locale = c.req.valid('query').lang ?? c.var.ctx.locale;
    const signed = await getEvidence(c.var.ctx, c.req.valid('param').drill);
    return c.html(sheetHtml(sheetOf(signed, locale), locale), 200, documentHeaders);
  },
);

drillRoutes.openapi(
  route('fleet.drill.read', {
    method: 'get',
    path: '/{drill}/evidence.pdf',
    summary: 'The signed evidence of a drill, to keep',
    request: { params: DrillParam, query: Language },
    responses: { 200: { content: { 'application/pdf': { schema: z.string() } }, description: 'A PDF' } },
  }),
  async (c) => {
    const locale = c.req.valid('query').lang ?? c.var.ctx.locale;
    const signed = await getEvidence(c.var.ctx, c.req.valid('param').drill);
    const pdf = await printSheet(sheetOf(signed, locale), new Date(signed.evidence.ended));
    return c.body(new Uint8Array(pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="drill-${signed.evidence.id.slice(0, 8)}.pdf"`,
    });
  },
);
