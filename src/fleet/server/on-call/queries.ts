import { sql } from 'kysely';
import type { Policy, PolicyStep, Rota } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { onCallAt, turnsFrom, type OverrideRow, type RotaRow } from './rules.ts';

const turnsShown = 6;

/** People of the organisation by id. */
export async function listPeople(
  ctx: Context,
): Promise<
  Map<string, { id: string; name: string; email: string | null; role: string; locale: string | null }>
> {
  const rows = await ctx.db
    .selectFrom('identity.membership as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .select(['a.id', 'a.name', 'a.email', 'm.role', 'a.locale'])
    .where('m.org_id', '=', ctx.actor.orgId)
    .orderBy('a.name')
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

type KnownRota = RotaRow & { name: string; overrides: OverrideRow[] };

/** Rotas of the organisation with those who stand in now or later. */
export async function listRotaRows(ctx: Context): Promise<KnownRota[]> {
  const rotas = await ctx.db
    .selectFrom('fleet.on_call_rota')
    .select([
      'id',
      'name',
      'time_zone as timeZone',
      'hand_over as handOver',
      'turn_days as turnDays',
      sql<string>`starts_on::text`.as('startsOn'),
      'people',
    ])
    .where('org_id', '=', ctx.actor.orgId)
    .orderBy('name')
    .execute();
  if (rotas.length === 0) return [];
  const overrides = await ctx.db
    .selectFrom('fleet.on_call_override')
    .select([
      'id',
      'rota_id as rotaId',
      'account_id as accountId',
      'starts_at as startsAt',
      'ends_at as endsAt',
      'created_at as createdAt',
    ])
    .where(
      'rota_id',
      'in',
      rotas.map(({ id }) => id),
    )
    .where('ends_at', '>', sql<Date>`now()`)
    .orderBy('starts_at')
    .execute();
  return rotas.map((rota) => ({ ...rota, overrides: overrides.filter(({ rotaId }) => rotaId === rota.id) }));
}

/** Rotas of the organisation: who is on call now, and whose turns come. */
export async function listRotas(ctx: Context): Promise<Rota[]> {
  const people = await listPeople(ctx);
  const person = (id: string) => ({ id, name: people.get(id)?.name ?? '—' });
  const now = new Date();
  return (await listRotaRows(ctx)).map((rota) => {
    // Whoever left the organisation is passed over, without everybody else's turn moving.
    const current = onCallAt(rota, rota.overrides, now);
    return {
      id: rota.id,
      name: rota.name,
      timeZone: rota.timeZone,
      handOver: rota.handOver,
      turnDays: rota.turnDays,
      startsOn: rota.startsOn,
      people: rota.people.map(person),
      now: people.has(current.accountId) ? person(current.accountId) : null,
      standingIn: current.standingIn,
      turns: turnsFrom(rota, now, turnsShown).map(({ accountId, startsAt, endsAt }) => ({
        person: person(accountId),
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      })),
      overrides: rota.overrides.map((one) => ({
        id: one.id,
        person: person(one.accountId),
        startsAt: one.startsAt.toISOString(),
        endsAt: one.endsAt.toISOString(),
      })),
    };
  });
}

/** One rota of the organisation. */
export async function getRota(ctx: Context, id: string): Promise<Rota> {
  const found = (await listRotas(ctx)).find((rota) => rota.id === id);
  if (!found) throw new AppError('not_found', alertText.noSuchRota);
  return found;
}

/** Who is told of alerts: as chosen, else every channel that is on, at once, and the owners when there is none. */
export async function getPolicy(ctx: Context): Promise<Policy> {
  const row = await ctx.db
    .selectFrom('fleet.alert_policy')
    .select('steps')
    .where('org_id', '=', ctx.actor.orgId)
    .executeTakeFirst();
  if (row) return { chosen: true, steps: row.steps as unknown as PolicyStep[] };
  const channels = await ctx.db
    .selectFrom('fleet.alert_channel')
    .select('id')
    .where('org_id', '=', ctx.actor.orgId)
    .where('enabled', '=', true)
    .orderBy('name')
    .execute();
  const channelIds = channels.map(({ id }) => id);
  return {
    chosen: false,
    steps: [{ afterMinutes: 0, channelIds, rotaIds: [], owners: channelIds.length === 0 }],
  };
}
