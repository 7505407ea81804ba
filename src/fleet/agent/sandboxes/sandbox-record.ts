import { z } from 'zod';
import { LimitsEnforced, sandboxTasks, SandboxStorage } from '#src/fleet/contract/sandboxes.ts';

export const StartSandbox = sandboxTasks['start-sandbox'].input;
export type StartSandbox = z.output<typeof StartSandbox>;

/** What the agent keeps of a sandbox on disk, so that the next agent finds it again. */
export const SandboxRecord = StartSandbox.extend({
  port: z.number().int(),
  /** The process whose end is the end of the sandbox; null while it starts. */
  main: z.object({ pid: z.number().int(), startedTicks: z.number() }).nullable(),
  storage: SandboxStorage,
  limitsEnforced: LimitsEnforced,
  groups: z.array(z.string()),
  readyMs: z.number(),
});
export type SandboxRecord = z.infer<typeof SandboxRecord>;

/** A sandbox that ended before its time, and why. */
export const Ended = z.object({ id: z.uuid(), reason: z.enum(['disk', 'stopped']), at: z.iso.datetime() });
export type Ended = z.infer<typeof Ended>;
