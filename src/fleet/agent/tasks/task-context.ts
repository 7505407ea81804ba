import type { Text } from '#src/platform/contract/i18n.ts';
import type { TaskKind, TaskOutput, taskKinds } from '#src/fleet/contract/tasks.ts';
import type { z } from 'zod';
import type { AgentHome } from '../home.ts';
import type { Guardian } from '../guardian/guardian.ts';
import type { SandboxKeeper } from '../sandboxes/sandbox-keeper.ts';
import type { Services } from '../services/services.ts';

/** What a task has in its hand. */
export type TaskContext = {
  id: string;
  home: AgentHome;
  services: Services;
  sandboxes: SandboxKeeper;
  guardian: Guardian;
  /** Aborted when nobody wishes the task any more. */
  signal: AbortSignal;
  /** One line for the person who watches. */
  say(text: Text): void;
};

/** Does one kind of task. May be called again with the same id after the agent was restarted: it then finds what is done already. */
export type TaskHandler<K extends TaskKind> = (
  input: z.output<(typeof taskKinds)[K]['input']>,
  context: TaskContext,
) => Promise<TaskOutput<K>>;
