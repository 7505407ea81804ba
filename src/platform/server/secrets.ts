import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { secretsText } from '../contract/secrets.text.ts';
import type { Db } from './db.ts';
import { SetupProblem } from './setup/setup-problem.ts';

/** Seals secrets for the database with the key file of this home (AES-256-GCM). */
export type Vault = {
  /** Says which key this is and nothing about it. */
  keyId: string;
  file: string;
  /** True when the key was made just now. */
  isNew: boolean;
  /** Encrypts; `context` (say `fleet.role.password:<id>`) must be named again to open it, so that a row cannot be moved to another place. */
  seal(plain: string | Uint8Array, context: string): Buffer;
  /** Decrypts what `seal` made for the same context; throws for anything else. */
  open(sealed: Uint8Array, context: string): Buffer;
};

const form = 1;
const keyIdBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyIdBytes + nonceBytes + tagBytes;

/** The vault of a home; makes `<home>/secret.key` (only its owner may read it) when there is none. Refuses a damaged or open key file. */
export async function createVault(home: string): Promise<Vault> {
  const file = join(home, 'secret.key');
  const isNew = await makeKey(home, file);
  if (((await stat(file)).mode & 0o077) !== 0) throw new SetupProblem(secretsText.keyOpen(file));
  const key = await readFile(file);
  if (key.length !== 32) throw new SetupProblem(secretsText.keyDamaged(file));
  const id = createHash('sha256').update('elepherd key id').update(key).digest().subarray(0, keyIdBytes);
  const keyId = id.toString('hex');
  return {
    keyId,
    file,
    isNew,
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(form), id, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < headBytes || bytes[0] !== form)
        throw new Error('These bytes were not sealed by a vault.');
      const sealedBy = bytes.subarray(1, 1 + keyIdBytes);
      if (!sealedBy.equals(id))
        throw new SetupProblem(secretsText.sealedByOther(sealedBy.toString('hex'), keyId));
      const nonce = bytes.subarray(1 + keyIdBytes, 1 + keyIdBytes + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(headBytes - tagBytes, headBytes));
      return Buffer.concat([decipher.update(bytes.subarray(headBytes)), decipher.final()]);
    },
  };
}

/** Ties a database to the key of this vault, the first time for good; refuses a vault with another key, and then removes a key made just now. */
export async function checkVault(db: Db, vault: Vault): Promise<void> {
  await db
    .insertInto('platform.vault')
    .values({ key_id: vault.keyId })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const { key_id: known } = await db.selectFrom('platform.vault').select('key_id').executeTakeFirstOrThrow();
  if (known === vault.keyId) return;
  if (vault.isNew) await rm(vault.file);
  throw new SetupProblem(secretsText.wrongKey(vault.file, known, vault.keyId));
}

let ofThisProgram: Vault | undefined;

/** Makes this the vault of the whole program; each program calls it once, at its start. */
export function setVault(vault: Vault): void {
  ofThisProgram = vault;
}

/** The vault of this program; throws before `setVault`. */
export function theVault(): Vault {
  if (!ofThisProgram) throw new Error('This program has opened no vault yet: call setVault at its start.');
  return ofThisProgram;
}

/** Whole or not at all, and never over another: two starters get the same key, and a crash leaves no half of one. */
async function makeKey(home: string, file: string): Promise<boolean> {
  if (await stat(file).catch(() => undefined)) return false;
  await mkdir(home, { recursive: true, mode: 0o755 });
  const making = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(making, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(32));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(making, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(making, { force: true });
  }
}
