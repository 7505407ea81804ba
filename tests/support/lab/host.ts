import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command } from './command.ts';
import type { CommandOptions, CommandResult } from './command.ts';
import {
  groupOf,
  isPopulated,
  killGroup,
  makeGroup,
  makeLimitGroups,
  processesOf,
  removeGroup,
  setFrozen,
  waitUntilEmpty,
} from './control-group.ts';
import type { Limits } from './control-group.ts';
import { mountRoot, rootOf } from './host-disk.ts';
import { definedEnv, labCodeFolder, nodeProgram, programPath } from './machine.ts';
import { addressOf, namespacePath, setCable, setPort } from './network.ts';
import type { Network } from './network.ts';

export interface HostOptions {
  /** Folder of this machine → where every host sees it, read-only. */
  readOnlyFolders?: Record<string, string>;
  /** Folder of this machine → where every host sees it, and may write: storage they share. */
  sharedFolders?: Record<string, string>;
  limits?: Limits;
  /** With it each host has a disk of its own of this size (a sparse file), which can be filled; without it hosts share this machine's. */
  diskBytes?: number;
}

export interface RunOptions extends Omit<CommandOptions, 'env' | 'cwd'> {
  user?: string;
  env?: Record<string, string>;
}

const insidePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** One machine of a lab: a small Debian with a real systemd, its own address, clock of boot, disk and memory of what was done to it. */
export class Host {
  readonly name: string;
  readonly ip: string;
  readonly #network: Network;
  readonly #folder: string;
  readonly #image: string;
  readonly #options: HostOptions;
  #isCut = false;

  constructor(network: Network, folder: string, image: string, name: string, options: HostOptions) {
    this.name = name;
    this.ip = addressOf(network, name);
    this.#network = network;
    this.#folder = folder;
    this.#image = image;
    this.#options = options;
  }

