import { expect, test } from 'vitest';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { someFacts, somePlanHost } from '#tests/support/hosts.ts';
import { consequences, planCluster, portsOf, versionAtLeast } from './plan.rules.ts';

const three = () => [somePlanHost('h1'), somePlanHost('h2'), somePlanHost('h3')];
const blockers = (result: ReturnType<typeof planCluster>) =>
  result.findings.filter((f) => f.level === 'blocker').map((f) => f.text);

test('takes three hosts for three members, one each, with etcd on all', () => {
  const hosts = three();
  const { plan } = planCluster({ name: 'orders', members: 3 }, hosts);
  expect(plan?.members.map((m) => [m.name, m.host.name])).toEqual([
    ['orders-1', 'h1'],
    ['orders-2', 'h2'],
    ['orders-3', 'h3'],
  ]);
  expect(plan?.etcdHosts).toHaveLength(3);
  expect(plan?.pgVersion).toBe(17);
  expect(plan?.slot).toBe(0);
});

test('spreads members over failure domains before it looks at anything else', () => {
  const hosts = [
    somePlanHost('h1', { failureDomain: 'rack-a' }),
    somePlanHost('h2', { failureDomain: 'rack-a' }),
    somePlanHost('h3', { failureDomain: 'rack-b', serverCount: 3 }),
    somePlanHost('h4', { failureDomain: 'rack-c', serverCount: 3 }),
  ];
  const { plan } = planCluster({ name: 'orders', members: 3 }, hosts);
  expect(new Set(plan?.members.map((m) => m.host.failureDomain))).toEqual(
    new Set(['rack-a', 'rack-b', 'rack-c']),
  );
});

test('gives two members a witness, and refuses them without a third host', () => {
  const result = planCluster({ name: 'orders', members: 2 }, three());
  expect(result.plan?.witness?.name).toBe('h3');
  expect(result.plan?.etcdHosts.map((h) => h.name)).toEqual(['h1', 'h2', 'h3']);
  expect(blockers(planCluster({ name: 'orders', members: 2 }, three().slice(0, 2)))).toEqual([
    clusterText.witnessNeeded,
  ]);
});

test('refuses a Patroni that may lose acknowledged rows, for several members only', () => {
  const old = someFacts({ parts: { patroni: { installed: '3.0.2-1', offered: null } } });
  const hosts = three().map((h) => ({ ...h, facts: old }));
  expect(blockers(planCluster({ name: 'orders', members: 3 }, hosts))).toContainEqual(
    clusterText.patroniTooOld('h1', '3.0.2-1'),
  );
  expect(planCluster({ name: 'orders', members: 1 }, hosts).plan).not.toBeNull();
});

test('refuses hosts whose libraries sort differently', () => {
  const hosts = three();
  hosts[1] = { ...hosts[1]!, facts: someFacts({ libc: '2.36' }) };
  expect(blockers(planCluster({ name: 'orders', members: 3 }, hosts))).toEqual([
    clusterText.librariesDiffer(['h1', 'h2', 'h3']),
  ]);
});

test('refuses a clock that is off, where others must agree with it', () => {
  const [h1, h2, h3] = three();
  const off = { ...h3!, facts: someFacts({ timeOffsetSeconds: -42 }) };
  expect(blockers(planCluster({ name: 'orders', members: 3 }, [h1!, h2!, off]))).toEqual([
    clusterText.clockOff('h3', 42),
  ]);
  expect(blockers(planCluster({ name: 'orders', hostIds: [off.id] }, [off]))).toEqual([]);
});

test('takes the lowest offset of ports that is free on every host, of clusters and of strangers', () => {
  const hosts = three();
  hosts[0] = { ...hosts[0]!, usedSlots: [0] };
  hosts[1] = { ...hosts[1]!, facts: someFacts({ listeningPorts: [5433] }) };
  expect(planCluster({ name: 'orders', members: 3 }, hosts).plan?.slot).toBe(2);
});

test('no two offsets share a port', () => {
  const all = Array.from({ length: 100 }, (_, slot) => Object.values(portsOf(slot))).flat();
  expect(new Set(all).size).toBe(all.length);
});

test('names what stands in the way', () => {
  const [h1, h2, h3] = three();
  const refusals = (wish: Partial<Parameters<typeof planCluster>[0]>, hosts = [h1!, h2!, h3!]) =>
    blockers(planCluster({ name: 'orders', ...wish }, hosts));
  expect(refusals({ members: 5 })).toEqual([clusterText.tooFewHosts(5, 3)]);
  expect(refusals({ hostIds: [h1!.id, h1!.id] })).toEqual([clusterText.hostTwice]);
  expect(refusals({ hostIds: ['3f2b7c1e-0000-4000-8000-000000000000'] })).toEqual([clusterText.hostUnknown]);
  expect(refusals({ protection: 'sync' })).toEqual([clusterText.syncNeedsTwo]);
  expect(refusals({ pgVersion: 16 })).toEqual([clusterText.versionNotOffered(16, [17])]);
  expect(refusals({ hostIds: [h1!.id], witnessHostId: h2!.id })).toEqual([clusterText.witnessNotNeeded]);
  expect(refusals({}, [])).toEqual([clusterText.noHosts]);
  const offline = { ...h2!, ready: false };
  expect(refusals({ hostIds: [offline.id] }, [h1!, offline])).toEqual([clusterText.hostNotReady('h2')]);
});

test('compares versions by their numbers', () => {
  expect(versionAtLeast('4.0.7-1', '4.0.7')).toBe(true);
  expect(versionAtLeast('4.1.0~rc1-1', '4.0.7')).toBe(true);
  expect(versionAtLeast('3.0.2-1', '4.0.7')).toBe(false);
  expect(versionAtLeast('4.0.10', '4.0.7')).toBe(true);
  expect(versionAtLeast('1:5', '4.0.7')).toBe(true);
});

test('does not promise to survive the loss of a single host', () => {
  expect(consequences(1, false, 'async', 'normal').doesNotSurvive).toContainEqual(clusterText.losesHost);
  expect(consequences(2, true, 'strict', 'normal').costs).toContainEqual(clusterText.strictTwoCost);
});

test('a small machine becomes the witness, and data goes where there is memory for it', () => {
  const small = somePlanHost('h1', { facts: someFacts({ memoryBytes: 2 * 1024 ** 3 }) });
  const busy = somePlanHost('h2', { serverCount: 1 });
  const hosts = [small, busy, somePlanHost('h3')];
  const { plan } = planCluster({ name: 'orders', members: 2 }, hosts);
  expect(plan?.members.map((m) => m.host.name)).toEqual(['h3', 'h2']);
  expect(plan?.witness?.name).toBe('h1');
});
