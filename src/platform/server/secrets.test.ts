import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { checkVault, createVault } from './secrets.ts';

const { db } = await testDatabase();

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'elepherd-vault-'));
});
afterEach(() => rm(home, { recursive: true }));

test('opens what it sealed, again after a restart', async () => {
  const sealed = (await createVault(home)).seal('s3cret 象', 'fleet.role:1');
  const later = await createVault(home);
  expect(later.isNew).toBe(false);
  expect(later.open(sealed, 'fleet.role:1').toString()).toBe('s3cret 象');
  expect(sealed.includes('s3cret')).toBe(false);
});

test('seals the same words differently each time', async () => {
  const vault = await createVault(home);
  expect(vault.seal('same', 'c').equals(vault.seal('same', 'c'))).toBe(false);
});

test('refuses another context and any changed byte', async () => {
  const vault = await createVault(home);
  const sealed = vault.seal('secret', 'fleet.role:1');
  expect(() => vault.open(sealed, 'fleet.role:2')).toThrow();
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => vault.open(changed, 'fleet.role:1'), `byte ${at}`).toThrow();
  }
  expect(() => vault.open(sealed.subarray(0, 20), 'fleet.role:1')).toThrow();
});

test('keeps the key to its owner and leaves nothing else behind', async () => {
  await createVault(home);
  const file = join(home, 'secret.key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file)).toHaveLength(32);
  expect(await readdir(home)).toEqual(['secret.key']);
});

test('gives ten starters at once the same key', async () => {
  const vaults = await Promise.all(Array.from({ length: 10 }, () => createVault(home)));
  expect(new Set(vaults.map((vault) => vault.keyId)).size).toBe(1);
  expect(vaults.filter((vault) => vault.isNew)).toHaveLength(1);
});

test('says in one sentence what is wrong with a key file', async () => {
  await createVault(home);
  const file = join(home, 'secret.key');
  await chmod(file, 0o644);
  await expect(createVault(home)).rejects.toThrow(`chmod 600 ${file}`);
  await chmod(file, 0o600);
  await writeFile(file, 'short');
  await expect(createVault(home)).rejects.toThrow('is damaged');
});

test('ties the database to its key, and removes a new key that is not the one', async () => {
  const vault = await createVault(home);
  await checkVault(db, vault);
  await checkVault(db, vault);
  const sealed = vault.seal('x', 'c');

  const other = await mkdtemp(join(tmpdir(), 'elepherd-vault-'));
  const stranger = await createVault(other);
  expect(() => stranger.open(sealed, 'c')).toThrow('sealed with another key');
  await expect(checkVault(db, stranger)).rejects.toThrow('is not the one that sealed');
  expect(await readdir(other)).toEqual([]);
  await rm(other, { recursive: true });
});
