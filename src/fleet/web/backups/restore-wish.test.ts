import { expect, test } from 'vitest';
import type { Cluster } from '#src/fleet/contract/clusters.ts';
import { StartRestore } from '#src/fleet/contract/restores.ts';
import { restoreBody, restoredName, type RestoreWish } from './restore-wish.ts';

const original = { protection: 'sync', recovery: 'normal', networks: ['10.0.0.0/8'] } as unknown as Cluster;
const hostId = '0190b8a0-0000-7000-8000-000000000001';
const wish: RestoreWish = {
  at: Date.parse('2026-11-22T04:05:06Z'),
  backup: '20261122-010000F',
  kind: 'scratch',
  hostId,
  hours: 8,
  name: restoredName('orders'),
  members: 1,
  hostIds: [],
  memberId: null,
};

test('each place becomes what the contract takes; a moment goes before a backup', () => {
  expect(StartRestore.parse(restoreBody(wish, original))).toEqual({
    target: { at: '2026-11-22T04:05:06.000Z' },
    place: { kind: 'scratch', hostId, hours: 8 },
  });
  expect(restoreBody({ ...wish, at: null }, original).target).toEqual({ backup: '20261122-010000F' });
  expect(StartRestore.parse(restoreBody({ ...wish, at: null, backup: null }, original)).target).toEqual({});
  expect(StartRestore.parse(restoreBody({ ...wish, kind: 'in-place' }, original)).place).toEqual({
    kind: 'in-place',
  });
});

test('a new cluster is as the original; a single member takes no protection between members', () => {
  const place = (change: Partial<RestoreWish>) =>
    StartRestore.parse(restoreBody({ ...wish, kind: 'new-cluster', ...change }, original)).place;
  expect(place({})).toMatchObject({
    cluster: { name: 'orders-restored', members: 1, protection: 'async', networks: ['10.0.0.0/8'] },
  });
  expect(place({ hostIds: [hostId, hostId, hostId] })).toMatchObject({ cluster: { protection: 'sync' } });
  expect(restoredName('a'.repeat(40))).toHaveLength(40);
});
