import { sql } from 'kysely';
import { AuditEntry, AuditQuery, AuditVerification } from '../contract/audit.ts';
import { page, type Page } from '../contract/pages.ts';
import { verifyAudit } from './audit.ts';
import type { Context } from './context.ts';
import { json, newRoutes, route } from './http.ts';
import { readNumberCursor, writeCursor } from './pages.ts';

export const auditRoutes = newRoutes();

auditRoutes.openapi(
  route('platform.audit.read', {
    method: 'get',
    path: '/',
    summary: 'The audit log of the organisation, newest first',
    request: { query: AuditQuery },
    responses: { 200: json(page(AuditEntry), 'A page of entries') },
  }),
  async (c) => c.json(await listAudit(c.var.ctx, c.req.valid('query')), 200),
);

auditRoutes.openapi(
  route('platform.audit.read', {
    method: 'get',
    path: '/verification',
    summary: 'Recompute the chain of hashes over the whole log',
    responses: { 200: json(AuditVerification, 'How many entries, and where the chain breaks') },
  }),
  async (c) => c.json(await verifyAudit(c.var.ctx.db), 200),
);

/** Entries of the organisation that fit all filters, newest first. */
export async function listAudit({ db, actor }: Context, filter: AuditQuery): Promise<Page<AuditEntry>> {
  const before = readNumberCursor(filter.cursor);
  const rows = await db
    .selectFrom('platform.audit')
    .select([
      'id',
      'at',
      'actor_kind as actorKind',
      'actor_id as actorId',
      'actor_name as actorName',
      sql<string | null>`host(ip)`.as('ip'),
      'request_id as requestId',
      'action',
      'subject_id as subjectId',
      'details',
    ])
    .where('org_id', '=', actor.orgId)
    .$if(before !== undefined, (q) => q.where('id', '<', before ?? 0))
    .$if(!!filter.actor, (q) =>
      q.where((eb) =>
        eb.or([
          eb('actor_id', '=', filter.actor ?? ''),
          eb(sql`strpos(lower(actor_name), lower(${filter.actor}))`, '>', 0),
        ]),
      ),
    )
    .$if(!!filter.action, (q) => q.where(sql<boolean>`starts_with(action, ${filter.action})`))
    .$if(!!filter.subject, (q) => q.where('subject_id', '=', filter.subject ?? ''))
    .$if(!!filter.from, (q) => q.where('at', '>=', new Date(filter.from ?? 0)))
    .$if(!!filter.to, (q) => q.where('at', '<', new Date(filter.to ?? 0)))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      details: row.details as Record<string, unknown>,
    })),
    nextCursor: rows.length > filter.limit && last ? writeCursor([last.id]) : null,
  };
}
