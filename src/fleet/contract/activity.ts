import { z } from 'zod';

/** What a server's log is counted by: SQLSTATE classes that ask for the same thing to be done. */
export const errorClasses = [
  'connection',
  'sign-in',
  'data',
  'constraint',
  'permission',
  'statement',
  'conflict',
  'resources',
  'cancelled',
  'system',
  'corruption',
  'unknown',
] as const;
export const ErrorClass = z.enum(errorClasses);
export type ErrorClass = z.infer<typeof ErrorClass>;

/** A session that waits for a lock, or that others wait for. */
export const LockSession = z.object({
  pid: z.number().int(),
  /** Processes whose end it waits for; empty for one that only holds. 0 is a prepared transaction. */
  blockedBy: z.array(z.number().int()).max(1000),
  user: z.string().max(70),
  database: z.string().max(70),
  application: z.string().max(70),
  client: z.string().max(60),
  state: z.string().max(40),
  /** What it waits for, `Lock: transactionid`; empty when it does not. */
  waitsFor: z.string().max(120),
  /** The mode it asks for and the table, as far as there is one. */
  wants: z.string().max(260),
  transactionSeconds: z.number(),
  /** Since its state last changed: how long it has waited, or been idle. */
  stateSeconds: z.number(),
  /** Without what people wrote into it. */
  statement: z.string().max(1000),
});
export type LockSession = z.infer<typeof LockSession>;

/** The same with its place in the tree: nobody is above depth 0. */
export const LockNode = LockSession.extend({
  depth: z.number().int(),
  /** How many wait for it, directly or not. */
  holdsUp: z.number().int(),
});
export type LockNode = z.infer<typeof LockNode>;
export const LockTree = z.object({
  member: z.string(),
  readAt: z.iso.datetime(),
  sessions: z.array(LockNode),
});
export type LockTree = z.infer<typeof LockTree>;

export const LogQuery = z.object({
  /** The member whose log it is; the primary when left out. */
  member: z.string().min(1).max(60).optional(),
  /** Lines at most. */
  lines: z.coerce.number().int().min(1).max(1000).default(200),
  only: z.enum(['all', 'errors']).default('all'),
});
export type LogQuery = z.infer<typeof LogQuery>;
export const LogTail = z.object({
  member: z.string(),
  lines: z.array(z.object({ text: z.string().max(4100), errorClass: ErrorClass.nullable() })).max(1000),
});
export type LogTail = z.infer<typeof LogTail>;

/** What is asked of a host for a person who looks. */
export const activityTasks = {
  'look-at-locks': {
    input: z.object({
      pgVersion: z.number().int().min(13).max(30),
      port: z.number().int().min(1).max(65535),
    }),
    output: z.object({ sessions: z.array(LockSession).max(1000) }),
  },
  'read-log': {
    input: z.object({
      /** The cluster's scope. */
      scope: z.string().regex(/^[a-z][a-z0-9-]{1,50}$/),
      lines: z.number().int().min(1).max(1000),
      only: z.enum(['all', 'errors']),
    }),
    output: z.object({ lines: LogTail.shape.lines }),
  },
} as const;
