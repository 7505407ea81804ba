import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import type { Socket } from 'node:net';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import type { CommandOptions, CommandResult } from './command.ts';
import { groupOf, killGroupNow, makeGroup } from './control-group.ts';
import { askDoor, askHttp, connectThrough, doorSockets, forwardPort, waitForSocket } from './door.ts';
import type { Forward, HttpAnswer } from './door.ts';
import { Host } from './host.ts';
import type { HostOptions } from './host.ts';
import { checkRoom, labCodeFolder, nodeProgram, prepareMachine, programPath } from './machine.ts';
import {
  addressOf,
  gatewayName,
  layNetwork,
  namespacePath,
  planNetwork,
  setBlocked,
  setCable,
} from './network.ts';
import type { Network, Outsider } from './network.ts';
import { ensureRootImage } from './root-image.ts';
import { claimLab, findLab, labFolder, labsFolder, thisProcess } from './state.ts';
import { sweepDeadLabs, sweepLab } from './sweep.ts';

export interface LabOptions extends HostOptions {
  name: string;
  /** How many hosts (h1, h2 …), or their names. */
  hosts: number | readonly string[];
  log?: (line: string) => void;
  /** Keep the lab after this process has ended, until somebody takes it down. */
  keep?: boolean;
  /** Port of the gateway (`elepherd` for the hosts) → port of this machine's loopback. */
  expose?: Record<number, number>;
}

/** A few machines and the network between them. */
export class Lab {
  readonly name: string;
  readonly hosts: readonly Host[];
  readonly #network: Network;
  readonly #folder: string;
  readonly #forwards = new Set<Forward>();

  constructor(network: Network, folder: string, hosts: readonly Host[]) {
    this.name = network.name;
    this.hosts = hosts;
    this.#network = network;
    this.#folder = folder;
  }

  /** A host by its name; throws when there is none. */
  host(name: string): Host {
    const found = this.hosts.find((host) => host.name === name);
    if (found === undefined)
      throw new Error(
        `The lab ${this.name} has no host ${name}; it has ${this.hosts.map((host) => host.name).join(', ')}.`,
      );
    return found;
  }