  /** Switches the machine on and answers, once systemd has settled, `running` or `degraded`. Refuses a machine that is on. */
  async boot(): Promise<string> {
    const group = await this.#group();
    if (await isPopulated(group)) throw new Error(`${this.name} is on already.`);
    await removeGroup(this.#network.name, this.name);
    await makeGroup(group);
    const { limits, diskBytes, readOnlyFolders = {}, sharedFolders = {} } = this.#options;
    const groups = [
      group,
      ...(limits === undefined ? [] : await makeLimitGroups(this.#network.name, this.name, limits)),
    ];
    const root = await mountRoot({
      network: this.#network,
      folder: this.#folder,
      image: this.#image,
      host: this.name,
      diskBytes,
    });
    if (!this.#isCut) await setCable(this.#network, this.name, true);
    const nspawn = [
      programPath('sh'),
      join(labCodeFolder, 'reboot-loop.sh'),
      // Entered before the container is made, or its /sys shows this machine's network cards.
      programPath('nsenter'),
      `--net=${namespacePath(this.#network, this.name)}`,
      programPath('systemd-nspawn'),
      '--quiet',
      '--boot',
      `--directory=${root}`,
      `--machine=${this.#network.name}-${this.name}`,
      `--hostname=${this.name}`,
      // A real root may change its own addresses and packet filter.
      '--capability=CAP_NET_ADMIN',
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
      // Neither a registration nor a scope of this machine's systemd, if it has one: the group is ours.
      '--register=no',
      '--keep-unit',
      ...Object.entries(sharedFolders).map(([from, to]) => `--bind=${from}:${to}`),
      ...Object.entries(readOnlyFolders).map(([from, to]) => `--bind-ro=${from}:${to}`),
    ];
    const console = openSync(join(this.#folder, `${this.name}.console`), 'a');
    const child = spawn(nodeProgram, [join(labCodeFolder, 'launch.ts'), ...groups, '--', ...nspawn], {
      detached: true,
      stdio: ['ignore', console, console],
      env: { ...definedEnv(), SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' },
    });
    child.unref();
    return this.waitUntilUp();
  }

  /** Waits until systemd has settled after a boot and answers what it says of itself; throws with the console's end after 60 s. */
  async waitUntilUp(timeoutSeconds = 60): Promise<string> {
    const end = Date.now() + timeoutSeconds * 1000;
    while (Date.now() < end) {
      const init = await this.#findInit();
      if (init !== undefined && existsSync(`/proc/${String(init)}/root/run/systemd/private`)) {
        const left = Math.max(1, (end - Date.now()) / 1000);
        const said = await this.run(['systemctl', 'is-system-running', '--wait'], {
          mayFail: true,
          timeoutSeconds: left,
        });
        const state = said.stdout.trim();
        if (state === 'running' || state === 'degraded') return state;
      }
      await sleep(20);
    }
    throw new Error(
      `${this.name} was not up after ${String(timeoutSeconds)} s; its console ends: ${this.#consoleEnd()}`,
    );
  }

  /** Whether the machine is on. */
  async isOn(): Promise<boolean> {
    return isPopulated(await this.#group());
  }

  /**
   * Runs a program on the machine as root (or `user`) by an argument list, and answers what it said.
   * Throws on a non-zero exit unless mayFail, on a timeout (60 s unless told), and when the machine is off.
   */
  async run(argv: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    return command(await this.argvInside(argv, options), {
      timeoutSeconds: options.timeoutSeconds ?? 60,
      ...(options.input === undefined ? {} : { input: options.input }),
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
      ...(options.mayFail === undefined ? {} : { mayFail: options.mayFail }),
    });
  }

  /** The argument list that, spawned here, runs a program there; for long-running or interactive ones. */
  async argvInside(
    argv: readonly string[],
    options: Pick<RunOptions, 'user' | 'env'> = {},
  ): Promise<string[]> {
    const init = await this.#findInit();
    if (init === undefined) throw new Error(`${this.name} is off.`);
    const home = options.user === undefined ? '/root' : '/';
    const env = { PATH: insidePath, LANG: 'C.UTF-8', HOME: home, ...options.env };
    const as =
      options.user === undefined
        ? []
        : ['setpriv', `--reuid=${options.user}`, `--regid=${options.user}`, '--init-groups'];
    const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    return ['nsenter', `--target=${String(init)}`, '--all', 'env', '-i', ...assignments, ...as, ...argv];
  }

  /** Writes a file on the machine, making its folder; owner as `user` or `user:group`, mode in octal digits. */
  async writeFile(path: string, content: string | Uint8Array, owner = 'root', mode = '0644'): Promise<void> {
    const [user = 'root', group = user] = owner.split(':');
    await this.run([
      'install',
      '-D',
      `--owner=${user}`,
      `--group=${group}`,
      `--mode=${mode}`,
      '/dev/null',
      path,
    ]);
    await this.run(['dd', `of=${path}`, 'conv=notrunc', 'status=none'], { input: content });
  }

  /** The text of a file on the machine. */
  async readFile(path: string): Promise<string> {
    return (await this.run(['cat', path])).stdout;
  }

  /** What a unit has said, newest last. */
  async journal(unit: string, lines = 200): Promise<string> {
    return (
      await this.run([
        'journalctl',
        `--unit=${unit}`,
        `--lines=${String(lines)}`,
        '--no-pager',
        '--output=short-precise',
      ])
    ).stdout;
  }

  /** Takes the power away: the cable falls silent first, so nobody gets a goodbye, then every process dies at one instant. */
  async powerCut(): Promise<void> {
    await setCable(this.#network, this.name, false);
    await killGroup(await this.#group());
  }

  /** Shuts the machine down properly and waits; throws after 100 s. */
  async powerOff(): Promise<void> {
    const group = await this.#group();
    await this.run(['systemctl', 'poweroff', '--no-block'], { mayFail: true });
    await waitUntilEmpty(group, 100);
    await setCable(this.#network, this.name, false);
  }

  /** Pulls the network cable: no carrier here, silence for everybody else. `keepCarrier` loses every frame but leaves the light on. */
  async cutLink(how: { keepCarrier?: boolean } = {}): Promise<void> {
    this.#isCut = true;
    if (how.keepCarrier === true) await setPort(this.#network, this.name, false);
    else await setCable(this.#network, this.name, false);
  }

  /** Plugs the cable in again. */
  async healLink(): Promise<void> {
    this.#isCut = false;
    await setPort(this.#network, this.name, true);
    if (await this.isOn()) await setCable(this.#network, this.name, true);
  }

  /** Stops every process between two instructions, as a hypervisor does; the kernel still answers pings and completes TCP handshakes. */
  async freeze(): Promise<void> {
    await setFrozen(await this.#group(), true);
  }

  /** Lets a frozen machine go on. */
  async thaw(): Promise<void> {
    await setFrozen(await this.#group(), false);
  }

  /** Sends a signal (KILL, STOP, CONT …) to every process whose command line matches the pattern and answers how many there were. */
  async signal(pattern: string, signal: string): Promise<number> {
    const { stdout } = await this.run(['pgrep', '--full', pattern], { mayFail: true });
    const pids = stdout.split('\n').filter(Boolean);
    if (pids.length > 0) await this.run(['kill', `-${signal}`, ...pids], { mayFail: true });
    return pids.length;
  }

  /** Fills the machine's disk up to `leaveBytes`; refuses on a machine without a disk of its own. */
  async fillDisk(leaveBytes = 0): Promise<void> {
    if (this.#options.diskBytes === undefined)
      throw new Error(`${this.name} has no disk of its own: make the lab with diskBytes.`);
    const { stdout } = await this.run(['df', '--output=avail', '--block-size=1', '/']);
    const available = Number(stdout.split('\n')[1]);
    const margin = 16 * 1024 ** 2;
    if (available > 2 * margin)
      await this.run(['fallocate', `--length=${String(available - margin)}`, '/filler']);
    // The last blocks are taken by writing: what df calls available is not quite what one fallocate may have.
    await this.run(
      ['dd', 'if=/dev/zero', 'of=/filler', 'bs=64K', 'oflag=append', 'conv=notrunc', 'status=none'],
      { mayFail: true },
    );
    if (leaveBytes > 0) await this.run(['truncate', `--size=-${String(leaveBytes)}`, '/filler']);
  }

  /** Gives back what fillDisk took. */
  async freeDisk(): Promise<void> {
    await this.run(['rm', '--force', '/filler']);
  }

  /** The machine's root as seen from this one; it shows files only, use run for everything that lives. */
  get rootPath(): string {
    return rootOf(this.#folder, this.name);
  }

  async #group(): Promise<string> {
    return groupOf(this.#network.name, this.name);
  }

  /** The number, on this machine, of the host's process 1: the only one that is 1 in there. */
  async #findInit(): Promise<number | undefined> {
    const scope = join(await this.#group(), 'payload/init.scope');
    for (const pid of await processesOf(scope)) {
      try {
        if (/^NSpid:.*\t1$/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))) return pid;
      } catch {
        // It ended while we looked.
      }
    }
    return undefined;
  }

  #consoleEnd(): string {
    return readFileSync(join(this.#folder, `${this.name}.console`), 'utf8').slice(-1500);
  }
}
