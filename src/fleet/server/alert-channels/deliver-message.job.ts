import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ChannelKind } from '#src/fleet/contract/alerts.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import type { Db, DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob, enqueue } from '#src/platform/server/jobs.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { OutgoingProblem, postOutside } from '#src/platform/server/outgoing.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { resolveAlerts } from '../alerts/raise-alert.ts';
import { raiseOwnAlert } from '../alerts/raise-own-alert.ts';
import { fingerprintOf } from '../alerts/rules.ts';
import {
  channelRates,
  requestOf,
  verdictOf,
  type AlertMessage,
  type ChannelSecrets,
  type Verdict,
} from './message.rules.ts';
import { channelSeal } from './rules.ts';

/** With waits of 10, 20, 40 … seconds, at most 10 minutes: a receiver may be away for over an hour. */
const attemptsAtMost = 12;
const waitSecondsAtMost = 600;

/** Puts a delivery's next attempt on the queue. */
export async function queueDelivery(db: Db, id: string, waitSeconds: number): Promise<void> {
  await enqueue(db, 'fleet.deliver-message', { id }, { key: `alert-delivery:${id}`, waitSeconds });
}

/**
 * Hands one message to its channel, no more often than its receiver allows; tries again while the receiver is away, and
 * gives up when it refuses for good, which is an alert of its own. A crash at the wrong moment sends it twice, with the
 * same id.
 */
export const deliverMessage = defineJob(
  'fleet.deliver-message',
  z.object({ id: z.uuid() }),
  async ({ db, log }, { id }) => {
    const row = await db
      .selectFrom('fleet.alert_delivery as d')
      .innerJoin('fleet.alert_channel as c', 'c.id', 'd.channel_id')
      .select([
        'd.org_id',
        'd.attempts',
        'd.message',
        'c.id as channelId',
        'c.name',
        'c.kind',
        'c.language',
        'c.secrets',
      ])
      .where('d.id', '=', id)
      .where('d.state', '=', 'queued')
      .executeTakeFirst();
    if (!row || row.kind === 'mail' || row.secrets === null) return;
    const kind = row.kind as Exclude<ChannelKind, 'mail'>;
    const wait = await waitForTurn(db, row.channelId, kind);
    if (wait > 0) return queueDelivery(db, id, wait);
    const secrets = openChannelSecrets(row.channelId, row.secrets);
    const verdict = await sendOver(
      kind,
      row.message as unknown as AlertMessage,
      row.language as Locale,
      secrets,
      id,
    );
    const ctx = systemContext(db, row.org_id);
    const labels = { channel: row.name };
    await inTransaction(ctx, async (tx) => {
      const update = tx.db.updateTable('fleet.alert_delivery').where('id', '=', id);
      if (verdict.result === 'sent') {
        await update.set({ state: 'sent', last_error: null, ended_at: sql<Date>`now()` }).execute();
        await resolveAlerts(tx, { fingerprint: fingerprintOf('channel-failing', labels) });
        return;
      }
      const attempts = row.attempts + 1;
      const isDead = verdict.result === 'never' || attempts >= attemptsAtMost;
      log.warn(
        { delivery: id, channel: row.channelId, attempts, isDead, why: verdict.why },
        'a message was not taken',
      );
      await update
        .set({
          attempts,
          last_error: verdict.why.slice(0, 1000),
          ...(isDead && { state: 'dead', ended_at: sql<Date>`now()` }),
        })
        .execute();
      if (isDead) {
        await raiseOwnAlert(tx, { rule: 'channel-failing', labels, value: attempts });
      } else {
        const asked = verdict.result === 'again' ? (verdict.waitSeconds ?? 0) : 0;
        await queueDelivery(tx.db, id, Math.max(asked, Math.min(waitSecondsAtMost, 5 * 2 ** attempts)));
      }
    });
  },
);

/** Sends once, now; what went wrong is a verdict. */
export async function sendOver(
  kind: Exclude<ChannelKind, 'mail'>,
  message: AlertMessage,
  locale: Locale,
  secrets: ChannelSecrets,
  id: string,
): Promise<Verdict> {
  try {
    const { url, headers, body } = requestOf(kind, message, locale, secrets, id, new Date());
    return verdictOf(kind, await postOutside(url, { headers, body }));
  } catch (error) {
    if (!(error instanceof OutgoingProblem)) throw error;
    return error.refused
      ? { result: 'never', why: error.message }
      : { result: 'again', why: error.message, waitSeconds: undefined };
  }
}

/** Seconds until this channel may carry another message; 0 when one was taken. */
export async function waitForTurn(
  db: Kysely<DB>,
  channelId: string,
  kind: Exclude<ChannelKind, 'mail'>,
): Promise<number> {
  for (const [index, rate] of channelRates[kind].entries()) {
    try {
      await takeRate(db, `alert-channel:${channelId}:${index}`, rate);
    } catch (error) {
      if (error instanceof AppError && error.code === 'too_many') return error.retryAfterSeconds ?? 5;
      throw error;
    }
  }
  return 0;
}

/** Where a channel is, and what signs for it. */
export function openChannelSecrets(channelId: string, sealed: Uint8Array): ChannelSecrets {
  return JSON.parse(theVault().open(sealed, channelSeal(channelId)).toString('utf8')) as ChannelSecrets;
}
