import { sql } from 'kysely';
import { z } from 'zod';
import { severities, type ChannelKind, type PolicyStep, type Severity } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { Locale, type Text } from '#src/platform/contract/i18n.ts';
import { inTransaction, systemContext, type Context } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { queueDelivery } from '../alert-channels/deliver-message.job.ts';
import {
  linesAtMost,
  plainOf,
  type AlertMessage,
  type MessageLine,
} from '../alert-channels/message.rules.ts';
import { getPolicy, listPeople, listRotaRows } from '../on-call/queries.ts';
import { onCallAt, stepReached } from '../on-call/rules.ts';
import { silenceOf } from '../silences/rules.ts';
import { listOwnWords, listSilenceRows } from './queries.ts';
import { noteEvent } from './raise-alert.ts';
import { explain, isAtLeast } from './rules.ts';

/**
 * Tells the people of one organisation what they have not heard yet: alerts that began, alerts that nobody acknowledged in
 * time, and the ends of those they know of. Each way of telling gets one message, however many there are.
 */
export const tellAlerts = defineJob(
  'fleet.tell-alerts',
  z.object({ orgId: z.uuid() }),
  async ({ db, config }, { orgId }) => {
    await inTransaction(systemContext(db, orgId), async (tx) => {
      // Two at once would both tell.
      await sql`select pg_advisory_xact_lock(hashtextextended('tell-alerts:' || ${orgId}, 0))`.execute(tx.db);
      await tell(tx, config.publicUrl);
    });
  },
);

/** Somebody who is told: a channel, or a person by mail. */
type Receiver = {
  name: Text;
  severity: Severity;
  send(tx: Context, message: AlertMessage): Promise<void>;
};
type Due = { row: AlertRow; from: number; to: number; isEnd: boolean };
type AlertRow = Awaited<ReturnType<typeof listUntold>>[number];

async function tell(tx: Context, publicUrl: string): Promise<void> {
  const rows = await listUntold(tx);
  if (rows.length === 0) return;
  const { steps } = await getPolicy(tx);
  const silences = await listSilenceRows(tx);
  const now = new Date();
  const due = rows.flatMap((row): Due[] => {
    if (row.resolved_at !== null) return [{ row, from: 0, to: row.told_step, isEnd: true }];
    if (row.acknowledged_at !== null) return [];
    if (silenceOf(silences, { rule: row.rule, hostId: row.host_id, clusterId: row.cluster_id }, now))
      return [];
    const to = stepReached(steps, row.started_at, now);
    return to > row.told_step ? [{ row, from: row.told_step + 1, to, isEnd: false }] : [];
  });
  if (due.length === 0) return;
  const receivers = await listReceivers(tx, steps, now);
  const lines = await linesOf(tx, due, publicUrl);
  const heard = new Map<string, Text[]>();
  for (const [key, receiver] of receivers.all) {
    const own = due.filter(
      ({ row, from, to }) =>
        isAtLeast(row.severity as Severity, receiver.severity) &&
        receivers.bySteps.slice(from, to + 1).some((keys) => keys.has(key)),
    );
    if (own.length === 0) continue;
    await receiver.send(tx, messageOf(own, lines, publicUrl, now));
    for (const { row } of own) heard.set(row.id, [...(heard.get(row.id) ?? []), receiver.name]);
  }
  for (const { row, from, to, isEnd } of due) {
    await tx.db
      .updateTable('fleet.alert')
      .set(isEnd ? { told_end: true } : { told_step: to, told_at: sql<Date>`now()` })
      .where('id', '=', row.id)
      .execute();
    const names = heard.get(row.id);
    if (isEnd || !names) continue;
    const whom = {
      en: names.map((one) => one.en).join(', '),
      'zh-CN': names.map((one) => one['zh-CN']).join('、'),
    };
    const say = from > 0 ? alertText.escalated : alertText.told;
    await noteEvent(tx, row.id, 'told', { en: say(whom.en).en, 'zh-CN': say(whom['zh-CN'])['zh-CN'] });
  }
}

