import { createDecipheriv } from 'node:crypto';
import { Passport } from '#src/fleet/contract/passports.ts';

/** What the key of one asking is sealed for. */
export const askSeal = (operationId: string) => `fleet.passports:${operationId}`;

/** Opens what an agent sealed with a key of ours; undefined when it is not what it should be. */
export function openPassport(secret: string, sealed: string): Passport | undefined {
  try {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
    const read = Passport.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** What one host said of one cluster. */
export type Told = { hostId: string; hostName: string; member: string; keptAt: string; passport: Passport };
export type Placed = { passport: Passport; hosts: Map<string, string>; missing: string[] };

/**
 * Which host each member of each cluster is on: the one that says so, or the one with its address. Of several words about one
 * cluster the newest counts.
 */
export function placeClusters(
  told: readonly Told[],
  hosts: readonly { id: string; address: string }[],
): Placed[] {
  const newest = new Map<string, Told>();
  for (const one of told) {
    const { scope } = one.passport.cluster;
    if ((newest.get(scope)?.keptAt ?? '') < one.keptAt) newest.set(scope, one);
  }
  return [...newest.values()].map(({ passport }) => {
    const scope = passport.cluster.scope;
    const found = new Map<string, string>();
    for (const member of passport.members) {
      const own = told.find((one) => one.passport.cluster.scope === scope && one.member === member.name);
      const hostId = own?.hostId ?? hosts.find(({ address }) => address === member.address)?.id;
      if (hostId !== undefined) found.set(member.name, hostId);
    }
    const missing = passport.members.map(({ name }) => name).filter((name) => !found.has(name));
    return { passport, hosts: found, missing };
  });
}
