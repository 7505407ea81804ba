import { z } from 'zod';
import { Text } from './i18n.ts';

export const OperationState = z.enum(['running', 'cancelling', 'succeeded', 'failed', 'cancelled']);
export type OperationState = z.infer<typeof OperationState>;

export const StepState = z.enum(['done', 'running', 'waiting', 'failed', 'todo', 'skipped']);

/** One step as a person sees it. */
export const OperationStep = z.object({
  name: z.string(),
  title: Text,
  state: StepState,
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type OperationStep = z.infer<typeof OperationStep>;

/** Long work: what it is, where it is, what comes next. */
export const Operation = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: Text,
  subjectId: z.uuid().nullable(),
  state: OperationState,
  step: z.string(),
  steps: z.array(OperationStep),
  /** Why it failed, or what it waits for; null when there is nothing to say. */
  reason: Text.nullable(),
  canCancel: z.boolean(),
  startedBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  deadlineAt: z.iso.datetime().nullable(),
});
export type Operation = z.infer<typeof Operation>;

/** One line of an operation's log; `id` grows, so a reader resumes after the last one it saw. */
export const OperationLogLine = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  step: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  text: Text,
});
export type OperationLogLine = z.infer<typeof OperationLogLine>;

/** What the event stream sends: the operation as it is now, and the lines since the last event. */
export const OperationEvent = z.object({ operation: Operation, lines: z.array(OperationLogLine) });
export type OperationEvent = z.infer<typeof OperationEvent>;