function listUntold(tx: Context) {
  return tx.db
    .selectFrom('fleet.alert')
    .selectAll()
    .where('org_id', '=', tx.actor.orgId)
    .where(({ or, eb }) => or([eb('resolved_at', 'is', null), eb('told_end', '=', false)]))
    .orderBy('started_at')
    .limit(5000)
    .forUpdate()
    .execute();
}

async function listReceivers(tx: Context, steps: readonly PolicyStep[], now: Date) {
  const all = new Map<string, Receiver>();
  const people = await listPeople(tx);
  const channels = await tx.db
    .selectFrom('fleet.alert_channel')
    .select(['id', 'name', 'kind', 'recipients', 'severity', 'language'])
    .where('org_id', '=', tx.actor.orgId)
    .where('enabled', '=', true)
    .execute();
  const rotas = await listRotaRows(tx);
  const person = (id: string): string[] => {
    const found = people.get(id);
    if (!found?.email) return [];
    const { email } = found;
    const locale = Locale.catch('en').parse(found.locale);
    const name = { en: found.name, 'zh-CN': found.name };
    all.set(`person:${id}`, {
      name,
      severity: 'info',
      send: (at, message) => mail(at, [email], locale, message),
    });
    return [`person:${id}`];
  };
  const bySteps = steps.map((step) => {
    const keys = channels
      .filter(({ id }) => step.channelIds.includes(id))
      .map((channel) => {
        const locale = channel.language as Locale;
        all.set(`channel:${channel.id}`, {
          name: { en: channel.name, 'zh-CN': channel.name },
          severity: channel.severity as Severity,
          send: (at, message) =>
            (channel.kind as ChannelKind) === 'mail'
              ? mail(at, channel.recipients, locale, message)
              : deliver(at, channel.id, message),
        });
        return `channel:${channel.id}`;
      });
    const onCall = rotas
      .filter(({ id }) => step.rotaIds.includes(id))
      .flatMap((rota) => person(onCallAt(rota, rota.overrides, now).accountId));
    const owners = step.owners ? [...people.values()].filter(({ role }) => role === 'owner') : [];
    return new Set([...keys, ...onCall, ...owners.flatMap(({ id }) => person(id))]);
  });
  return { all, bySteps };
}

async function mail(
  tx: Context,
  to: readonly string[],
  locale: Locale,
  message: AlertMessage,
): Promise<void> {
  const { subject, body } = plainOf(message, locale);
  for (const one of to) await sendMail(tx.db, { orgId: tx.actor.orgId, to: one, subject, text: body });
}

async function deliver(tx: Context, channelId: string, message: AlertMessage): Promise<void> {
  const { id } = await tx.db
    .insertInto('fleet.alert_delivery')
    .values({ org_id: tx.actor.orgId, channel_id: channelId, kind: 'news', message: JSON.stringify(message) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await queueDelivery(tx.db, id, 0);
}

async function linesOf(
  tx: Context,
  due: readonly Due[],
  publicUrl: string,
): Promise<Map<string, MessageLine>> {
  const own = await listOwnWords(tx);
  return new Map(
    due.map(({ row, isEnd }) => [
      row.id,
      {
        id: row.id,
        rule: row.rule,
        state: isEnd ? 'resolved' : 'firing',
        severity: row.severity as Severity,
        summary: row.summary as unknown as Text,
        nextStep: explain(row.rule, own.get(row.rule)).nextStep,
        url: `${publicUrl}/alerts/${row.id}`,
        startedAt: row.started_at.toISOString(),
      },
    ]),
  );
}

function messageOf(
  due: readonly Due[],
  lines: ReadonlyMap<string, MessageLine>,
  publicUrl: string,
  now: Date,
): AlertMessage {
  const rank = ({ row, isEnd }: Due) => (isEnd ? 10 : 0) + severities.indexOf(row.severity as Severity);
  const worst = due.toSorted((a, b) => rank(a) - rank(b)).slice(0, linesAtMost);
  return {
    kind: 'news',
    at: now.toISOString(),
    firing: due.filter(({ isEnd }) => !isEnd).length,
    resolved: due.filter(({ isEnd }) => isEnd).length,
    lines: worst.flatMap(({ row }) => lines.get(row.id) ?? []),
    url: `${publicUrl}/alerts`,
  };
}
