import type { CreateCluster, Protection, Recovery } from '#src/fleet/contract/clusters.ts';

/** What a person chose in the wizard so far. */
export type Wish = {
  name: string;
  /** null: the newest that all hosts offer. */
  pgVersion: number | null;
  members: number;
  /** Hosts picked by hand; null lets Elepherd choose. */
  hostIds: string[] | null;
  witnessHostId: string | null;
  protection: Protection;
  recovery: Recovery;
  networks: string[];
  deletionProtected: boolean;
};

/** Where the wizard begins: three members where there are hosts for them, else what the hosts allow. */
export function firstWish(readyHosts: number): Wish {
  return {
    name: '',
    pgVersion: null,
    members: readyHosts >= 3 ? 3 : 1,
    hostIds: null,
    witnessHostId: null,
    protection: 'async',
    recovery: 'normal',
    networks: [],
    deletionProtected: true,
  };
}

const slug = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;
/** Whether a name can be a cluster's: the contract's rule, for words while one types. */
export const isName = (name: string): boolean => slug.test(name);

const cidr4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!\/)|(?=\/))){4}\/(?:3[0-2]|[12]?\d)$/;
/** Whether this looks like a network; the server decides about IPv6 in full. */
export const isNetwork = (value: string): boolean =>
  cidr4.test(value) || /^[\da-f:]*:[\da-f:]*\/(?:12[0-8]|1[01]\d|\d?\d)$/i.test(value);

/** How many members with data are wished. */
export const memberCount = (wish: Wish): number =>
  wish.hostIds === null ? wish.members : wish.hostIds.length;

/**
 * The body for preview and creation. A single member takes no protection between members and no witness, whatever was
 * chosen before the number was lowered.
 */
export function bodyOf(wish: Wish, name: string): CreateCluster {
  const count = memberCount(wish);
  return {
    name,
    ...(wish.pgVersion !== null && { pgVersion: wish.pgVersion }),
    ...(wish.hostIds !== null && wish.hostIds.length > 0
      ? { hostIds: wish.hostIds }
      : { members: wish.members }),
    ...(count === 2 && wish.witnessHostId !== null && { witnessHostId: wish.witnessHostId }),
    protection: count === 1 ? 'async' : wish.protection,
    recovery: wish.recovery,
    networks: wish.networks.filter(isNetwork),
    deletionProtected: wish.deletionProtected,
  };
}

/** The /24 networks that the hosts' own IPv4 addresses lie in: likely places for the applications. */
export function nearbyNetworks(addresses: readonly string[]): string[] {
  const networks = addresses.flatMap((address) => {
    const found = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address)?.[1];
    return found === undefined || found.startsWith('127.') ? [] : [`${found}.0/24`];
  });
  return [...new Set(networks)];
}
