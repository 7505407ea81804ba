import { expect, test } from 'vitest';
import type { Protection } from '#src/fleet/contract/clusters.ts';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';
import { clusterNow, healthOf, membersNow, memberToRead, type MemberFacts } from './health.rules.ts';

function member(
  name: string,
  seen: Partial<ServerSeen> | null,
  change: Partial<MemberFacts> = {},
): MemberFacts {
  return {
    id: name,
    name,
    kind: 'server',
    phase: 'ready',
    hostId: name,
    hostName: name,
    hostOnline: true,
    address: name,
    failureDomain: null,
    hasEtcd: true,
    seen: seen && {
      name,
      running: true,
      role: 'replica',
      state: 'streaming',
      timeline: 3,
      position: 1,
      pendingRestart: false,
      members: [],
      paused: false,
      seenAt: '2026-11-22T00:00:00Z',
      ...seen,
    },
    ...change,
  };
}

const view = [
  { name: 'a', role: 'leader', state: 'running', timeline: 3, lagBytes: null, pendingRestart: false },
  { name: 'b', role: 'replica', state: 'streaming', timeline: 3, lagBytes: 42, pendingRestart: false },
];
const primary = member('a', { role: 'primary', state: 'running', members: view });
const health = (rows: MemberFacts[], protection: Protection = 'async') =>
  healthOf('ready', membersNow(rows), protection);

test('a primary with streaming replicas is healthy, and the lag is the primary’s word', () => {
  const rows = [primary, member('b', {})];
  expect(health(rows)).toBe('healthy');
  expect(membersNow(rows)[1]?.lagBytes).toBe(42);
  expect(clusterNow(rows)).toEqual({ timeline: 3, paused: false });
});

test('a missing replica or a silent witness degrades it', () => {
  expect(health([primary, member('b', {}, { hostOnline: false })])).toBe('degraded');
  expect(health([primary, member('w', null, { kind: 'witness', hostOnline: false })])).toBe('degraded');
});

test('a synchronous one is healthy once somebody may take over', () => {
  expect(health([primary, member('b', {})], 'sync')).toBe('degraded');
  expect(health([primary, member('b', {})], 'strict')).toBe('degraded');
  expect(health([primary, member('b', { role: 'sync_standby' })], 'strict')).toBe('healthy');
  expect(health([primary], 'sync')).toBe('healthy');
});

test('without a primary it is down, and with all hosts silent nobody knows', () => {
  expect(health([member('a', { running: false }), member('b', {})])).toBe('down');
  expect(health([member('a', {}, { hostOnline: false })])).toBe('unknown');
});

test('does not repeat what a silent host said before it fell silent', () => {
  const [row] = membersNow([member('a', { role: 'primary' }, { hostOnline: false })]);
  expect(row).toMatchObject({ role: null, state: null, timeline: null, lagBytes: null });
});

test('what is inside is read from the primary, from a replica while none is in sight, from nobody when all are silent', () => {
  const read = (rows: MemberFacts[]) => memberToRead(membersNow(rows))?.name;
  expect(read([member('b', {}), primary])).toBe('a');
  expect(read([member('a', null), member('b', {})])).toBe('b');
  // Just restarted: its host has not looked again yet.
  expect(read([member('a', null)])).toBe('a');
  expect(
    read([member('a', null, { hostOnline: false }), member('w', null, { kind: 'witness' })]),
  ).toBeUndefined();
});
