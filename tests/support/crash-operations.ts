import type { Kysely } from 'kysely';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import type {
  OperationDefinition,
  Step,
  StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cancelOperation } from '#src/platform/server/operations/cancel-operation.ts';
import { knowOperations } from '#src/platform/server/operations/queries.ts';
import { runOperation } from '#src/platform/server/operations/run-operation.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { createLog } from '#src/platform/server/log.ts';

/** A fresh world for one run of an operation. */
export interface World {
  /** May start and cancel the operation; its organisation owns the subject. */
  ctx: Context;
  subjectId: string;
  input?: Record<string, unknown>;
  /** What the run made of the world, without ids, times and other things that differ between two equal runs. */
  state(): Promise<unknown>;
  /** Moves the world on while the operation waits: hosts that answer, people who decide. */
  whileWaiting?(): Promise<void>;
}

export interface Outcome {
  /** How the operation ended. */
  end: { state: string; step: string };
  state: unknown;
  /** Each look at the world, in order: the name of the step that looked. */
  looks: string[];
}

export interface CrashReport {
  /** The run that nothing disturbed. */
  plain: Outcome;
  /** Steps entered by that run, in order. */
  steps: string[];
  /** Runs whose end differs from the plain one, each with what was done to it; empty when the operation is sound. */
  differing: { disturbed: string; outcome: Outcome }[];
  /** How many disturbed runs there were. */
  runs: number;
}

/** The process ended here, as far as the operation can tell. */
class Crash extends Error {}

const log = createLog('test', 'silent');
const looksAtMost = 1000;

/**
 * Runs an operation undisturbed, then again in a fresh world each: with every step run twice, and with a crash after
 * every look at the world (what the step did stays, what it answered is lost). All must end in the same state.
 */
export async function runWithCrashes(
  definition: OperationDefinition,
  setup: () => Promise<World>,
): Promise<CrashReport> {
  const plain = await runDisturbed(definition, setup, () => 'go');
  const report: CrashReport = { plain, steps: [...new Set(plain.looks)], differing: [], runs: 0 };
  const compare = async (disturbed: string, disturb: Disturb) => {
    const outcome = await runDisturbed(definition, setup, disturb);
    report.runs++;
    if (ending(outcome) !== ending(plain)) report.differing.push({ disturbed, outcome });
  };
  await compare('every step twice', () => 'twice');
  await compare('a crash after the first run of every step', (_, firstOfStep) =>
    firstOfStep ? 'crash' : 'go',
  );
  for (const step of report.steps) {
    await compare(`a crash after ${step}`, (name, firstOfStep) =>
      name === step && firstOfStep ? 'crash' : 'go',
    );
  }
  return report;
}

export interface CancelReport {
  /** How it ended for each step during which the wish to cancel arrived. */
  outcomes: { cancelledAt: string; outcome: Outcome }[];
  /** Cancelled runs that ended differently when every step of theirs was cut off once. */
  differing: { cancelledAt: string; outcome: Outcome }[];
}

/**
 * Runs an operation once for every step it has, with a wish to cancel that arrives while that step runs, and each of
 * these again with a crash after the first look of every other step. A refused wish (`keepsGoingAt`) changes nothing.
 */
export async function runWithCancels(
  definition: OperationDefinition,
  setup: () => Promise<World>,
): Promise<CancelReport> {
  const plain = await runDisturbed(definition, setup, () => 'go');
  const report: CancelReport = { outcomes: [], differing: [] };
  for (const step of new Set(plain.looks)) {
    const outcome = await runDisturbed(definition, setup, (name, first) =>
      name === step && first ? 'cancel' : 'go',
    );
    report.outcomes.push({ cancelledAt: step, outcome });
    const cut = await runDisturbed(definition, setup, (name, first) =>
      !first ? 'go' : name === step ? 'cancel' : 'crash',
    );
    if (ending(cut) !== ending(outcome)) report.differing.push({ cancelledAt: step, outcome: cut });
  }
  return report;
}

const ending = (outcome: Outcome) => JSON.stringify([outcome.end, outcome.state]);

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
}

/** What happens to the answer of one look: it counts, it comes twice, it is lost, or a wish to cancel comes before it. */
type Disturb = (step: string, firstOfStep: boolean) => 'go' | 'twice' | 'crash' | 'cancel';

async function runDisturbed(
  definition: OperationDefinition,
  setup: () => Promise<World>,
  disturb: Disturb,
): Promise<Outcome> {
  knowOperations([definition]);
  const world = await setup();
  const looks: string[] = [];
  const id = await inTransaction(world.ctx, (tx) =>
    startOperation(tx, definition, world.subjectId, world.input),
  );
  const steps = Object.fromEntries(
    Object.entries(definition.steps).map(([name, step]): [string, Step] => [
      name,
      {
        ...step,
        async run(op): Promise<StepResult> {
          const how = disturb(name, !looks.includes(name));
          looks.push(name);
          if (looks.length > looksAtMost)
            throw new Crash(`${definition.kind} looks for ever: ${looks.slice(-5).join(', ')}`);
          const result = await step.run(op);
          if (how === 'crash') throw new Crash('killed');
          if (how === 'cancel') await cancelOperation(world.ctx, id).catch(ignoreRefusal);
          return how === 'twice' ? step.run(op) : result;
        },
      },
    ]),
  );
  const definitions = new Map([[definition.kind, { ...definition, steps }]]);
  const db = world.ctx.db as Kysely<DB>;
  for (let turns = 0; ; turns++) {
    const killed = await runOperation(db, definitions, id, log, Crash).then(
      () => false,
      (error: unknown) => {
        if (!(error instanceof Crash) || error.message !== 'killed') throw error;
        return true;
      },
    );
    const end = await db
      .selectFrom('platform.operation')
      .select(['state', 'step'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (end.state !== 'running' && end.state !== 'cancelling')
      return { end, state: await world.state(), looks };
    if (turns > looksAtMost) throw new Error(`${definition.kind} never ends; it stays at ${end.step}.`);
    if (!killed) await world.whileWaiting?.();
  }
}
