import { existsSync } from 'node:fs';
import type { sandboxTasks } from '#src/fleet/contract/sandboxes.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { Sandboxes } from './sandboxes.ts';

/** The sandboxes of this machine, looked up when there are or shall be any: a host that never had one is left as it is. */
export class SandboxKeeper {
  readonly #folder: string;
  #open: Promise<Sandboxes> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes over the sandboxes of an agent before this one, so that they end on time even if nobody asks for anything. */
  async wake(): Promise<void> {
    if (existsSync(this.#folder)) await this.get();
  }

  get(): Promise<Sandboxes> {
    this.#open ??= Sandboxes.open(this.#folder).catch((error: unknown) => {
      this.#open = undefined;
      throw error;
    });
    return this.#open;
  }

  /** Ends all of them, for an agent that will not come back. */
  async endAll(): Promise<void> {
    if (!existsSync(this.#folder)) return;
    const all = await this.get();
    for (const { id } of all.look().sandboxes) await all.destroy(id);
  }

  /** Lets go of them; they run on. */
  async close(): Promise<void> {
    await (await this.#open?.catch(() => undefined))?.close();
  }
}

/** The tasks about sandboxes, for the agent's table of tasks. */
export const sandboxHandlers: { [K in keyof typeof sandboxTasks]: TaskHandler<K> } = {
  'start-sandbox': async (input, { sandboxes }) => (await sandboxes.get()).start(input),
  'prepare-sandbox-template': async (input, { sandboxes }) => (await sandboxes.get()).prepareTemplate(input),
  'reset-sandbox': async ({ id }, { sandboxes }) => (await sandboxes.get()).reset(id),
  'extend-sandbox': async ({ id, expiresAt }, { sandboxes }) => (await sandboxes.get()).extend(id, expiresAt),
  'destroy-sandbox': async ({ id }, { sandboxes }) => (await sandboxes.get()).destroy(id),
  'look-at-sandboxes': async (_, { sandboxes }) => (await sandboxes.get()).look(),
};
