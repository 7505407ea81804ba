import { sql } from 'kysely';
import type { StepContext } from '#src/platform/server/operations/define-operation.ts';
import type { BuildMember } from './ask-members.ts';
import type { ClusterBuild } from './queries.ts';

/** Marks members as gone and frees their ports. */
export async function forgetMembers(
  op: StepContext,
  build: ClusterBuild,
  members: readonly BuildMember[],
): Promise<void> {
  if (members.length === 0) return;
  await op.db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('fleet.port_slot')
      .where('cluster_id', '=', build.id)
      .where(
        'host_id',
        'in',
        members.map((m) => m.hostId),
      )
      .execute();
    await tx
      .updateTable('fleet.member')
      .set({ phase: 'gone', name: sql<string>`left(name, 40) || '-gone-' || left(id::text, 8)` })
      .where(
        'id',
        'in',
        members.map((m) => m.id),
      )
      .execute();
  });
}
