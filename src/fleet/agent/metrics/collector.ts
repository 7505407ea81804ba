import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { collectSeconds, type MetricsBatch, type MetricsGroup } from '#src/fleet/contract/metrics.ts';
import { Refused } from '../connection.ts';
import type { ServerLogs } from '../activity/server-logs.ts';
import type { Services } from '../services/services.ts';
import { readFileSystems, readHostFigures } from './host-figures.ts';
import { ProbeBook } from './probe-book.ts';
import { backupFigures, certificateFigure, readBackups } from './scrapes.ts';
import { Sheet } from './sheet.ts';
import { targetOf, type Target } from './targets.ts';

/** A round waits this long for its targets; who is later is told about in the next. */
const roundSeconds = 10;
const visitSeconds = 60;
/** Batches kept while the server is away, compressed: about two hours of a host with one cluster. */
const bufferBytesAtMost = 8 * 1024 * 1024;
/** While the server keeps no metrics, it is asked this seldom whether it does now. */
const idleSeconds = 300;

type Batch = { bytes: Buffer; texts: { target: Target; ids: string[] }[] };

export type CollectorOptions = {
  services: Pick<Services, 'list'>;
  /** Brings one gzipped batch to the server; throws when it is away. */
  send: (batch: Buffer) => Promise<{ keeps: boolean }>;
  /** PEM of the agent's own certificate. */
  certificate: () => string | undefined;
  /** What the servers of this host logged. */
  logs?: Pick<ServerLogs, 'figures'>;
  log: (message: string) => void;
  everySeconds?: number;
  /** Of batches kept while the server is away, compressed. */
  bufferBytes?: number;
};

