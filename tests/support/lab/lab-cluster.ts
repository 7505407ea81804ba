import { once } from 'node:events';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { z } from 'zod';
import {
  type Cluster,
  type Connection,
  ConnectionUrl,
  type ConnectionWay,
} from '#src/fleet/contract/clusters.ts';
import type { CommandResult } from './command.ts';
import type { LabElepherd } from './elepherd.ts';
import type { Host } from './host.ts';
import type { WriterTarget } from './writer.ts';

const PatroniMember = z.object({
  name: z.string(),
  role: z.string(),
  state: z.string(),
  timeline: z.number().optional(),
  lag: z.union([z.number(), z.string()]).optional(),
});
type PatroniMember = z.infer<typeof PatroniMember>;

/** A replica this near its primary counts as caught up: a busy cluster is never at the same byte. */
const nearBytes = 1024 * 1024;

/** A cluster that Elepherd made on hosts of the lab: its members, its doors, and what Patroni itself says of it. */
export class LabCluster {
  readonly name: string;
  readonly target: WriterTarget;
  readonly connection: Connection;
  /** As it was made; members may have come and gone since. */
  readonly made: Cluster;
  readonly #elepherd: LabElepherd;
  #hosts: readonly Host[];

  constructor(elepherd: LabElepherd, made: Cluster, url: URL, connection: Connection) {
    this.name = made.name;
    this.made = made;
    this.connection = connection;
    this.#elepherd = elepherd;
    this.#hosts = hostsOf(elepherd, made);
    this.target = {
      hosts: this.#hosts.map((host) => host.name),
      port: made.ports.postgres,
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: 'app',
      tls: true,
    };
  }

  /** Hosts that carry a PostgreSQL of this cluster. */
  get hosts(): readonly Host[] {
    return this.#hosts;
  }

  /** The same cluster with the members it has now. */
  refreshed(): Promise<LabCluster> {
    return this.#elepherd.openCluster(this.name);
  }

  get(): Promise<Cluster> {
    return this.#elepherd.getCluster(this.name);
  }

  /** The member on a host. */
  async memberOn(host: Host): Promise<Cluster['members'][number]> {
    const member = (await this.get()).members.find((one) => one.hostName === host.name);
    if (member === undefined) throw new Error(`${this.name} has no member on ${host.name}`);
    return member;
  }

  /** Where an application writes through another door than PostgreSQL's own. */
  targetAt(door: 'pooler' | 'readWrite' | 'readOnly', hosts: readonly Host[] = this.#hosts): WriterTarget {
    return { ...this.target, hosts: hosts.map((host) => host.name), port: this.made.ports[door] };
  }

