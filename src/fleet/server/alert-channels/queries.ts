import type { AlertChannel, ChannelKind, Severity } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { openChannelSecrets } from './deliver-message.job.ts';

/** Channels of the organisation by name. */
export async function listChannels(ctx: Context): Promise<AlertChannel[]> {
  const rows = await ctx.db
    .selectFrom('fleet.alert_channel')
    .selectAll()
    .where('org_id', '=', ctx.actor.orgId)
    .orderBy('name')
    .execute();
  if (rows.length === 0) return [];
  const last = await ctx.db
    .selectFrom('fleet.alert_delivery')
    .distinctOn('channel_id')
    .select(['channel_id', 'state', 'created_at', 'ended_at', 'last_error'])
    .where('org_id', '=', ctx.actor.orgId)
    .orderBy('channel_id')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => {
    const delivery = last.find(({ channel_id }) => channel_id === row.id);
    return {
      id: row.id,
      name: row.name,
      kind: row.kind as ChannelKind,
      recipients: row.recipients,
      host: row.shown_host,
      signed: row.secrets !== null && openChannelSecrets(row.id, row.secrets).key !== null,
      severity: row.severity as Severity,
      language: row.language as Locale,
      enabled: row.enabled,
      last: delivery
        ? {
            state: delivery.state as 'queued' | 'sent' | 'dead',
            at: (delivery.ended_at ?? delivery.created_at).toISOString(),
            error: delivery.last_error,
          }
        : null,
    };
  });
}

/** One channel of the organisation. */
export async function getChannel(ctx: Context, id: string): Promise<AlertChannel> {
  const found = (await listChannels(ctx)).find((channel) => channel.id === id);
  if (!found) throw new AppError('not_found', alertText.noSuchChannel);
  return found;
}
