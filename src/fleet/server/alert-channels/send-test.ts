import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ChannelTest } from '#src/fleet/contract/alerts.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Kysely } from 'kysely';
import { openChannelSecrets, sendOver, waitForTurn } from './deliver-message.job.ts';
import { plainOf, type AlertMessage } from './message.rules.ts';
import { getChannel } from './queries.ts';

/** Sends a message that says that nothing is wrong, now, and tells what its receiver answers. A mail goes to the outbox. */
export async function sendTest(ctx: Context, id: string): Promise<ChannelTest> {
  requirePermission(ctx, 'fleet.alert.manage');
  if (ctx.db.isTransaction)
    throw new Error('sendTest waits for somebody else, so it cannot be part of a transaction');
  const channel = await getChannel(ctx, id);
  await takeRate(ctx.db, `alert-test:${id}`, { limit: 5, windowSeconds: 60 });
  const message: AlertMessage = {
    kind: 'test',
    at: new Date().toISOString(),
    firing: 0,
    resolved: 0,
    lines: [],
    url: '',
  };
  await inTransaction(ctx, (tx) => audit(tx, 'fleet.alert.test-channel', id, { name: channel.name }));
  if (channel.kind === 'mail') {
    const { subject, body } = plainOf(message, channel.language);
    await inTransaction(ctx, async (tx) => {
      for (const to of channel.recipients) {
        await sendMail(tx.db, { orgId: tx.actor.orgId, to, subject, text: body });
      }
    });
    return { sent: true, error: null };
  }
  const wait = await waitForTurn(ctx.db as Kysely<DB>, id, channel.kind);
  if (wait > 0) throw new AppError('too_many', platformText.tooMany(wait), { retryAfterSeconds: wait });
  const row = await ctx.db
    .selectFrom('fleet.alert_channel')
    .select('secrets')
    .where('id', '=', id)
    .where('org_id', '=', ctx.actor.orgId)
    .executeTakeFirstOrThrow();
  const deliveryId = randomUUID();
  const secrets = openChannelSecrets(id, row.secrets ?? Buffer.alloc(0));
  const verdict = await sendOver(channel.kind, message, channel.language, secrets, deliveryId);
  const error = verdict.result === 'sent' ? null : verdict.why.slice(0, 1000);
  await ctx.db
    .insertInto('fleet.alert_delivery')
    .values({
      id: deliveryId,
      org_id: ctx.actor.orgId,
      channel_id: id,
      kind: 'test',
      message: JSON.stringify(message),
      state: error === null ? 'sent' : 'dead',
      attempts: 1,
      last_error: error,
      ended_at: sql<Date>`now()`,
    })
    .execute();
  return { sent: error === null, error };
}
