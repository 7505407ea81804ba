import { command } from './command.ts';

/** The two machines of every lab that are no database hosts: where Elepherd answers, and where applications run. */
export const gatewayName = 'elepherd';
export const clientName = 'client';
export type Outsider = typeof gatewayName | typeof clientName;

/** The cables of one lab: a bridge in a namespace of its own, and a namespace with one cable to it for every machine. */
export interface Network {
  name: string;
  index: number;
  /** Machine → address, the gateway and the client included. */
  addresses: Record<string, string>;
}

/** Plans the addresses of a lab: 10.77.INDEX.1 is the gateway, .2 the client, hosts start at .11. */
export function planNetwork(name: string, index: number, hosts: readonly string[]): Network {
  const address = (last: number): string => `10.77.${String(index)}.${String(last)}`;
  const addresses: Record<string, string> = { [gatewayName]: address(1), [clientName]: address(2) };
  hosts.forEach((host, at) => (addresses[host] = address(11 + at)));
  return { name, index, addresses };
}

/** The name of a machine's network namespace; of the switch's when no machine is named. */
export function namespaceOf(network: Network, machine?: string): string {
  return `elab-${network.name}-${machine ?? 'sw'}`;
}

/** The path that nsenter and systemd-nspawn want for a namespace. */
export function namespacePath(network: Network, machine: string): string {
  return `/run/netns/${namespaceOf(network, machine)}`;
}

/** Lays the cables. This machine's own namespace gets no interface, no address and no route by it. */
export async function layNetwork(network: Network): Promise<void> {
  const machines = Object.keys(network.addresses);
  await ip(
    [],
    [undefined, ...machines].map((machine) => `netns add ${namespaceOf(network, machine)}`),
  );
  await ip(
    ['-n', namespaceOf(network)],
    [
      'link set lo up',
      'link add br0 type bridge',
      'link set br0 up',
      ...machines.flatMap((machine) => [
        `link add v-${machine} type veth peer name eth0 netns ${namespaceOf(network, machine)}`,
        `link set v-${machine} master br0`,
        `link set v-${machine} up`,
      ]),
    ],
  );
  for (const machine of machines) {
    const lines = [
      'link set lo up',
      `addr add ${addressOf(network, machine)}/24 dev eth0`,
      'link set eth0 up',
    ];
    await ip(['-n', namespaceOf(network, machine)], lines);
  }
  await nft(network, [
    'table bridge lab {',
    '  set blocked { type ipv4_addr . ipv4_addr; }',
    '  chain forward { type filter hook forward priority 0; policy accept; ip saddr . ip daddr @blocked counter drop; }',
    '}',
  ]);
}

/** Pulls or plugs a machine's cable at the switch: the machine sees its carrier go, the others see silence. */
export async function setCable(network: Network, machine: string, plugged: boolean): Promise<void> {
  await ip(['-n', namespaceOf(network)], [`link set v-${machine} ${plugged ? 'up' : 'down'}`]);
}

/** Takes a machine's port out of the bridge or back into it: the carrier stays, and everything sent is lost. */
export async function setPort(network: Network, machine: string, connected: boolean): Promise<void> {
  await ip(['-n', namespaceOf(network)], [`link set v-${machine} ${connected ? 'master br0' : 'nomaster'}`]);
}

/** Drops, or lets pass again, what `from` sends to `to`; the other direction is not touched. */
export async function setBlocked(
  network: Network,
  from: string,
  to: string,
  blocked: boolean,
): Promise<void> {
  const element = `{ ${addressOf(network, from)} . ${addressOf(network, to)} }`;
  if (!blocked) {
    await nft(network, [`add element bridge lab blocked ${element}`]);
    await nft(network, [`delete element bridge lab blocked ${element}`]);
  } else {
    await nft(network, [`add element bridge lab blocked ${element}`]);
  }
}

/** The address of a machine of the lab; throws when there is none of that name. */
export function addressOf(network: Network, machine: string): string {
  const address = network.addresses[machine];
  if (address === undefined) {
    throw new Error(
      `The lab ${network.name} has no machine ${machine}; it has ${Object.keys(network.addresses).join(', ')}.`,
    );
  }
  return address;
}

/** What /etc/hosts says on every machine of the lab. */
export function hostsFile(network: Network, self: string): string {
  const lines = ['127.0.0.1 localhost', '::1 localhost ip6-localhost ip6-loopback'];
  for (const [machine, address] of Object.entries(network.addresses)) lines.push(`${address} ${machine}`);
  addressOf(network, self);
  return `${lines.join('\n')}\n`;
}

async function ip(options: readonly string[], lines: readonly string[]): Promise<void> {
  await command(['ip', ...options, '-batch', '-'], { input: `${lines.join('\n')}\n`, timeoutSeconds: 20 });
}

async function nft(network: Network, lines: readonly string[]): Promise<void> {
  const inSwitch = ['nsenter', `--net=/run/netns/${namespaceOf(network)}`];
  await command([...inSwitch, 'nft', '-f', '-'], { input: `${lines.join('\n')}\n`, timeoutSeconds: 20 });
}
