import { expect, test } from 'vitest';
import { CreateCluster } from '#src/fleet/contract/clusters.ts';
import { bodyOf, firstWish, isName, isNetwork, nearbyNetworks } from './wish.ts';

const wish = { ...firstWish(3), name: 'orders' };

test('what the wizard sends is what the contract takes', () => {
  const ids = ['6f1de2a7-45f2-4f6b-a6fb-3f2ac4df7a01', '6f1de2a7-45f2-4f6b-a6fb-3f2ac4df7a02'];
  for (const one of [
    wish,
    { ...wish, hostIds: ids, witnessHostId: '6f1de2a7-45f2-4f6b-a6fb-3f2ac4df7a03', pgVersion: 17 },
    { ...wish, networks: ['10.0.0.0/8', 'fd00::/8', 'nonsense'] },
    { ...wish, hostIds: [] },
  ]) {
    expect(CreateCluster.safeParse(bodyOf(one, 'orders')).error).toBeUndefined();
  }
});

test('a single member asks for no second to confirm commits, and no witness', () => {
  const body = bodyOf({ ...wish, members: 1, protection: 'strict', witnessHostId: 'x' }, 'orders');
  expect(body).toMatchObject({ members: 1, protection: 'async' });
  expect(body.witnessHostId).toBeUndefined();
});

test('knows a name and a network when it sees one, as the contract does', () => {
  for (const name of ['orders', 'a-1', 'a', '1a', 'Orders', 'a--b-', 'x'.repeat(41), '订单']) {
    expect(isName(name), name).toBe(CreateCluster.shape.name.safeParse(name).success);
  }
  const network = CreateCluster.shape.networks;
  for (const one of [
    '10.0.0.0/8',
    '10.0.0.0',
    '300.0.0.0/8',
    '10.0.0.0/33',
    'fd00::/8',
    '::1/128',
    '0.0.0.0/0',
    '10.0.0/8',
    '',
  ]) {
    expect(isNetwork(one), one).toBe(network.safeParse([one]).success);
  }
});

test('suggests the networks of the hosts, once each, and not the machine itself', () => {
  expect(nearbyNetworks(['10.0.1.5', '10.0.1.9', '127.0.0.1', 'fe80::1', '192.168.3.4'])).toEqual([
    '10.0.1.0/24',
    '192.168.3.0/24',
  ]);
});
