import { expect, test } from 'vitest';
import { grants, rolePatterns, Scope } from './roles.ts';

test('a pattern covers the parts its star stands for, and nothing beside them', () => {
  expect(grants(['fleet.*.read'], 'fleet.cluster.read')).toBe(true);
  expect(grants(['fleet.*.read'], 'fleet.cluster.create')).toBe(false);
  expect(grants(['fleet.*.read'], 'community.fleet.read')).toBe(false);
  expect(grants(['fleet.cluster.read'], 'fleet.cluster.read-secret')).toBe(false);
  expect(grants(['fleet.cluster.read'], 'fleetXcluster.read')).toBe(false);
  expect(grants(['*'], 'anything.at.all')).toBe(true);
  expect(grants([], 'fleet.cluster.read')).toBe(false);
});

test('roles grow from viewer to owner', () => {
  expect(grants(rolePatterns.viewer, 'fleet.cluster.read')).toBe(true);
  expect(grants(rolePatterns.viewer, 'fleet.cluster.create')).toBe(false);
  expect(grants(rolePatterns.viewer, 'platform.audit.read')).toBe(false);
  expect(grants(rolePatterns.developer, 'fleet.sandbox.create')).toBe(true);
  expect(grants(rolePatterns.developer, 'fleet.cluster.delete')).toBe(false);
  expect(grants(rolePatterns.operator, 'fleet.cluster.delete')).toBe(true);
  expect(grants(rolePatterns.operator, 'identity.member.invite')).toBe(false);
  expect(grants(rolePatterns.admin, 'identity.member.invite')).toBe(true);
  expect(grants(rolePatterns.admin, 'identity.owner.grant')).toBe(false);
  expect(grants(rolePatterns.owner, 'identity.owner.grant')).toBe(true);
});

test('scopes are permissions and patterns, and cannot take back', () => {
  for (const good of ['*', 'fleet.*', 'fleet.*.read', '*.read', 'fleet.cluster.create']) {
    expect(Scope.safeParse(good).success, good).toBe(true);
  }
  for (const bad of ['', '!fleet.*', 'fleet', 'fleet..read', 'fleet.cluster.read\n', 'a.b.c.d', 'FLEET.*']) {
    expect(Scope.safeParse(bad).success, bad).toBe(false);
  }
});
