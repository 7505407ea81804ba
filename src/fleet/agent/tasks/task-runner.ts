import { z } from 'zod';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { taskKinds, type TaskKind, type TaskOrder, type TaskReport } from '#src/fleet/contract/tasks.ts';
import { Text } from '#src/platform/contract/i18n.ts';
import { activityHandlers } from '../activity/activity-tasks.ts';
import { backupHandlers } from '../backups/backup-tasks.ts';
import { restoreHandlers } from '../backups/restore-tasks.ts';
import { writeJson } from '../files.ts';
import type { AgentHome } from '../home.ts';
import { guardianHandlers, type Guardian } from '../guardian/guardian.ts';
import { takeEvidence } from '../incidents/take-evidence.ts';
import { sandboxHandlers, type SandboxKeeper } from '../sandboxes/sandbox-keeper.ts';
import { logicalBackupHandlers } from '../logical-backups/dump-database.ts';
import { passportHandlers } from '../passports/passports.ts';
import type { Services } from '../services/services.ts';
import { TaskFailure } from '../task-failure.ts';
import { askEtcd } from './ask-etcd.ts';
import { askPatroni, awaitPatroni } from './ask-patroni.ts';
import { checkHost } from './check-host.ts';
import { installPackages } from './install-packages.ts';
import { removeData } from './remove-data.ts';
import { runSql } from './run-sql.ts';
import type { TaskHandler } from './task-context.ts';

const handlers: { [K in TaskKind]: TaskHandler<K> } = {
  'check-host': checkHost,
  'install-packages': installPackages,
  'ensure-service': ({ service, restartWhenChanged }, { services }) =>
    services.ensure(service, restartWhenChanged),
  'control-service': ({ name, action }, { services }) => services.control(name, action),
  'remove-service': async ({ name, files }, { services }) => {
    await services.remove(name, files);
    return {};
  },
  'remove-data': removeData,
  'ask-patroni': askPatroni,
  'await-patroni': awaitPatroni,
  'run-sql': runSql,
  'ask-etcd': askEtcd,
  ...sandboxHandlers,
  ...backupHandlers,
  ...restoreHandlers,
  ...guardianHandlers,
  ...activityHandlers,
  ...logicalBackupHandlers,
  ...passportHandlers,
  'take-evidence': takeEvidence,
};

/** Tasks that change nothing when they are done again. */
const repeatable: ReadonlySet<string> = new Set<TaskKind>([
  'start-sandbox',
  'extend-sandbox',
  'destroy-sandbox',
  'look-at-sandboxes',
]);

/** A task that has ended, kept until the server knows. */
const Ended = z.object({
  id: z.uuid(),
  state: z.enum(['succeeded', 'failed']),
  output: z.unknown().optional(),
  error: Text.optional(),
});
type Ended = z.infer<typeof Ended>;

/** Tells the server; resolves once the server has it, and keeps trying until then. */
export type Reporter = (taskId: string, report: TaskReport) => Promise<void>;

/**
 * Runs what the server orders, each order once. What has ended is written down before it is reported, so that an agent that
 * dies in between reports it again instead of doing it again; what was under way then is ordered again by the server.
 */
export class TaskRunner {
  readonly #home: AgentHome;
  readonly #services: Services;
  readonly #sandboxes: SandboxKeeper;
  readonly #guardian: Guardian;
  readonly #report: Reporter;
  readonly #log: (message: string) => void;
  readonly #running = new Map<string, AbortController>();
  readonly #ended = new Set<string>();

  constructor(options: {
    home: AgentHome;
    services: Services;
    sandboxes: SandboxKeeper;
    guardian: Guardian;
    report: Reporter;
    log: (message: string) => void;
  }) {
    this.#home = options.home;
    this.#services = options.services;
    this.#sandboxes = options.sandboxes;
    this.#guardian = options.guardian;
    this.#report = options.report;
    this.#log = options.log;
  }

  /** Reports what ended in an earlier life of the agent. */
  async resume(): Promise<void> {
    for (const ended of await this.#home.listJson('tasks', Ended)) {
      this.#ended.add(ended.id);
      void this.#deliver(ended);
    }
  }

  /** Tasks the agent has in hand. */
  known(): string[] {
    return [...this.#running.keys(), ...this.#ended].slice(0, 200);
  }

  isBusy(): boolean {
    return this.#running.size > 0;
  }

  take(orders: readonly TaskOrder[], cancel: readonly string[]): void {
    for (const id of cancel) this.#running.get(id)?.abort();
    for (const order of orders) {
      if (this.#running.has(order.id) || this.#ended.has(order.id)) continue;
      const controller = new AbortController();
      this.#running.set(order.id, controller);
      void this.#run(order, controller);
    }
  }

  async #run(order: TaskOrder, controller: AbortController): Promise<void> {
    const started = Date.now();
    const ended: Ended = await this.#perform(order, controller.signal);
    this.#log(
      `task ${order.kind} ${order.id} ${ended.state} after ${Date.now() - started} ms${ended.error ? `: ${ended.error.en}` : ''}`,
    );
    this.#ended.add(order.id);
    this.#running.delete(order.id);
    // A busy disk makes a person wait here; what may be done twice needs not be kept.
    if (!repeatable.has(order.kind)) {
      await writeJson(this.#home.path('tasks', `${order.id}.json`), ended).catch((error: unknown) =>
        this.#log(`the end of task ${order.id} could not be written down: ${String(error)}`),
      );
    }
    await this.#deliver(ended);
  }

  async #perform(order: TaskOrder, signal: AbortSignal): Promise<Ended> {
    const kind = order.kind as TaskKind;
    const fail = (error: Text): Ended => ({ id: order.id, state: 'failed', error });
    const definition = taskKinds[kind];
    const handler = handlers[kind] as TaskHandler<TaskKind> | undefined;
    if (!definition || !handler) return fail(agentText.unknownKind(order.kind.slice(0, 60)));
    const input = definition.input.safeParse(order.input);
    // What does not fit the schema is refused here too: the server's word alone places no file and starts no program.
    if (!input.success)
      return fail(
        agentText.unexpected(
          input.error.issues
            .map((i) => `${i.path.join('.')} ${i.message}`)
            .join('; ')
            .slice(0, 500),
        ),
      );
    try {
      const output = await handler(input.data as never, {
        id: order.id,
        home: this.#home,
        services: this.#services,
        sandboxes: this.#sandboxes,
        guardian: this.#guardian,
        signal,
        say: (text) => void this.#report(order.id, { state: 'running', lines: [text] }),
      });
      return { id: order.id, state: 'succeeded', output };
    } catch (error) {
      if (signal.aborted) return fail(agentText.cancelled);
      if (error instanceof TaskFailure) return fail(error.text);
      this.#log(`task ${order.kind} ${order.id}: ${(error as Error).stack ?? String(error)}`);
      return fail(agentText.unexpected((error as Error).message));
    }
  }

  async #deliver(ended: Ended): Promise<void> {
    const { id, ...report } = ended;
    await this.#report(id, { ...report, lines: [] });
    await this.#home.remove('tasks', `${id}.json`);
    this.#ended.delete(id);
  }
}
