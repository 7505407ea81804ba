import { createHash, randomBytes } from 'node:crypto';

/** Hours for which a pasted command works. */
export const enrolmentHours = 24;

/** A new one-time token; only its hash is kept. */
export const newToken = () => randomBytes(24).toString('base64url');

export const hashToken = (token: string) =>
  createHash('sha256').update(`elepherd enrolment ${token}`).digest();

/**
 * The line a person pastes into a root shell. The token never stands in an argument list or an address (`export` is part of
 * the shell), and the server is known by its key, which is as good as a certificate chain.
 */
export function pastedCommand(url: string, keyPin: string, token: string): string {
  return `export ELEPHERD_TOKEN=${token}; curl -fsSk --pinnedpubkey 'sha256//${keyPin}' ${url}/agent/install.sh | sh`;
}

/** A machine's own name as a host's name: its first label, in the form names have here. */
export function hostNameFrom(machineName: string): string {
  const plain = (machineName.split('.')[0] ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 34);
  return plain.length >= 3 ? plain : `host-${plain}`.replace(/-+$/, '');
}

/** The first of `name`, `name-2`, `name-3` … that is free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) if (!taken.has(`${name}-${n}`)) return `${name}-${n}`;
}
