import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { CreateSandbox, type MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { createAuthority, issueKeyPair } from '#src/platform/server/x509.ts';
import { askHost } from '../tasks/ask-host.ts';
import { makeSandbox } from './make-sandbox.operation.ts';
import { noteGone } from './note-gone.ts';
import { noteReady } from './note-ready.ts';
import {
  findStartOrder,
  getQuota,
  getSandbox,
  getTemplateOrder,
  listSandboxHosts,
  type SandboxSecrets,
} from './queries.ts';
import { chooseHost, limitsOf, newPassword, overQuota, sandboxSeal, shareOf } from './rules.ts';

/** A person waits no longer than this; what takes longer goes on as an operation. */
const patienceSeconds = 4;

/**
 * Makes a sandbox and answers when its PostgreSQL does, which is soon; when something must be installed or prepared first,
 * or the host is slow, `operationId` names what goes on. Refuses what does not fit the quota or any host.
 */
export async function createSandbox(ctx: Context, wish: CreateSandbox): Promise<MadeSandbox> {
  if (ctx.db.isTransaction)
    throw new Error('createSandbox waits for a host, so it cannot be part of a transaction');
  const id = await takeSandbox(ctx, wish);
  const order = await findStartOrder(ctx.db, id);
  if (order) {
    const answer = await askHost(ctx.db, {
      hostId: order.hostId,
      kind: 'start-sandbox',
      input: order.start,
      timeoutSeconds: patienceSeconds,
    }).catch(async (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      // Whatever is not a clear no may still be going on at the host.
      if (error.code === 'unavailable') return undefined;
      await noteGone(ctx, id, 'failed', error.text);
      throw error;
    });
    if (answer?.result === 'ready') await noteReady(ctx, id, answer);
    else await inTransaction(ctx, (tx) => startOperation(tx, makeSandbox, id));
  }
  return getSandbox(ctx, id);
}

/** Takes the room for a sandbox, under the lock of the organisation's quota: two at once never get what one may have. */
async function takeSandbox(ctx: Context, given: CreateSandbox): Promise<string> {
  requirePermission(ctx, 'fleet.sandbox.create');
  const wish = CreateSandbox.parse(given);
  const id = randomUUID();
  const limits = limitsOf(wish.limits);
  const share = shareOf(limits, wish.memoryBacked);
  const authority =
    wish.reach === 'network' ? await createAuthority(`Elepherd sandbox ${id.slice(0, 8)}`, 1) : null;
  return inTransaction(ctx, async (tx) => {
    await tx.db
      .insertInto('fleet.sandbox_quota')
      .values({ org_id: tx.actor.orgId })
      .onConflict((oc) => oc.doNothing())
      .execute();
    await tx.db
      .selectFrom('fleet.sandbox_quota')
      .select('org_id')
      .where('org_id', '=', tx.actor.orgId)
      .forUpdate()
      .execute();
    const quota = await getQuota(tx);
    if (wish.minutes > quota.minutes) throw new AppError('conflict', sandboxText.quotaMinutes(quota.minutes));
    const over = overQuota(quota, quota.used, share);
    if (over) throw new AppError('conflict', over);
    const template = await getTemplateOrder(tx, wish.template);
    const chosen = chooseHost(await listSandboxHosts(tx), {
      hostId: wish.hostId,
      pgVersion: wish.pgVersion,
      ...share,
    });
    if (!('host' in chosen)) throw new AppError('conflict', chosen);
    const { host, pgVersion } = chosen;
    const { password, verifier } = newPassword();
    // A millisecond of arithmetic: it needs the host's address, and waits for nobody.
    const pair =
      authority &&
      (await issueKeyPair(authority, {
        commonName: `sandbox-${id.slice(0, 8)}`,
        names: [...new Set([host.address, host.name, 'localhost', '127.0.0.1', '::1'])],
        validMs: 30 * 86_400_000,
        usages: ['server'],
      }));
    const secrets: SandboxSecrets = {
      password,
      verifier,
      tls: pair && { certificate: pair.certificate, privateKey: pair.key },
    };
    await tx.db
      .insertInto('fleet.sandbox')
      .values({
        id,
        org_id: tx.actor.orgId,
        host_id: host.id,
        pg_version: pgVersion,
        template: template.name,
        template_digest: template.digest,
        template_order: JSON.stringify({ initSql: template.initSql, extensions: template.extensions }),
        memory_backed: wish.memoryBacked,
        limits: JSON.stringify(limits),
        memory_mb: share.memoryMb,
        disk_mb: share.diskMb,
        purpose: wish.purpose ?? null,
        made_by: tx.actor.id,
        made_by_name: tx.actor.name,
        secrets: theVault().seal(JSON.stringify(secrets), sandboxSeal(id)),
        authority: authority?.certificate ?? null,
        address: authority ? host.address : null,
        expires_at: sql<Date>`now() + make_interval(mins => ${wish.minutes})`,
      })
      .execute();
    await audit(tx, 'fleet.sandbox.create', id, {
      host: host.name,
      pgVersion,
      template: template.name,
      minutes: wish.minutes,
    });
    return id;
  });
}
