import { randomBytes, randomUUID } from 'node:crypto';
import { CreateAlertChannel, type NewAlertChannel } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import type { ChannelSecrets } from './message.rules.ts';
import { getChannel } from './queries.ts';
import { channelSeal } from './rules.ts';

/** Adds a way by which people hear of alerts. Its address and key are sealed; the key is told once. Refuses a name that is taken. */
export async function createChannel(ctx: Context, given: CreateAlertChannel): Promise<NewAlertChannel> {
  requirePermission(ctx, 'fleet.alert.manage');
  const wish = CreateAlertChannel.parse(given);
  const id = randomUUID();
  const made = wish.kind === 'webhook' ? `whsec_${randomBytes(24).toString('base64')}` : null;
  const secrets: ChannelSecrets | null =
    wish.kind === 'mail' ? null : { url: wish.url ?? '', key: wish.key ?? made };
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .insertInto('fleet.alert_channel')
      .values({
        id,
        org_id: tx.actor.orgId,
        name: wish.name,
        kind: wish.kind,
        recipients: wish.kind === 'mail' ? wish.recipients : [],
        secrets: secrets && theVault().seal(JSON.stringify(secrets), channelSeal(id)),
        shown_host: secrets && new URL(secrets.url).host,
        severity: wish.severity,
        language: wish.language,
      })
      .onConflict((oc) => oc.columns(['org_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', alertText.nameTaken(wish.name));
    await audit(tx, 'fleet.alert.create-channel', id, { name: wish.name, kind: wish.kind });
    return { ...(await getChannel(tx, id)), key: secrets?.key ?? null };
  });
}
