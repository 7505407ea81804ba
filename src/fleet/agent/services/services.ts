import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programs, type Service } from '#src/fleet/contract/tasks.ts';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { writeJson } from '../files.ts';
import type { AgentHome } from '../home.ts';
import { TaskFailure } from '../task-failure.ts';
import { placeDirectories, placeFiles } from './place-files.ts';
import { processKeeper } from './process-keeper.ts';
import { KnownService, type ServiceKeeper } from './service-keeper.ts';
import { hasSystemd, systemdKeeper } from './systemd-keeper.ts';

/** A program that is still there after this long counts as running. */
const provesItselfMs = 150;

/** The services this agent looks after. */
export class Services {
  readonly #home: AgentHome;
  readonly #keeper: ServiceKeeper;
  readonly #close: () => void;
  readonly #known = new Map<string, KnownService>();
  /** What is done to one service is done one after the other. */
  readonly #queues = new Map<string, Promise<unknown>>();

  private constructor(
    home: AgentHome,
    keeper: ServiceKeeper,
    close: () => void,
    known: readonly KnownService[],
  ) {
    this.#home = home;
    this.#keeper = keeper;
    this.#close = close;
    for (const service of known) this.#known.set(service.name, service);
  }

  /** Finds the services of earlier lives of the agent; where the agent itself keeps them, those that should run and do not are started. */
  static async open(
    home: AgentHome,
    options: { logFolder: string; log: (message: string) => void },
  ): Promise<Services> {
    const known = await home.listJson('services', KnownService);
    if (hasSystemd()) return new Services(home, systemdKeeper, () => {}, known);
    const keeper = processKeeper({ servicesFolder: home.path('services'), ...options });
    await keeper.adopt(known);
    return new Services(home, keeper, () => keeper.close(), known);
  }

  list(): readonly KnownService[] {
    return [...this.#known.values()];
  }

  findPid(name: string): Promise<number | null> {
    return this.#keeper.findPid(name);
  }

  /** The last lines of what a service said. */
  lastWords(name: string, lines: number): Promise<string[]> {
    return this.#keeper.lastWords(name, lines);
  }

  /** What a service said since a place in its log; without a place, only where the log ends now. */
  wordsSince(
    name: string,
    place: string | undefined,
  ): Promise<{ lines: string[]; place: string | undefined }> {
    return this.#keeper.wordsSince(name, place);
  }

  /** Places a service's files and makes it run with them. */
  ensure(
    service: Service,
    restartWhenChanged: boolean,
  ): Promise<{ changed: boolean; running: boolean; pid: number | null }> {
    return this.#inTurn(service.name, async () => {
      const program = programs[service.program];
      if (!existsSync(program)) throw new TaskFailure(agentText.noSuchProgram(program));
      const filesChanged = await placeFiles(service.files);
      await placeDirectories(service.directories);
      const { files, ...rest } = service;
      const next: KnownService = { ...rest, files: files.map(({ path }) => ({ path })), wished: 'running' };
      const before = this.#known.get(service.name);
      const definitionChanged = before !== undefined && definitionOf(before) !== definitionOf(next);
      const changed = filesChanged || definitionChanged || before === undefined;
      const wasRunning = (await this.#keeper.findPid(service.name)) !== null;
      const mustRestart = wasRunning && changed && (restartWhenChanged || !service.reloadSignal);
      await this.#remember(next);
      if (mustRestart) await this.#keeper.stop(next);
      if (!wasRunning || mustRestart || definitionChanged) await this.#keeper.start(next, definitionChanged);
      if (wasRunning && changed && !mustRestart) await this.#keeper.reload(next);
      const pid = await this.#prove(next);
      return { changed, running: true, pid };
    });
  }

  control(name: string, action: 'start' | 'stop' | 'restart'): Promise<{ running: boolean }> {
    return this.#inTurn(name, async () => {
      const service = this.#known.get(name);
      if (!service) throw new TaskFailure(agentText.noSuchService(name));
      if (action !== 'start') await this.#keeper.stop(service);
      const next: KnownService = { ...service, wished: action === 'stop' ? 'stopped' : 'running' };
      await this.#remember(next);
      if (action === 'stop') return { running: false };
      await this.#keeper.start(next, false);
      await this.#prove(next);
      return { running: true };
    });
  }

  /** Stops a service and removes its definition and the given files; a service that is not there is no fault. */
  remove(name: string, files: readonly string[]): Promise<void> {
    return this.#inTurn(name, async () => {
      await this.#keeper.remove(name);
      for (const path of files) await rm(path, { force: true });
      for (const folder of new Set(files.map((path) => dirname(path)))) await removeIfEmpty(folder);
      this.#known.delete(name);
      await this.#home.remove('services', `${name}.json`);
    });
  }

  close(): void {
    this.#close();
  }

  async #remember(service: KnownService): Promise<void> {
    this.#known.set(service.name, service);
    await writeJson(this.#home.path('services', `${service.name}.json`), service);
  }

  async #prove(service: KnownService): Promise<number> {
    const until = Date.now() + 3000;
    for (let since = 0, seen = 0; Date.now() < until;) {
      const pid = await this.#keeper.findPid(service.name);
      if (pid === null || pid !== seen) since = Date.now();
      else if (Date.now() - since >= provesItselfMs) return pid;
      seen = pid ?? 0;
      await sleep(50);
    }
    const words = await this.lastWords(service.name, 5);
    throw new TaskFailure(agentText.doesNotRun(service.title, words.join(' / ').slice(-800)));
  }

  #inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#queues.set(name, mine);
    return mine;
  }
}

/** A cluster's own folder, as `/etc/patroni/<name>`; the roots above belong to packages. */
async function removeIfEmpty(folder: string): Promise<void> {
  if (folder.split('/').length <= 3 || !folder.startsWith('/etc/')) return;
  await rmdir(folder).catch(() => {});
}

const definitionOf = ({ title, program, args, user, killMode, reloadSignal }: KnownService) =>
  JSON.stringify([title, program, args, user, killMode, reloadSignal]);
