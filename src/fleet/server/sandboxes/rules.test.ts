import { expect, test } from 'vitest';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import {
  chooseHost,
  connectionOf,
  limitsOf,
  newPassword,
  overQuota,
  shareOf,
  templateDigest,
  type SandboxHost,
} from './rules.ts';

const host = (name: string, change: Partial<SandboxHost> = {}): SandboxHost => ({
  id: name,
  name,
  address: '10.0.0.1',
  memoryMb: 8192,
  diskFreeMb: 100_000,
  installed: [15],
  offered: [15, 17],
  used: { sandboxes: 0, memoryMb: 0, diskMb: 0 },
  ...change,
});
const small = { memoryMb: 256, diskMb: 512 };

test('a host that has a version goes before one that must install it, and the emptiest before the others', () => {
  const [a, b] = [host('a', { installed: [15] }), host('b', { installed: [17] })];
  expect(chooseHost([a, b], small)).toMatchObject({ host: b, pgVersion: 17 });
  expect(chooseHost([a, b], { ...small, pgVersion: 15 })).toMatchObject({ host: a, pgVersion: 15 });
  expect(chooseHost([a], { ...small, pgVersion: 17 })).toMatchObject({ host: a, pgVersion: 17 });
  const busy = host('busy', { used: { sandboxes: 5, memoryMb: 2000, diskMb: 0 } });
  expect(chooseHost([busy, a], small)).toMatchObject({ host: a });
});

test('half of a host is for sandboxes, and what does not fit is refused with the reason', () => {
  const full = host('full', { used: { sandboxes: 15, memoryMb: 3900, diskMb: 0 } });
  expect(chooseHost([full], small)).toBe(sandboxText.hostsFull);
  expect(chooseHost([host('thin', { diskFreeMb: 1000 })], small)).toBe(sandboxText.hostsFull);
  expect(chooseHost([], small)).toBe(sandboxText.noHost);
  expect(chooseHost([host('a')], { ...small, hostId: 'b' })).toBe(sandboxText.noHost);
  expect(chooseHost([host('a')], { ...small, pgVersion: 13 })).toEqual(sandboxText.noSuchVersion(13));
  expect(chooseHost([host('bare', { installed: [], offered: [] })], small)).toBe(sandboxText.noVersion);
});

test('a quota is full to the last piece and not beyond', () => {
  const quota = { sandboxes: 2, memoryMb: 512, diskMb: 1024 };
  const one = { sandboxes: 1, memoryMb: 256, diskMb: 512 };
  expect(overQuota(quota, one, small)).toBeUndefined();
  expect(overQuota(quota, { ...one, sandboxes: 2 }, small)).toEqual(sandboxText.quotaSandboxes(2));
  expect(overQuota(quota, { ...one, memoryMb: 257 }, small)).toEqual(sandboxText.quotaMemory(512, 257));
  expect(overQuota(quota, { ...one, diskMb: 513 }, small)).toEqual(sandboxText.quotaDisk(1024, 513));
});

test('data in memory count as memory', () => {
  expect(shareOf(limitsOf({ memoryMb: 100, diskMb: 50 }), true)).toEqual({ memoryMb: 150, diskMb: 0 });
  expect(shareOf(limitsOf({ memoryMb: 100, diskMb: 50 }), false)).toEqual({ memoryMb: 100, diskMb: 50 });
});

test('a template is known by what is in it, in whatever order its extensions are named', () => {
  expect(templateDigest('select 1', ['hstore', 'citext'])).toBe(
    templateDigest('select 1', ['citext', 'hstore']),
  );
  expect(templateDigest('select 1', [])).not.toBe(templateDigest('select 2', []));
});

test('a URL is one that libpq reads, with an IPv6 address too', () => {
  const door = { port: 26_001, password: newPassword().password, authority: 'PEM' };
  expect(connectionOf({ ...door, address: 'fd00::1' }).url).toMatch(
    /^postgresql:\/\/sandbox:[\w-]{24}@\[fd00::1\]:26001\/sandbox\?sslmode=require$/,
  );
  expect(connectionOf({ ...door, address: null, authority: null }).url).toMatch(
    /@127\.0\.0\.1:26001\/sandbox$/,
  );
});
