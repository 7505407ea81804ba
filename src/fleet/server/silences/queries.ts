import { sql } from 'kysely';
import type { Repeats, Silence } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { isActive } from './rules.ts';

const endedShown = 20;

/** Silences and windows of the organisation that hold or will, then those that ended last. */
export async function listSilences(ctx: Context): Promise<Silence[]> {
  const rows = await ctx.db
    .selectFrom('fleet.alert_silence as s')
    .leftJoin('fleet.host as h', 'h.id', 's.host_id')
    .leftJoin('fleet.cluster as c', 'c.id', 's.cluster_id')
    .selectAll('s')
    .select(['h.name as host_name', 'c.name as cluster_name'])
    .select(sql<boolean>`s.ends_at is not null and s.ends_at <= now()`.as('is_over'))
    .where('s.org_id', '=', ctx.actor.orgId)
    .orderBy('is_over')
    .orderBy('s.created_at', 'desc')
    .limit(500)
    .execute();
  const over = rows.filter((row) => row.is_over).slice(0, endedShown);
  const now = new Date();
  return [...rows.filter((row) => !row.is_over), ...over].map((row) => {
    const repeats = row.repeats as unknown as Repeats | null;
    return {
      id: row.id,
      reason: row.reason,
      rule: row.rule,
      host: row.host_id === null ? null : { id: row.host_id, name: row.host_name ?? '' },
      cluster: row.cluster_id === null ? null : { id: row.cluster_id, name: row.cluster_name ?? '' },
      startsAt: row.starts_at.toISOString(),
      endsAt: row.ends_at?.toISOString() ?? null,
      repeats,
      active: isActive({ startsAt: row.starts_at, endsAt: row.ends_at, repeats }, now),
      createdBy: row.created_by_name,
      createdAt: row.created_at.toISOString(),
    };
  });
}

/** One silence of the organisation. */
export async function getSilence(ctx: Context, id: string): Promise<Silence> {
  const found = (await listSilences(ctx)).find((silence) => silence.id === id);
  if (!found) throw new AppError('not_found', alertText.noSuchSilence);
  return found;
}
