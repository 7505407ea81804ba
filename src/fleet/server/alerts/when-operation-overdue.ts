import { defineReaction } from '#src/platform/server/events.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import { raiseOwnAlert } from './raise-own-alert.ts';

/** An operation past its deadline is an alert of the organisation it works for, until it ends. */
export const whenOperationOverdue = defineReaction(
  'fleet.alert-operation',
  'platform.operation-overdue',
  async (db, { subjectId }) => {
    const operation = await db
      .selectFrom('platform.operation')
      .select(['id', 'org_id', 'kind', 'step', 'subject_id'])
      .where('id', '=', subjectId ?? '')
      .where('state', 'in', ['running', 'cancelling'])
      .executeTakeFirst();
    if (!operation?.org_id) return;
    const { org_id, subject_id } = operation;
    const cluster = await db
      .selectFrom('fleet.cluster')
      .select(['id', 'name'])
      .where('org_id', '=', org_id)
      .where('id', '=', subject_id ?? '00000000-0000-0000-0000-000000000000')
      .executeTakeFirst();
    await inTransaction(systemContext(db as never, org_id), (tx) =>
      raiseOwnAlert(tx, {
        rule: 'operation-overdue',
        labels: {
          operation: operation.id,
          kind: operation.kind,
          step: operation.step,
          ...(cluster && { cluster: cluster.name }),
        },
        clusterId: cluster?.id ?? null,
      }),
    );
  },
);
