import { z } from 'zod';

/** What a member of an organisation is there. */
export const roles = ['owner', 'admin', 'operator', 'developer', 'viewer'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/**
 * What each role may do, as patterns over permissions named `room.noun.verb`: `*` stands for one or more parts, a
 * leading `!` takes back what patterns before it gave. A new room needs no line here unless it has something to protect.
 */
export const rolePatterns: Record<Role, readonly string[]> = {
  owner: ['*'],
  admin: ['*', '!identity.owner.*', '!identity.organisation.delete'],
  operator: ['fleet.*', 'platform.operation.*', '*.read', '!platform.mail.*', '!identity.key.read'],
  developer: [
    'fleet.sandbox.*',
    'fleet.cluster.connect',
    'fleet.database.*',
    'platform.operation.*',
    '*.read',
    '!platform.audit.read',
    '!platform.mail.*',
    '!identity.key.read',
  ],
  viewer: ['*.read', '!platform.audit.read', '!platform.mail.*', '!identity.key.read'],
};

const compiled = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  let found = compiled.get(pattern);
  if (!found) {
    const parts = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
    found = new RegExp(`^${parts.join('[a-z0-9.-]+')}$`);
    compiled.set(pattern, found);
  }
  return found;
}

/** Whether a list of patterns grants a permission; the last pattern that fits decides. */
export function grants(patterns: readonly string[], permission: string): boolean {
  return patterns.reduce(
    (granted, pattern) =>
      pattern.startsWith('!')
        ? granted && !expression(pattern.slice(1)).test(permission)
        : granted || expression(pattern).test(permission),
    false,
  );
}

/** A permission or a pattern over permissions, as API keys carry them: `fleet.cluster.create`, `fleet.*.read`, `*`. */
export const Scope = z
  .string()
  .max(120)
  .regex(
    /^(?:\*|(?:\*|[a-z][a-z0-9-]*)(?:\.(?:\*|[a-z][a-z0-9-]*)){1,2})$/,
    'must be a permission such as fleet.cluster.read, or a pattern such as fleet.*.read',
  );
