import { sql } from 'kysely';
import { HostFacts, ServerSeen, type Host } from '#src/fleet/contract/hosts.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { type Page, type PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';

/** Hosts of the actor's organisation by name; removed ones are left out. */
export async function listHosts(ctx: Context, query: PageQuery): Promise<Page<Host>> {
  const after = readCursor(query.cursor, 1);
  const rows = await hostRows(ctx)
    .where('h.phase', '<>', 'removed')
    .$if(after !== undefined, (qb) => qb.where('h.name', '>', String(after?.[0] ?? '')))
    .orderBy('h.name')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(present),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.name]) : null,
  };
}

/** One host of the actor's organisation; another's is not found. A removed one is shown for the record. */
export async function getHost(ctx: Context, id: string): Promise<Host> {
  const row = await hostRows(ctx).where('h.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', hostText.noSuchHost);
  return present(row);
}

function hostRows(ctx: Context) {
  return ctx.db
    .selectFrom('fleet.host as h')
    .select((eb) => [
      'h.id',
      'h.name',
      'h.phase',
      'h.connected',
      'h.address',
      'h.failure_domain',
      'h.facts',
      'h.servers',
      'h.agent_version',
      'h.last_seen_at',
      'h.created_at',
      eb
        .selectFrom('fleet.certificate as c')
        .select(sql<Date | null>`max(c.not_after)`.as('not_after'))
        .whereRef('c.host_id', '=', 'h.id')
        .where('c.revoked_at', 'is', null)
        .as('certificate_ends_at'),
      eb
        .selectFrom('fleet.agent_release as r')
        .select('r.version')
        .orderBy('r.wished_at', 'desc')
        .limit(1)
        .as('wished_version'),
    ])
    .where('h.org_id', '=', ctx.actor.orgId);
}

type Row = Awaited<ReturnType<ReturnType<typeof hostRows>['execute']>>[number];

function present(row: Row): Host {
  // An agent of another version may say more or less than this server knows.
  const facts = HostFacts.safeParse(row.facts);
  const servers = ServerSeen.array().safeParse(row.servers);
  return {
    id: row.id,
    name: row.name,
    phase: row.phase,
    online: row.connected,
    address: row.address,
    failureDomain: row.failure_domain,
    facts: facts.success ? facts.data : null,
    servers: servers.success ? servers.data : [],
    agentVersion: row.agent_version,
    agentUpToDate:
      row.agent_version === row.wished_version || !/^[0-9a-f]{64}$/.test(row.agent_version ?? ''),
    certificateEndsAt: row.certificate_ends_at?.toISOString() ?? null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
