// Over 300 lines: one life of an agent; its loops share the connection and when it is woken.
import { uptime } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { X509Certificate } from 'node:crypto';
import {
  HeartbeatAnswer,
  heartbeatSeconds,
  RenewAnswer,
  ReportAnswer,
  type Heartbeat,
} from '#src/fleet/contract/agents.ts';
import type { TaskReport } from '#src/fleet/contract/tasks.ts';
import { certificateRequest, newKey } from './certificate-request.ts';
import { Connection, Refused } from './connection.ts';
import { GuardianWish } from '#src/fleet/contract/guardian.ts';
import { MetricsAnswer } from '#src/fleet/contract/metrics.ts';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { HappeningsAnswer } from '#src/fleet/contract/incidents.ts';
import { readFacts } from './facts/read-facts.ts';
import { readBootId, writeWhole } from './files.ts';
import type { AgentHome, Membership } from './home.ts';
import { ServerLogs } from './activity/server-logs.ts';
import { Guardian } from './guardian/guardian.ts';
import { Happenings } from './incidents/happenings.ts';
import { KernelMessages } from './incidents/kernel-messages.ts';
import { ServerChanges } from './incidents/server-changes.ts';
import { Collector } from './metrics/collector.ts';
import { placeLauncher } from './launcher.ts';
import { ServerObserver } from './observe-servers.ts';
import { SandboxKeeper } from './sandboxes/sandbox-keeper.ts';
import { confirmVersion, fetchUpdate, noteRollback, ownVersion, shouldUpdate } from './self-update.ts';
import { Services } from './services/services.ts';
import { sweepPolicy } from './tasks/install-packages.ts';
import { TaskRunner } from './tasks/task-runner.ts';

const factsEveryMs = 60_000;
const tellEveryMs = 2000;
const guardianEveryMs = 60_000;
const slowestRetrySeconds = 10;
/** A server that refuses is not asked as often as one that is away. */
const refusedRetrySeconds = 60;

export type AgentOptions = {
  home: AgentHome;
  /** The file this program runs from; its name is its version. */
  program: string;
  logFolder: string;
  log: (message: string) => void;
  /** Aborted when the program should end. */
  signal: AbortSignal;
  heartbeatSeconds?: number;
};

/** Why an agent ended: it was told to, its host was removed, or another version is to start in its place. */
export type AgentEnd = 'stopped' | 'left' | 'replaced';

/** Runs the agent of an enrolled host until it should end. Its services run on. */
export async function runAgent(options: AgentOptions): Promise<AgentEnd> {
  const { home, log } = options;
  await home.prepare();
  const membership = await home.findMembership();
  const identity = await home.findIdentity();
  if (!membership || !identity) throw new Error(`${home.folder} holds no enrolled host`);
  const version = ownVersion(options.program);
  if (version !== 'source') await placeLauncher(home);
  const rolledBack = await noteRollback(home);
  if (rolledBack) log(`agent ${rolledBack} was not heard by the server; back to ${version}`);
  await sweepPolicy(home);
  const services = await Services.open(home, { logFolder: options.logFolder, log });
  const sandboxes = new SandboxKeeper(home.path('sandboxes'));
  void sandboxes.wake().catch((error: unknown) => log(`sandboxes could not be looked up: ${String(error)}`));
  const happenings = new Happenings(home.path('happenings.json'), log);
  await happenings.open();
  const guardian = new Guardian({ file: home.path('guardian.json'), services, happenings, log });
  await guardian.start();
  const kernel = new KernelMessages(home.path('kernel.json'), happenings);
  await kernel.start();
  const logs = new ServerLogs(home.path('server-logs.json'), services, happenings);
  await logs.start();
  const parts = { services, sandboxes, happenings, guardian, logs };
  const life = new AgentLife(options, membership, identity, parts, version);
  try {
    const end = await life.run();
    if (end === 'left') await sandboxes.endAll();
    return end;
  } finally {
    guardian.stop();
    kernel.stop();
    logs.stop();
    services.close();
    await sandboxes.close();
  }
}

type Parts = {
  services: Services;
  sandboxes: SandboxKeeper;
  happenings: Happenings;
  guardian: Guardian;
  logs: ServerLogs;
};

class AgentLife {
  readonly #options: AgentOptions;
  readonly #home: AgentHome;
  readonly #membership: Membership;
  readonly #version: string;
  readonly #runner: TaskRunner;
  readonly #observer: ServerObserver;
  readonly #log: (message: string) => void;
  readonly #happenings: Happenings;
  readonly #changes: ServerChanges;
  readonly #guardian: Guardian;
  readonly #collector: Collector;
  #certificate: string;
  #guardianDueAt = 0;
  #telling = false;
  #connection: Connection;
  #bootId = '';
  #facts: Heartbeat['facts'];
  #factsRead = false;
  #serversSent = '';
  #resync = true;
  #confirmed = false;
  #busyWithServer = false;
  #updating: Promise<void> | undefined;
  #replaced = false;
  /** Ends the wait of the present heartbeat, so that news leaves at once. */
  #wake = new AbortController();

