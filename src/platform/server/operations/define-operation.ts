import type { Text } from '../../contract/i18n.ts';
import type { Db } from '../db.ts';
import type { Log } from '../log.ts';

/** What a step answers after it looked at the world and did one thing. */
export type StepResult =
  | { then: 'go'; step: string; turned?: boolean }
  | { then: 'wait'; seconds: number; reason?: Text }
  | { then: 'done' }
  | { then: 'fail'; reason: Text };

/** On to another step, at once. */
export const go = (step: string): StepResult => ({ then: 'go', step });
/** Look again after `seconds`, or earlier when something calls `wakeOperation`. */
export const wait = (seconds: number, reason?: Text): StepResult => ({
  then: 'wait',
  seconds,
  ...(reason && { reason }),
});
/** The operation has reached its end. */
export const done: StepResult = { then: 'done' };
/** The operation stops here, with what to do next; a person may retry the step. */
export const fail = (reason: Text): StepResult => ({ then: 'fail', reason });

/** What a step gets. `db` is no transaction: a step never holds one over a wait. */
export type StepContext = {
  db: Db;
  log: Log;
  operationId: string;
  orgId: string;
  subjectId: string;
  input: Record<string, unknown>;
  /** What earlier steps remembered. */
  data: Record<string, unknown>;
  stepStartedAt: Date;
  /** True when a person asked for cancel; a step of the cancelling way need not look. */
  cancelWished: boolean;
  /** Adds to what later steps find in `data`. */
  remember(patch: Record<string, unknown>): Promise<void>;
  /** One line for the person who watches. */
  say(text: Text, level?: 'info' | 'warning' | 'error'): Promise<void>;
};

export type Step = { title: Text; run(op: StepContext): Promise<StepResult>; hidden?: boolean };

export type OperationDefinition = {
  kind: string;
  title: Text;
  /** Seconds after which it is overdue and an alert is raised. */
  deadlineSeconds: number;
  /** What somebody must be permitted, beside cancelling and retrying at all, to change its course: as a rule, to start it. */
  permission?: string;
  /** Where a wish to cancel leads; without it the operation cannot be cancelled. */
  cancelStep?: string;
  /** Steps at which cancelling is refused, because stopping there would leave things worse. */
  keepsGoingAt?: readonly string[];
  steps: Record<string, Step>;
};

/** One step, under the name it has in the operation. `hidden` steps belong to the way out and are shown only when taken. */
export function step(title: Text, run: Step['run'], options: { hidden?: boolean } = {}): Step {
  return { title, run, ...options };
}

/** Declares long work: the order in which steps are listed is the order in which a person sees them; the first is where it begins. */
export function defineOperation(
  kind: string,
  definition: Omit<OperationDefinition, 'kind'>,
): OperationDefinition {
  for (const name of [definition.cancelStep, ...(definition.keepsGoingAt ?? [])]) {
    if (name !== undefined && !(name in definition.steps)) throw new Error(`${kind} has no step ${name}`);
  }
  return { kind, ...definition };
}

/** The step an operation begins with. */
export function firstStep(definition: OperationDefinition): string {
  const name = Object.keys(definition.steps)[0];
  if (name === undefined) throw new Error(`${definition.kind} has no steps`);
  return name;
}