/** Measures this host and what runs on it round after round, and brings it to the server; nothing that hangs holds up anything else. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #host = new ProbeBook('node');
  readonly #targets = new Map<string, { target: Target; file: string; busy: boolean; visiting: boolean }>();
  readonly #outbox: Batch[] = [];
  #outboxBytes = 0;
  #dropped = 0;
  /** Groups and texts of visits, which end between the rounds. */
  #visited: {
    groups: MetricsGroup[];
    texts: { target: Target; list: { queryId: string; text: string }[] }[];
  } = {
    groups: [],
    texts: [],
  };
  #timer: NodeJS.Timeout | undefined;
  #sending = false;
  #running = false;
  #stopped = false;
  #nextVisit = 0;
  #idleUntil = 0;
  /** By scope, as pgBackRest said it last. */
  readonly #backups = new Map<string, string>();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  start(): void {
    const everyMs = (this.#options.everySeconds ?? collectSeconds) * 1000;
    // Hosts that were started together do not measure and send at the same moment for ever.
    const first = setTimeout(
      () => {
        void this.#round();
        this.#timer = setInterval(() => void this.#round(), everyMs);
      },
      Math.random() * Math.min(everyMs, 3000),
    );
    this.#timer = first;
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    clearTimeout(this.#timer);
    this.#closeTargets();
  }

  #closeTargets(): void {
    for (const { target } of this.#targets.values()) target.close();
    this.#targets.clear();
  }

  async #round(): Promise<void> {
    if (this.#running || this.#stopped || performance.now() < this.#idleUntil) return;
    this.#running = true;
    try {
      await this.#findTargets();
      await this.#pack(await this.measure());
      void this.#deliver();
    } catch (error) {
      this.#options.log(`a round of measuring failed: ${(error as Error).message}`);
    } finally {
      this.#running = false;
    }
  }

  /** One round: what every target says by now. */
  async measure(): Promise<MetricsGroup[]> {
    const atMs = Date.now();
    const own = new Sheet();
    const sheets = new Map<string | null, Sheet>([[null, own]]);
    const sheetOf = (scope: string) => {
      const sheet = sheets.get(scope) ?? new Sheet();
      sheets.set(scope, sheet);
      return sheet;
    };
    const works = [this.#measureHost(own)];
    for (const entry of this.#targets.values()) {
      const sheet = sheetOf(entry.target.scope);
      if (entry.target.visit) this.#options.logs?.figures(entry.target.scope, sheet);
      if (entry.busy) {
        for (const job of entry.target.job.split(',')) sheet.add('up', 0, `job="${job}"`);
        continue;
      }
      entry.busy = true;
      works.push(entry.target.collect(sheet).finally(() => (entry.busy = false)));
    }
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled(works),
      new Promise((resolve) => (timer = setTimeout(resolve, roundSeconds * 1000))),
    ]);
    clearTimeout(timer);
    if (performance.now() >= this.#nextVisit) {
      this.#nextVisit = performance.now() + visitSeconds * 1000 - 1000;
      for (const entry of this.#targets.values()) void this.#visit(entry);
      void this.#visitBackups().catch(() => {});
    }
    return [...sheets]
      .map(([scope, sheet]) => ({ atMs, scope, text: sheet.text }))
      .filter(({ text }) => text !== '');
  }

  async #measureHost(sheet: Sheet): Promise<void> {
    const { certificate } = this.#options;
    const every = (name: string, everySeconds: number, timeoutSeconds: number) => ({
      name,
      everySeconds,
      timeoutSeconds,
    });
    const works = [
      this.#host
        .probe(sheet, every('kernel', 15, 5), (found) => readHostFigures(found))
        .then((isUp) => sheet.add('up', isUp ? 1 : 0, 'job="node"')),
      this.#host.probe(sheet, every('file-systems', 30, 6), (found) => readFileSystems(found, 5)),
      this.#host.probe(sheet, every('agent', 15, 2), (found) => {
        const { user, system } = process.cpuUsage();
        found.add('elepherd_agent_cpu_seconds_total', (user + system) / 1e6);
        found.add('elepherd_agent_resident_memory_bytes', process.memoryUsage.rss());
        found.add('elepherd_agent_dropped_batches_total', this.#dropped);
        certificateFigure(found, 'agent', certificate() ?? '');
      }),
    ];
    await Promise.all(works);
  }

  /** What pgBackRest knows is asked every five minutes and told every minute: the age of a backup grows in between. */
  async #visitBackups(): Promise<void> {
    const scopes = new Set([...this.#targets.values()].map(({ target }) => target.scope));
    const backedUp = [...scopes].filter((scope) => existsSync(`/etc/pgbackrest/conf.d/${scope}.conf`));
    await Promise.all(
      backedUp.map(async (scope) => {
        const sheet = new Sheet();
        const probe = { name: `backups ${scope}`, everySeconds: 300, timeoutSeconds: 40 };
        const isUp = await this.#host.probe(sheet, probe, async () => {
          this.#backups.set(scope, await readBackups(scope, 35));
        });
        const atMs = Date.now();
        sheet.add('up', isUp ? 1 : 0, 'job="backup"');
        if (isUp) sheet.addLines(backupFigures(this.#backups.get(scope) ?? '[]', atMs / 1000));
        this.#visited.groups.push({ atMs, scope, text: sheet.text });
      }),
    );
  }

  async #visit(entry: { target: Target; visiting: boolean }): Promise<void> {
    const { target } = entry;
    if (!target.visit || entry.visiting) return;
    entry.visiting = true;
    try {
      const sheet = new Sheet();
      const atMs = Date.now();
      const list = await target.visit(sheet);
      if (sheet.text !== '') this.#visited.groups.push({ atMs, scope: target.scope, text: sheet.text });
      if (list.length > 0) this.#visited.texts.push({ target, list });
    } finally {
      entry.visiting = false;
    }
  }

  /** Services come and go, and are written anew with other ports. */
  async #findTargets(): Promise<void> {
    const running = this.#options.services.list().filter(({ wished }) => wished === 'running');
    const names = new Set(running.map(({ name }) => name));
    for (const [name, { target }] of this.#targets) {
      if (names.has(name)) continue;
      target.close();
      this.#targets.delete(name);
    }
    for (const service of running) {
      const file = JSON.stringify(service.args);
      const known = this.#targets.get(service.name);
      if (known?.file === file) continue;
      known?.target.close();
      const target = await targetOf(service);
      if (target) this.#targets.set(service.name, { target, file, busy: false, visiting: false });
      else this.#targets.delete(service.name);
    }
  }

  async #pack(groups: MetricsGroup[]): Promise<void> {
    const { groups: visited, texts } = this.#visited;
    this.#visited = { groups: [], texts: [] };
    const batch: MetricsBatch = {
      groups: [...groups, ...visited],
      texts: texts.flatMap(({ list }) => list).slice(0, 500),
    };
    // The fastest level: it leaves a tenth, and the next would cost twice the time for a twelfth.
    const bytes = await promisify(gzip)(JSON.stringify(batch), { level: 1 });
    this.#outbox.push({
      bytes,
      texts: texts.map(({ target, list }) => ({ target, ids: list.map(({ queryId }) => queryId) })),
    });
    this.#outboxBytes += bytes.length;
    while (this.#outboxBytes > (this.#options.bufferBytes ?? bufferBytesAtMost) && this.#outbox.length > 1) {
      const oldest = this.#outbox.shift()!;
      this.#outboxBytes -= oldest.bytes.length;
      this.#dropped++;
      for (const { target, ids } of oldest.texts) target.forgetTexts?.(ids);
    }
  }

  /** Oldest first; what the server did not take stays until the next round. */
  async #deliver(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#outbox[0]; next !== undefined && !this.#stopped; next = this.#outbox[0]) {
        const { keeps } = await this.#options.send(next.bytes).catch((error: unknown) => {
          // One that the server finds wrong would be wrong again; the others must not wait behind it.
          if (error instanceof Refused && [400, 413, 422].includes(error.status)) return { keeps: true };
          throw error;
        });
        // It may have been dropped meanwhile.
        if (this.#outbox[0] === next) {
          this.#outbox.shift();
          this.#outboxBytes -= next.bytes.length;
        }
        if (keeps) continue;
        this.#outbox.length = 0;
        this.#outboxBytes = 0;
        this.#idleUntil = performance.now() + idleSeconds * 1000;
        // Nobody keeps what is measured: no session is held for it, least of all beyond the life of its service.
        this.#closeTargets();
      }
    } catch {
      // The heartbeat says why the server is away; the batches wait.
    } finally {
      this.#sending = false;
    }
  }
}
