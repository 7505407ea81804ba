import { CreateSandboxTemplate, type SandboxTemplate } from '#src/fleet/contract/sandboxes.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { listTemplates } from './queries.ts';
import { templateDigest } from './rules.ts';

/** Keeps what a sandbox can begin as; one of the same name is replaced for sandboxes made from now on. Hosts make it at its first use. */
export async function createTemplate(ctx: Context, given: CreateSandboxTemplate): Promise<SandboxTemplate> {
  requirePermission(ctx, 'fleet.sandbox.create');
  const { name, initSql, extensions } = CreateSandboxTemplate.parse(given);
  return inTransaction(ctx, async (tx) => {
    const content = { digest: templateDigest(initSql, extensions), init_sql: initSql, extensions };
    const { id } = await tx.db
      .insertInto('fleet.sandbox_template')
      .values({ org_id: tx.actor.orgId, name, ...content })
      .onConflict((oc) => oc.columns(['org_id', 'name']).doUpdateSet(content))
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'fleet.sandbox.create-template', id, { name, extensions });
    return (await listTemplates(tx)).find((one) => one.id === id)!;
  });
}
