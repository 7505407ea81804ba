import { backupFiles, stanzaFile } from '#src/fleet/server/backups/files.rules.ts';
import { findPlanOf } from '#src/fleet/server/backups/queries.ts';
import { dataDirectory } from '#src/fleet/server/clusters/files.rules.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { addressOf } from '#src/fleet/server/repositories/rules.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { CardFacts } from './card.rules.ts';

/** A value that only the safe place knows. */
const blank = '________________________________';

/** What a person needs to bring a cluster back without Elepherd. Secrets are left blank, for the safe place to fill in. */
export async function getCardFacts(ctx: Context, idOrName: string): Promise<CardFacts> {
  const cluster = await getCluster(ctx, idOrName);
  const plan = await findPlanOf(ctx.db, cluster.id);
  const fingerprints = new Map(
    (
      await ctx.db
        .selectFrom('fleet.repository')
        .select(['id', 'key_fingerprint'])
        .where('org_id', '=', ctx.actor.orgId)
        .execute()
    ).map((r) => [r.id, r.key_fingerprint]),
  );
  const proved = await ctx.db
    .selectFrom('fleet.drill')
    .select(['ended_at', 'recovery_seconds'])
    .where('cluster_id', '=', cluster.id)
    .where('state', '=', 'passed')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    name: cluster.name,
    scope: cluster.scope,
    pgVersion: cluster.pgVersion,
    members: cluster.members.map((m) => ({
      name: m.name,
      hostName: m.hostName,
      address: m.address,
      isServer: m.kind === 'server',
      hasEtcd: m.hasEtcd,
    })),
    ports: cluster.ports,
    dataDirectory: dataDirectory(cluster),
    backup: plan
      ? {
          stanza: plan.spec.stanza,
          file: stanzaFile(plan.spec.stanza),
          content: backupFiles(
            {
              ...plan.spec,
              repositories: plan.spec.repositories.map((r) => ({
                ...r,
                secrets: {
                  passphrase: blank,
                  ...(r.secrets.accessKeyId === undefined
                    ? {}
                    : { accessKeyId: blank, secretAccessKey: blank }),
                },
              })),
            },
            '2.46',
          )[0]!.content,
          repositories: plan.spec.repositories.map((r) => ({
            position: r.position,
            name: r.name,
            address: addressOf(r.place),
            keyFingerprint: fingerprints.get(r.id) ?? '',
          })),
        }
      : null,
    proved:
      proved?.ended_at && proved.recovery_seconds !== null
        ? { at: proved.ended_at.toISOString(), seconds: proved.recovery_seconds }
        : null,
    madeAt: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  };
}
