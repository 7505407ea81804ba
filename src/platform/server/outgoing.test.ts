import { expect, test } from 'vitest';
import { allowedAddresses, postOutside, setOutgoingNetworks } from './outgoing.ts';

test('only public addresses may be asked, and the networks that are named', () => {
  const isAllowed = allowedAddresses('');
  const closed = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'ff02::1',
    'no address',
  ];
  expect(closed.filter((address) => isAllowed(address))).toEqual([]);
  expect(['8.8.8.8', '2400:3200::1', '::ffff:8.8.8.8'].filter((address) => !isAllowed(address))).toEqual([]);
  const wider = allowedAddresses('10.0.0.0/8, fd00::/8');
  expect(wider('10.9.9.9')).toBe(true);
  expect(wider('::ffff:10.9.9.9')).toBe(true);
  expect(wider('fd00::5')).toBe(true);
  expect(wider('192.168.1.1')).toBe(false);
  expect(() => allowedAddresses('everything')).toThrow('is no network');
});

test('a name that leads to a private address is refused where it is resolved, and other protocols are', async () => {
  setOutgoingNetworks('');
  const post = (url: string) => postOutside(url, { headers: {}, body: '{}' });
  await expect(post('http://localhost:1/')).rejects.toMatchObject({ refused: true });
  await expect(post('http://2130706433/')).rejects.toMatchObject({ refused: true });
  await expect(post('http://[::1]:1/')).rejects.toMatchObject({ refused: true });
  await expect(post('file:///etc/passwd')).rejects.toMatchObject({ refused: true });
});
