import { fingerprintOf, newPassphrase } from '#src/fleet/server/repositories/rules.ts';
import type { Context } from '#src/platform/server/context.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { dumpKeySeal } from './rules.ts';

/** The passphrase of the dumps of an external database; one that was added before dumps were encrypted gets it now. */
export async function ensureDumpKey(
  tx: Context,
  id: string,
): Promise<{ passphrase: string; keyFingerprint: string }> {
  const { key } = await tx.db
    .selectFrom('fleet.external_database')
    .select('key')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (key) {
    const passphrase = theVault().open(key, dumpKeySeal(id)).toString();
    return { passphrase, keyFingerprint: fingerprintOf(passphrase) };
  }
  const passphrase = newPassphrase();
  const keyFingerprint = fingerprintOf(passphrase);
  await tx.db
    .updateTable('fleet.external_database')
    .set({ key: theVault().seal(passphrase, dumpKeySeal(id)), key_fingerprint: keyFingerprint })
    .where('id', '=', id)
    .execute();
  return { passphrase, keyFingerprint };
}
