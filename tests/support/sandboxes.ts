import { defaultSandboxLimits, type SandboxLimits } from '#src/fleet/contract/sandboxes.ts';
import type { TaskOutput } from '#src/fleet/contract/tasks.ts';

let port = 26_000;

/** What a host answers that started a sandbox at once. */
export function readyWith(): TaskOutput<'start-sandbox'> {
  return {
    result: 'ready',
    port: ++port,
    storage: 'overlay-disk',
    readyMs: 80,
    limitsEnforced: {
      memory: 'kernel',
      cpu: 'kernel',
      disk: 'kernel',
      connections: 'postgres',
      statements: 'watched',
      network: 'kernel',
      files: 'kernel',
    },
  };
}

/** The usual limits, with some of them changed. */
export const limitsFor = (change: Partial<SandboxLimits>): SandboxLimits => ({
  ...defaultSandboxLimits,
  ...change,
});
