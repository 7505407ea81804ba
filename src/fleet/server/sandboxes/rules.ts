import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import {
  defaultSandboxLimits,
  emptyTemplate,
  sandboxDatabase,
  sandboxRole,
  type SandboxConnection,
  type SandboxLimits,
} from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** What the sealed secrets of a sandbox are bound to. */
export const sandboxSeal = (id: string) => `fleet.sandbox:${id}`;

/** How a template is told from another of its name: by what is in it. */
export function templateDigest(initSql: string, extensions: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([initSql, [...extensions].sort()]))
    .digest('hex')
    .slice(0, 16);
}

export const noTemplate = {
  name: emptyTemplate,
  digest: templateDigest('', []),
  initSql: '',
  extensions: [] as string[],
};

/** Limits as wished, the rest as usual. */
export function limitsOf(wish: Partial<SandboxLimits>): SandboxLimits {
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  return { ...defaultSandboxLimits, ...given };
}

/** What a sandbox takes of a quota and of its host: data in memory are memory. */
export function shareOf(limits: SandboxLimits, memoryBacked: boolean): { memoryMb: number; diskMb: number } {
  return memoryBacked
    ? { memoryMb: limits.memoryMb + limits.diskMb, diskMb: 0 }
    : { memoryMb: limits.memoryMb, diskMb: limits.diskMb };
}

type Amounts = { sandboxes: number; memoryMb: number; diskMb: number };

/** Why one more does not fit into a quota; undefined when it does. */
export function overQuota(
  quota: Amounts,
  used: Amounts,
  share: { memoryMb: number; diskMb: number },
): Text | undefined {
  if (used.sandboxes + 1 > quota.sandboxes) return sandboxText.quotaSandboxes(quota.sandboxes);
  if (used.memoryMb + share.memoryMb > quota.memoryMb)
    return sandboxText.quotaMemory(quota.memoryMb, used.memoryMb);
  if (used.diskMb + share.diskMb > quota.diskMb) return sandboxText.quotaDisk(quota.diskMb, used.diskMb);
  return undefined;
}

/** A host as choosing sees it. */
export type SandboxHost = {
  id: string;
  name: string;
  address: string;
  memoryMb: number;
  diskFreeMb: number;
  installed: readonly number[];
  offered: readonly number[];
  used: Amounts;
};

/** Sandboxes may take half of a host; the other half is for what it is there for. */
const shareOfHost = 0.5;

/**
 * The host and the version for a sandbox: a version that is there already before one that must be installed first, the newest
 * of those, and then the emptiest host. A text when there is none.
 */
export function chooseHost(
  hosts: readonly SandboxHost[],
  wish: { hostId?: string | undefined; pgVersion?: number | undefined; memoryMb: number; diskMb: number },
): { host: SandboxHost; pgVersion: number } | Text {
  const asked = hosts.filter((host) => wish.hostId === undefined || host.id === wish.hostId);
  if (asked.length === 0) return sandboxText.noHost;
  const fits = asked.filter(
    (host) =>
      host.used.memoryMb + wish.memoryMb <= host.memoryMb * shareOfHost &&
      host.used.diskMb + wish.diskMb <= host.diskFreeMb * shareOfHost,
  );
  if (fits.length === 0) return sandboxText.hostsFull;
  const freeMb = (host: SandboxHost) => host.memoryMb * shareOfHost - host.used.memoryMb;
  const emptiest = [...fits].sort((a, b) => freeMb(b) - freeMb(a));
  for (const versionsOf of [(h: SandboxHost) => h.installed, (h: SandboxHost) => h.offered]) {
    const newest = Math.max(0, ...fits.flatMap(versionsOf));
    const version = wish.pgVersion ?? newest;
    const host = emptiest.find((one) => versionsOf(one).includes(version));
    if (host) return { host, pgVersion: version };
  }
  return wish.pgVersion === undefined ? sandboxText.noVersion : sandboxText.noSuchVersion(wish.pgVersion);
}

const iterations = 4096;

/** A password and what PostgreSQL keeps of it (RFC 5802): the host is told the second only. */
export function newPassword(): { password: string; verifier: string } {
  const password = randomBytes(18).toString('base64url');
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  const verifier = `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
  return { password, verifier };
}

/** How to get in, as psql and libpq take it. */
export function connectionOf(door: {
  address: string | null;
  port: number;
  password: string;
  authority: string | null;
}): SandboxConnection {
  const host = door.address ?? '127.0.0.1';
  const shown = host.includes(':') ? `[${host}]` : host;
  const query = door.authority === null ? '' : '?sslmode=require';
  return {
    host,
    port: door.port,
    database: sandboxDatabase,
    user: sandboxRole,
    password: door.password,
    url: `postgresql://${sandboxRole}:${door.password}@${shown}:${door.port}/${sandboxDatabase}${query}`,
    authority: door.authority,
  };
}