  /** The address of a host, of `elepherd` (the gateway) or of `client`. */
  addressOf(machine: string): string {
    return addressOf(this.#network, machine);
  }

  /** Makes `elepherd:port`, as the hosts see it, lead to a port of this machine's loopback. */
  async expose(port: number, localPort: number): Promise<void> {
    await askDoor(doorSockets(this.#folder).inside, { expose: { port, to: localPort } });
  }

  /** Closes a port of the gateway: hosts are refused there. */
  async hide(port: number): Promise<void> {
    await askDoor(doorSockets(this.#folder).inside, { hide: { port } });
  }

  /** Opens a loopback port here that leads, through the gateway's cable, to a machine's port. */
  async forward(machine: string, port: number): Promise<Forward> {
    const forward = await forwardPort(doorSockets(this.#folder).inside, this.addressOf(machine), port);
    this.#forwards.add(forward);
    return forward;
  }

  /** One connection to a machine's port, opened at the gateway; throws what the network said there. */
  connect(machine: string, port: number): Promise<Socket> {
    return connectThrough(doorSockets(this.#folder).inside, this.addressOf(machine), port);
  }

  /** One HTTP question to a machine's port, asked at the gateway; 5 s unless told. */
  http(
    machine: string,
    port: number,
    path: string,
    options: Parameters<typeof askHttp>[2] = {},
  ): Promise<HttpAnswer> {
    return askHttp(this.connect(machine, port), path, options);
  }

  /**
   * Runs a program of this machine in the network of a machine of the lab (`client`, `elepherd`, a host), where cut cables are cut
   * cables. It is no process of that host: a power cut leaves it running, without a network.
   */
  runAt(machine: string, argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return command(['nsenter', `--net=${namespacePath(this.#network, machine)}`, ...argv], options);
  }

  /** Starts one, as runAt runs it. */
  spawnAt(machine: string, argv: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return spawn('nsenter', [`--net=${namespacePath(this.#network, machine)}`, ...argv], options);
  }

  /** Drops what `from` sends to `to`: one direction only, call it twice for both. */
  async blockTraffic(from: string, to: string): Promise<void> {
    await setBlocked(this.#network, from, to, true);
  }

  /** Lets it pass again. */
  async unblockTraffic(from: string, to: string): Promise<void> {
    await setBlocked(this.#network, from, to, false);
  }

  /** Pulls the cable of `elepherd` or `client`; hosts have cutLink of their own. */
  async cutLink(machine: Outsider): Promise<void> {
    await setCable(this.#network, machine, false);
  }

  /** Plugs it in again. */
  async healLink(machine: Outsider): Promise<void> {
    await setCable(this.#network, machine, true);
  }

  /** Removes the lab: processes, namespaces, mounts, folders. */
  async destroy(): Promise<void> {
    for (const forward of this.#forwards) forward.close();
    await sweepLab(this.name);
  }
}

/**
 * Makes a lab and boots its hosts, after cleaning up labs whose owners died. Hosts are h1, h2 …; each reaches the others and
 * `elepherd` by name. The lab ends with this process unless `keep`. Refuses a name in use, and a machine that cannot (LabUnavailable).
 */
export async function createLab(options: LabOptions): Promise<Lab> {
  const log = options.log ?? ((): void => undefined);
  await prepareMachine(log);
  const image = await ensureRootImage(log);
  await sweepDeadLabs(log);
  await checkRoom(labsFolder());
  const names =
    typeof options.hosts === 'number'
      ? Array.from({ length: options.hosts }, (_, at) => `h${String(at + 1)}`)
      : [...options.hosts];
  const { readOnlyFolders, sharedFolders, limits, diskBytes } = options;
  const hostOptions: HostOptions = {
    ...(readOnlyFolders === undefined ? {} : { readOnlyFolders }),
    ...(sharedFolders === undefined ? {} : { sharedFolders }),
    ...(limits === undefined ? {} : { limits }),
    ...(diskBytes === undefined ? {} : { diskBytes }),
  };
  const started = Date.now();
  const state = await claimLab(options.name, (index) => ({
    network: planNetwork(options.name, index, names),
    hosts: names,
    hostOptions,
    image,
    owner: options.keep === true ? null : thisProcess(),
    startedAt: new Date().toISOString(),
  }));
  try {
    const group = await groupOf(state.network.name);
    await makeGroup(group);
    // Not the whole clean-up, which needs time; enough that nothing runs on after us. The rest is swept by the next lab.
    if (options.keep !== true) process.once('exit', () => killGroupNow(group));
    await layNetwork(state.network);
    await openDoor(state.network);
    const lab = new Lab(state.network, labFolder(options.name), hostsOf(state));
    for (const [port, localPort] of Object.entries(options.expose ?? {}))
      await lab.expose(Number(port), localPort);
    await Promise.all(lab.hosts.map((host) => host.boot()));
    log(`lab ${lab.name}: ${names.join(', ')} up after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return lab;
  } catch (error) {
    await sweepLab(options.name).catch(() => undefined);
    throw error;
  }
}

/** Finds a running lab by its name; throws when there is none. */
export async function openLab(name: string): Promise<Lab> {
  const state = await findLab(name);
  if (state === undefined) throw new Error(`There is no lab ${name}.`);
  return new Lab(state.network, labFolder(name), hostsOf(state));
}

function hostsOf(state: NonNullable<Awaited<ReturnType<typeof findLab>>>): Host[] {
  const folder = labFolder(state.network.name);
  return state.hosts.map((name) => new Host(state.network, folder, state.image, name, state.hostOptions));
}

/** Starts the two ends of the relay. */
async function openDoor(network: Network): Promise<void> {
  const folder = labFolder(network.name);
  const { inside, outside } = doorSockets(folder);
  const group = await groupOf(network.name, 'door');
  await makeGroup(group);
  const output = openSync(join(folder, 'door.log'), 'a');
  const relay = [nodeProgram, join(labCodeFolder, 'relay.ts')];
  const atGateway = [programPath('nsenter'), `--net=${namespacePath(network, gatewayName)}`, ...relay];
  for (const argv of [
    [...atGateway, inside, outside, addressOf(network, gatewayName)],
    [...relay, outside],
  ]) {
    const child = spawn(nodeProgram, [join(labCodeFolder, 'launch.ts'), group, '--', ...argv], {
      detached: true,
      stdio: ['ignore', output, output],
    });
    child.unref();
  }
  await Promise.all([waitForSocket(inside), waitForSocket(outside)]);
}