  constructor(
    options: AgentOptions,
    membership: Membership,
    identity: { key: string; certificate: string },
    { services, sandboxes, happenings, guardian, logs }: Parts,
    version: string,
  ) {
    this.#options = options;
    this.#home = options.home;
    this.#log = options.log;
    this.#membership = membership;
    this.#version = version;
    this.#connection = this.#connect(identity);
    this.#observer = new ServerObserver(services, options.log);
    this.#happenings = happenings;
    this.#changes = new ServerChanges(happenings, (service) => this.#observer.askHistory(service));
    this.#guardian = guardian;
    this.#certificate = identity.certificate;
    this.#collector = new Collector({
      services,
      log: options.log,
      logs,
      certificate: () => this.#certificate,
      send: (batch) => this.#sendMetrics(batch),
    });
    guardian.onNews = () => (this.#guardianDueAt = 0);
    this.#runner = new TaskRunner({
      home: options.home,
      services,
      sandboxes,
      guardian,
      log: options.log,
      report: (id, report) => this.#report(id, report),
    });
  }

  async run(): Promise<AgentEnd> {
    const { signal } = this.#options;
    this.#bootId = await readBootId();
    this.#happenings.note({
      at: new Date(Date.now() - uptime() * 1000).toISOString(),
      kind: 'agent',
      severity: 'info',
      server: null,
      // Told at every start of the agent, it counts once a boot.
      key: `boot:${this.#membership.hostId}:${this.#bootId}`,
      text: incidentText.booted,
      detail: {},
    });
    this.#log(
      `agent ${this.#version.slice(0, 12)} of host ${this.#membership.hostName} starts, server ${this.#membership.url}`,
    );
    await this.#runner.resume();
    const beatSeconds = this.#options.heartbeatSeconds ?? heartbeatSeconds;
    const stopFacts = every(factsEveryMs, () => this.#readFacts());
    const stopLooking = every(beatSeconds * 1000, () => this.#lookAtServers());
    const stopTelling = every(tellEveryMs, () => this.#tell());
    this.#collector.start();
    signal.addEventListener('abort', () => this.#wake.abort());
    let failures = 0;
    try {
      while (!signal.aborted && !this.#replaced) {
        try {
          await this.#beat(beatSeconds);
          failures = 0;
        } catch (error) {
          // An answer that carried work may have been on its way.
          this.#resync = true;
          if (this.#wake.signal.aborted) continue;
          if (error instanceof Refused && error.refusal.leave) return await this.#leave(error.message);
          const isRefused = error instanceof Refused && error.status < 500;
          if (failures === 0 || isRefused)
            this.#log(`the server cannot be asked: ${(error as Error).message}`);
          failures++;
          await this.#pause(
            Math.min(0.25 * 2 ** failures, isRefused ? refusedRetrySeconds : slowestRetrySeconds),
          );
        }
      }
    } finally {
      stopFacts();
      stopLooking();
      stopTelling();
      this.#collector.stop();
      this.#connection.close();
    }
    return this.#replaced ? 'replaced' : 'stopped';
  }

  async #beat(waitSeconds: number): Promise<void> {
    this.#wake = new AbortController();
    if (this.#options.signal.aborted) return;
    const servers = this.#observer.seen;
    const serversNow = JSON.stringify(servers, (key, value: unknown) =>
      key === 'seenAt' ? undefined : value,
    );
    const facts = this.#facts;
    const body: Heartbeat = {
      bootId: this.#bootId,
      agentVersion: this.#version,
      // The first is answered at once: an agent that is heard has proven itself.
      waitSeconds: this.#confirmed ? waitSeconds : 0,
      clockMs: Date.now(),
      known: this.#runner.known(),
      resync: this.#resync,
      ...(facts ? { facts } : {}),
      ...(serversNow === this.#serversSent && !this.#resync ? {} : { servers }),
    };
    const ask = {
      method: 'POST' as const,
      path: '/agent/heartbeat',
      body,
      timeoutSeconds: waitSeconds + 15,
      signal: this.#wake.signal,
    };
    const answer = await this.#connection.ask(ask, HeartbeatAnswer);
    this.#resync = false;
    this.#serversSent = serversNow;
    if (this.#facts === facts) this.#facts = undefined;
    if (!this.#confirmed) {
      this.#confirmed = true;
      if (this.#version !== 'source') await confirmVersion(this.#home);
      await writeWhole(this.#home.path('heard'), `${Date.now()}\n`, { mode: 0o644 });
      this.#log('the server hears this agent');
    }
    this.#runner.take(answer.orders, answer.cancel);
    if (answer.renewCertificate) await this.#renew();
    if (!this.#updating && (await shouldUpdate(this.#home, this.#version, answer.agentVersion)))
      this.#updating = this.#update();
  }

  /** Tasks under way end first: an update can wait, and some of them would begin anew. */
  async #update(): Promise<void> {
    try {
      while (this.#runner.isBusy()) await this.#pause(1);
      const version = await fetchUpdate(this.#home, this.#connection, this.#membership.releaseKey);
      this.#log(`agent ${version.slice(0, 12)} takes over`);
      this.#replaced = true;
      this.#wake.abort();
    } catch (error) {
      this.#log(`the agent stays as it is: ${(error as Error).message}`);
      await this.#pause(60);
      this.#updating = undefined;
    }
  }

  async #renew(): Promise<void> {
    const key = newKey();
    const request = certificateRequest(key, this.#membership.hostName);
    const { certificate } = await this.#connection.ask(
      { method: 'POST', path: '/agent/renew', body: { certificateRequest: request }, timeoutSeconds: 30 },
      RenewAnswer,
    );
    await this.#home.keepIdentity({ key, certificate });
    const before = this.#connection;
    this.#connection = this.#connect({ key, certificate });
    this.#certificate = certificate;
    before.close();
    this.#log(`the certificate was renewed until ${new X509Certificate(certificate).validTo}`);
  }

  #sendMetrics(batch: Buffer): Promise<{ keeps: boolean }> {
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'x-sent-at': String(Date.now()),
    };
    const ask = {
      method: 'POST' as const,
      path: '/agent/metrics',
      body: batch,
      headers,
      timeoutSeconds: 20,
      signal: this.#options.signal,
    };
    return this.#connection.ask(ask, MetricsAnswer);
  }

  #connect(identity: { key: string; certificate: string }): Connection {
    const { url, authority } = this.#membership;
    return new Connection({ url, identity: { ...identity, authority } });
  }

  /** A report is tried until the server has it, or says it never ordered such a task. Lines of a running task are worth one try only. */
  async #report(id: string, report: TaskReport): Promise<void> {
    for (let failures = 0; !this.#options.signal.aborted; failures++) {
      try {
        const ask = {
          method: 'POST' as const,
          path: `/agent/tasks/${id}/report`,
          body: report,
          timeoutSeconds: 30,
        };
        await this.#connection.ask(ask, ReportAnswer);
        return;
      } catch (error) {
        if (report.state === 'running') return;
        this.#log(`task ${id} could not be reported: ${(error as Error).message}`);
        await this.#pause(Math.min(0.25 * 2 ** failures, slowestRetrySeconds));
      }
    }
    // Ended before the server knew: the next life of the agent reports it.
    await new Promise(() => {});
  }

  async #readFacts(): Promise<void> {
    const isFirst = this.#factsRead === false;
    this.#facts = await readFacts(this.#observer.dataDirectories);
    this.#factsRead = true;
    if (isFirst && this.#confirmed) this.#wake.abort();
  }

  async #lookAtServers(): Promise<void> {
    if (this.#busyWithServer) return;
    this.#busyWithServer = true;
    try {
      if ((await this.#observer.look()) && this.#confirmed) this.#wake.abort();
      await this.#changes.note(this.#observer.seen);
    } finally {
      this.#busyWithServer = false;
    }
  }

  /** Tells what happened here and how the disks stand; what the server does not take now is told later. */
  async #tell(): Promise<void> {
    if (this.#telling || !this.#confirmed) return;
    this.#telling = true;
    try {
      const happenings = this.#happenings.waiting();
      if (happenings.length > 0) {
        const ask = {
          method: 'POST' as const,
          path: '/agent/happenings',
          body: { happenings },
          timeoutSeconds: 30,
        };
        await this.#connection.ask(ask, HappeningsAnswer);
        this.#happenings.forget(happenings);
      }
      if (Date.now() < this.#guardianDueAt) return;
      const report = this.#guardian.report();
      this.#guardianDueAt = Date.now() + guardianEveryMs;
      const ask = { method: 'POST' as const, path: '/agent/guardian', body: report, timeoutSeconds: 30 };
      const { settings } = await this.#connection.ask(ask, GuardianWish);
      await this.#guardian.wish(settings);
    } finally {
      this.#telling = false;
    }
  }

  /** The host was removed: the agent ends and does not come back; what it looked after runs on. */
  async #leave(reason: string): Promise<AgentEnd> {
    this.#log(reason);
    await writeWhole(this.#home.path('left'), `${reason}\n`, { mode: 0o644 });
    return 'left';
  }

  async #pause(seconds: number): Promise<void> {
    const ms = seconds * 1000 * (0.5 + Math.random());
    await sleep(ms, undefined, { signal: this.#options.signal }).catch(() => {});
  }
}

/** Does something now and every so often; one that throws is tried again the next time. */
function every(ms: number, work: () => Promise<void>): () => void {
  const go = () => void work().catch(() => {});
  go();
  const timer = setInterval(go, ms);
  return () => clearInterval(timer);
}