  /** A URL with the password, as Elepherd gives it to people. */
  async url(kind: ConnectionWay['kind'] = 'direct', database = 'app'): Promise<string> {
    const path = `/fleet/clusters/${this.name}/connection/url?kind=${kind}&database=${database}`;
    return (await this.#elepherd.ask('POST', path, ConnectionUrl)).url;
  }

  /** What one member's Patroni believes of the cluster; undefined when it does not answer in time. */
  async viewFrom(host: Host): Promise<PatroniMember[] | undefined> {
    try {
      const body = await this.#askPatroni(host, '/cluster');
      return z.object({ members: z.array(PatroniMember) }).parse(JSON.parse(body)).members;
    } catch {
      return undefined;
    }
  }

  /** The host that every member which answers calls the leader; throws when there is none, or when they disagree. */
  async getLeader(): Promise<Host> {
    const views = await Promise.all(this.#hosts.map((host) => this.viewFrom(host)));
    const names = new Set(views.filter((view) => view !== undefined).map(leaderIn));
    const [name] = names;
    if (name === undefined || names.size > 1)
      throw new Error(`the members name ${[...names].join(' and ') || 'nobody'} as leader`);
    return this.#hostOf(name);
  }

  /** Waits until all members agree that one leads and all others stream, one of them synchronously where that was wished. */
  async waitUntilWhole(timeoutSeconds: number): Promise<void> {
    const end = Date.now() + timeoutSeconds * 1000;
    let views: (PatroniMember[] | undefined)[] = [];
    while (Date.now() < end) {
      views = await Promise.all(this.#hosts.map((host) => this.viewFrom(host)));
      const leaders = new Set(views.map((view) => view && leaderIn(view)));
      if (leaders.size === 1 && views.every((view) => view !== undefined && this.#isWhole(view))) return;
      await sleep(100);
    }
    throw new Error(`${this.name} is not whole after ${String(timeoutSeconds)} s: ${JSON.stringify(views)}`);
  }

  /** Asks Elepherd for a switchover and waits until it is through. */
  async switchOver(_leader?: Host, to?: Host): Promise<void> {
    const body = to === undefined ? {} : { memberId: (await this.memberOn(to)).id };
    await this.#elepherd.operate('POST', `/fleet/clusters/${this.name}/switchover`, body);
  }

  /** Nobody has to do anything after a fault: that is the promise. */
  async recover(_host: Host): Promise<void> {}

  /** Runs psql of a lab host's image in the network of a machine of the lab, as an application there would. */
  psql(url: string, sql: string, at = 'client'): Promise<CommandResult> {
    const { rootPath } = this.#elepherd.lab.hosts.at(-1)!;
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', PSQLRC: '/nonexistent' };
    const argv = [
      'chroot',
      rootPath,
      '/usr/lib/postgresql/17/bin/psql',
      '-XAt',
      '-v',
      'ON_ERROR_STOP=1',
      url,
      '-c',
      sql,
    ];
    return this.#elepherd.lab.runAt(at, argv, { mayFail: true, timeoutSeconds: 60, env });
  }

  /** Asks a member's PostgreSQL as its superuser, on its own host. */
  async sqlOn(host: Host, sql: string, database = 'postgres'): Promise<string> {
    const argv = ['psql', '-XAt', '-p', String(this.made.ports.postgres), '-d', database, '-c', sql];
    return (await host.run(argv, { user: 'postgres' })).stdout.trim();
  }

  #isWhole(members: readonly PatroniMember[]): boolean {
    const replicas = members.filter(
      (m) => m.state === 'streaming' && typeof m.lag === 'number' && m.lag < nearBytes,
    );
    const count = this.#hosts.length;
    const hasPartner =
      this.made.protection === 'async' || count === 1 || members.some((m) => m.role === 'sync_standby');
    return (
      leaderIn(members) !== undefined &&
      replicas.length === count - 1 &&
      members.length === count &&
      hasPartner
    );
  }

  #hostOf(memberName: string): Host {
    const { hostName } = this.made.members.find((one) => one.name === memberName)!;
    return this.#elepherd.lab.host(hostName);
  }

  async #askPatroni(host: Host, path: string): Promise<string> {
    const signal = AbortSignal.timeout(1500);
    const connecting = this.#elepherd.lab.connect(host.name, this.made.ports.patroni);
    const late = once(signal, 'abort').then(() => {
      throw new Error('no answer in time');
    });
    late.catch(() => undefined);
    const socket = await Promise.race([connecting, late]).catch((error: unknown) => {
      connecting.then((one) => one.destroy()).catch(() => undefined);
      throw error;
    });
    const tls = connectTls({ socket, ca: this.connection.authority, checkServerIdentity: () => undefined });
    const outgoing = request({
      path,
      headers: { host: 'lab', connection: 'close' },
      createConnection: () => tls,
      signal,
    });
    outgoing.end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    return text(incoming);
  }
}

function hostsOf(elepherd: LabElepherd, cluster: Cluster): Host[] {
  return cluster.members.filter((m) => m.kind === 'server').map((m) => elepherd.lab.host(m.hostName));
}

function leaderIn(members: readonly PatroniMember[]): string | undefined {
  return members.find((m) => m.role === 'leader' && m.state === 'running')?.name;
}
