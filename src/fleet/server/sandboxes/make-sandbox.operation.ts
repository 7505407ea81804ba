import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { systemContext } from '#src/platform/server/context.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { ensureTask, notYet } from '../tasks/ensure-task.ts';
import { noteGone } from './note-gone.ts';
import { noteReady } from './note-ready.ts';
import { findStartOrder } from './queries.ts';

/** Makes a sandbox that could not be handed out at once: installs PostgreSQL, makes the template, starts it. */
export const makeSandbox = defineOperation('fleet.make-sandbox', {
  title: sandboxText.operationMake,
  permission: 'fleet.sandbox.create',
  deadlineSeconds: 900,
  cancelStep: 'giveUp',
  steps: {
    look: step(sandboxText.stepLook, (op) =>
      tryStart(op, 'look', { postgres: 'installPostgres', template: 'makeTemplate' }),
    ),

    installPostgres: step(sandboxText.stepInstall, async (op) => {
      const order = await findStartOrder(op.db, op.subjectId);
      if (!order) return done;
      const task = await ensureTask(op, {
        hostId: order.hostId,
        kind: 'install-packages',
        key: 'install',
        input: { packages: [`postgresql-${order.pgVersion}`] },
      });
      const not = notYet(task);
      if (not) return not;
      return go('makeTemplate');
    }),

    makeTemplate: step(sandboxText.stepTemplate, async (op) => {
      const order = await findStartOrder(op.db, op.subjectId);
      if (!order) return done;
      const task = await ensureTask(op, {
        hostId: order.hostId,
        kind: 'prepare-sandbox-template',
        key: 'template',
        input: order.prepare,
      });
      const not = notYet(task);
      if (not) return not;
      return go('start');
    }),

    start: step(sandboxText.stepStart, (op) => tryStart(op, 'start', {})),

    giveUp: step(
      sandboxText.stepGiveUp,
      async (op) => {
        const row = await op.db
          .selectFrom('fleet.sandbox')
          .select('host_id')
          .where('id', '=', op.subjectId)
          .executeTakeFirst();
        if (!row) return done;
        await noteGone(systemContext(op.db, op.orgId), op.subjectId, 'destroyed');
        const task = await ensureTask(op, {
          hostId: row.host_id,
          kind: 'destroy-sandbox',
          key: 'destroy',
          input: { id: op.subjectId },
        });
        return notYet(task) ?? done;
      },
      { hidden: true },
    ),
  },
});

/** Asks the host to start it; what is missing leads to the step that mends that, or nowhere. */
async function tryStart(
  op: StepContext,
  key: string,
  mending: { postgres?: string; template?: string },
): Promise<StepResult> {
  const order = await findStartOrder(op.db, op.subjectId);
  if (!order) return done;
  const task = await ensureTask(op, { hostId: order.hostId, kind: 'start-sandbox', key, input: order.start });
  if (task.state !== 'succeeded') return notYet(task) ?? done;
  if (task.output.result === 'ready') {
    await noteReady(systemContext(op.db, op.orgId), op.subjectId, task.output);
    return done;
  }
  const next = mending[task.output.what];
  return next === undefined ? fail(sandboxText.stillMissing) : go(next);
}
