import { z } from 'zod';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import type { Happenings } from './happenings.ts';

/** Patroni's `/history`: timeline left, its last position, why, when, and who led from then on. */
const History = z.array(
  z.tuple([z.number(), z.unknown(), z.unknown()]).rest(z.union([z.string(), z.null(), z.unknown()])),
);

/** A server that is away this long is news; a reload or a slow answer is not. */
const awayMs = 12_000;

type Known = {
  timeline: number | null;
  paused: boolean;
  running: boolean;
  awaySince: number | null;
  toldAway: boolean;
};

/** Notices what changes on the servers of this host from one look to the next: who leads, who is down, who is paused. */
export class ServerChanges {
  readonly #happenings: Happenings;
  readonly #askHistory: (service: string) => Promise<unknown>;
  readonly #known = new Map<string, Known>();

  constructor(happenings: Happenings, askHistory: (service: string) => Promise<unknown>) {
    this.#happenings = happenings;
    this.#askHistory = askHistory;
  }

  async note(servers: readonly ServerSeen[]): Promise<void> {
    for (const name of this.#known.keys())
      if (!servers.some((one) => one.name === name)) this.#known.delete(name);
    await Promise.all(servers.map((server) => this.#noteOne(server)));
  }

  async #noteOne(server: ServerSeen): Promise<void> {
    const before = this.#known.get(server.name);
    const known: Known = before ?? {
      timeline: null,
      paused: server.paused,
      running: server.running,
      awaySince: null,
      toldAway: false,
    };
    this.#known.set(server.name, known);
    const cluster = server.name.replace(/^patroni-/, '');
    this.#noteAway(server, known, cluster);
    if (server.running && known.paused !== server.paused) {
      known.paused = server.paused;
      this.#happenings.note({
        kind: 'server',
        severity: server.paused ? 'warning' : 'info',
        server: server.name,
        // Every member sees it; a minute is near enough to be the same.
        key: `paused:${cluster}:${server.paused}:${Math.floor(Date.now() / 60_000)}`,
        text: server.paused ? incidentText.paused(cluster) : incidentText.resumed(cluster),
        detail: { paused: server.paused },
      });
    }
    const leads = server.running && (server.role === 'primary' || server.role === 'standby_leader');
    // The first timeline is the making of the cluster, which an operation tells.
    if (!leads || server.timeline === null || server.timeline <= 1) return;
    if (known.timeline === server.timeline) return;
    known.timeline = server.timeline;
    await this.#tellPromotion(server, cluster, server.timeline);
  }

  #noteAway(server: ServerSeen, known: Known, cluster: string): void {
    if (server.running) {
      if (known.toldAway)
        this.#happenings.note({
          kind: 'server',
          severity: 'info',
          server: server.name,
          key: null,
          text: incidentText.serverUp(cluster, server.role),
          detail: { running: true, role: server.role },
        });
      Object.assign(known, { running: true, awaySince: null, toldAway: false });
      return;
    }
    // One that never ran is being made.
    if (!known.running) return;
    known.awaySince ??= Date.now();
    if (known.toldAway || Date.now() - known.awaySince < awayMs) return;
    known.toldAway = true;
    this.#happenings.note({
      at: new Date(known.awaySince).toISOString(),
      kind: 'server',
      severity: 'warning',
      server: server.name,
      key: null,
      text: incidentText.serverDown(cluster, server.state),
      detail: { running: false, state: server.state },
    });
  }

  async #tellPromotion(server: ServerSeen, cluster: string, timeline: number): Promise<void> {
    const history = History.safeParse(await this.#askHistory(server.name).catch(() => undefined));
    const entry = history.success ? history.data.find(([left]) => left === timeline - 1) : undefined;
    const [, , why, at, leader] = entry ?? [];
    const when = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    const own = server.members.find((m) => m.role === 'leader' || m.role === 'master')?.name;
    const name = typeof leader === 'string' ? leader : (own ?? cluster);
    this.#happenings.note({
      ...(Number.isFinite(when) ? { at: new Date(when).toISOString() } : {}),
      kind: 'promotion',
      severity: 'warning',
      server: server.name,
      key: `promotion:${cluster}:${timeline}`,
      text: incidentText.promoted(name.slice(0, 80), timeline),
      detail: {
        timeline,
        member: name.slice(0, 80),
        why: typeof why === 'string' ? why.slice(0, 200) : null,
      },
    });
  }
}
