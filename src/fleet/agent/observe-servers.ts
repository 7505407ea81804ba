import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { z } from 'zod';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';
import { lookAtArchiver } from './backups/look-at-archiver.ts';
import { findText } from './files.ts';
import { findProcess } from './programs.ts';
import type { Services } from './services/services.ts';
import { PatroniCluster } from './tasks/ask-patroni.ts';
import { askPatroniRest } from './tasks/patroni-rest.ts';

const timeoutSeconds = 2;
/** Backends of a dead postmaster end by themselves; one that has not after this long keeps PostgreSQL from starting again. */
const orphanMs = 5000;

/** Patroni's `/patroni`. */
const Own = z.object({
  state: z.string().default('unknown'),
  role: z.string().default('unknown'),
  timeline: z.number().nullish(),
  pending_restart: z.boolean().nullish(),
  pause: z.boolean().nullish(),
  sync_standby: z.boolean().nullish(),
  xlog: z
    .object({
      location: z.number().nullish(),
      replayed_location: z.number().nullish(),
      received_location: z.number().nullish(),
    })
    .nullish(),
});

/** Where a Patroni of ours answers and keeps its data, from the file it was started with. */
export function parsePatroniFile(yaml: string): { port: number | null; dataDirectory: string | null } {
  const rest = /^restapi:\n((?:[ \t]+.*\n?)*)/m.exec(yaml)?.[1] ?? '';
  const port = Number(/^\s+listen:\s*["']?\S*:(\d+)["']?\s*$/m.exec(rest)?.[1]);
  const directory = /^\s+data_dir:\s*["']?([^\s"']+)["']?\s*$/m.exec(yaml)?.[1];
  return { port: Number.isInteger(port) && port > 0 ? port : null, dataDirectory: directory ?? null };
}

/** Looks at every PostgreSQL under Patroni on this host, all at once, and never waits long for one that hangs. */
export class ServerObserver {
  readonly #services: Services;
  readonly #log: (message: string) => void;
  readonly #orphansSince = new Map<string, number>();
  seen: ServerSeen[] = [];
  dataDirectories: string[] = [];

  constructor(services: Services, log: (message: string) => void) {
    this.#services = services;
    this.#log = log;
  }

  /** Looks anew; true when something a person would notice has changed. */
  async look(): Promise<boolean> {
    const patronis = this.#services.list().filter((service) => service.program === 'patroni');
    const before = JSON.stringify(this.seen.map(noticeable));
    const directories: string[] = [];
    this.seen = await Promise.all(
      patronis.map(async (service) => {
        const file = service.args.find((arg) => arg.endsWith('.yml'));
        const { port, dataDirectory } = parsePatroniFile((file && (await findText(file))) || '');
        if (dataDirectory) {
          directories.push(dataDirectory);
          this.#sweepOrphans(dataDirectory);
        }
        const [seen, archiver] = await Promise.all([
          observe(service.name, port),
          dataDirectory ? lookAtArchiver(dataDirectory) : undefined,
        ]);
        return archiver ? { ...seen, archiver } : seen;
      }),
    );
    this.dataDirectories = directories;
    return JSON.stringify(this.seen.map(noticeable)) !== before;
  }

  /** What Patroni of one of these services says of earlier timelines. */
  async askHistory(service: string): Promise<unknown> {
    const file = this.#services
      .list()
      .find((one) => one.name === service)
      ?.args.find((arg) => arg.endsWith('.yml'));
    const { port } = parsePatroniFile((file && (await findText(file))) || '');
    if (port === null) return undefined;
    const name = service.replace(/^patroni-/, '');
    return (await askPatroniRest({ name, port, method: 'GET', path: '/history', timeoutSeconds })).body;
  }

  /** After `kill -9` of a postmaster its backends may live on and hold its shared memory; PostgreSQL then refuses to start. Only those of this data directory are ended. */
  #sweepOrphans(directory: string): void {
    const postmaster = Number(readText(`${directory}/postmaster.pid`).split('\n')[0]);
    const orphans =
      Number.isInteger(postmaster) && postmaster > 0 && !findProcess(postmaster) ? backendsIn(directory) : [];
    if (orphans.length === 0) {
      this.#orphansSince.delete(directory);
      return;
    }
    const since = this.#orphansSince.get(directory) ?? Date.now();
    this.#orphansSince.set(directory, since);
    if (Date.now() - since < orphanMs) return;
    this.#log(`${orphans.length} processes of a dead PostgreSQL in ${directory} were ended`);
    for (const pid of orphans) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Processes of PostgreSQL that work in a data directory and whose parent is no PostgreSQL. */
function backendsIn(directory: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (!readText(`/proc/${name}/comm`).startsWith('postgres')) return [];
      return readlinkSync(`/proc/${name}/cwd`) === directory ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

const noticeable = ({
  name,
  running,
  role,
  state,
  timeline,
  pendingRestart,
  paused,
  members,
  archiver,
}: ServerSeen) => [
  name,
  running,
  role,
  state,
  timeline,
  pendingRestart,
  paused,
  members.map((m) => [m.name, m.role, m.state, m.timeline, m.pendingRestart]),
  archiver?.problem,
];

async function observe(name: string, port: number | null): Promise<ServerSeen> {
  const none: ServerSeen = {
    name,
    running: false,
    role: 'unknown',
    state: 'unknown',
    timeline: null,
    position: null,
    pendingRestart: false,
    members: [],
    paused: false,
    seenAt: new Date().toISOString(),
  };
  if (port === null) return none;
  const cluster = name.replace(/^patroni-/, '');
  const ask = (path: string) => askPatroniRest({ name: cluster, port, method: 'GET', path, timeoutSeconds });
  const [own, all] = await Promise.allSettled([ask('/patroni'), ask('/cluster')]);
  const said = own.status === 'fulfilled' ? Own.safeParse(own.value.body) : undefined;
  if (!said?.success) return none;
  const members = all.status === 'fulfilled' ? PatroniCluster.safeParse(all.value.body) : undefined;
  return present(none, said.data, members?.success ? members.data : undefined);
}

function present(
  none: ServerSeen,
  own: z.infer<typeof Own>,
  cluster: PatroniCluster | undefined,
): ServerSeen {
  const { xlog } = own;
  return {
    ...none,
    running: own.state === 'running' || own.state === 'streaming' || own.state === 'in archive recovery',
    role: roleOf(own.role, own.sync_standby === true),
    state: own.state.slice(0, 60),
    timeline: own.timeline ?? null,
    position: xlog?.location ?? xlog?.replayed_location ?? xlog?.received_location ?? null,
    pendingRestart: own.pending_restart === true,
    paused: own.pause === true || cluster?.pause === true,
    members: (cluster?.members ?? []).slice(0, 20).map((m) => ({
      name: m.name.slice(0, 80),
      role: m.role.slice(0, 40),
      state: m.state.slice(0, 60),
      timeline: m.timeline ?? null,
      lagBytes: typeof m.lag === 'number' ? m.lag : null,
      pendingRestart: m.pending_restart === true,
    })),
  };
}

/** Patroni before 4 says `master`. */
function roleOf(role: string, isSync: boolean): ServerSeen['role'] {
  if (role === 'master' || role === 'primary' || role === 'leader') return 'primary';
  if (role === 'standby_leader') return 'standby_leader';
  if (role === 'sync_standby' || (role === 'replica' && isSync)) return 'sync_standby';
  return role === 'replica' ? 'replica' : 'unknown';
}
