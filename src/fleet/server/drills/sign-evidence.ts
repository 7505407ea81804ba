import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { DrillEvidence } from '#src/fleet/contract/drills.ts';
import type { Db } from '#src/platform/server/db.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { fingerprintOf } from './queries.ts';
import { canonical } from './verdict.rules.ts';

const sealOf = (fingerprint: string) => `fleet.drill_key:${fingerprint}`;

/** Elepherd's own key for evidence; made the first time it is needed. */
async function signingKey(db: Db): Promise<{ fingerprint: string; secret: string }> {
  const found = await db
    .selectFrom('fleet.drill_key')
    .select(['fingerprint', 'secret'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (found)
    return {
      fingerprint: found.fingerprint,
      secret: theVault().open(found.secret, sealOf(found.fingerprint)).toString(),
    };
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const fingerprint = fingerprintOf(pair.publicKey);
  await db
    .insertInto('fleet.drill_key')
    .values({
      public_key: pair.publicKey,
      fingerprint,
      secret: theVault().seal(pair.privateKey, sealOf(fingerprint)),
    })
    .execute();
  return { fingerprint, secret: pair.privateKey };
}

/** Signs evidence: the fingerprint of the key and the signature, apart by a space. */
export async function signEvidence(db: Db, evidence: DrillEvidence): Promise<string> {
  const key = await signingKey(db);
  const signature = sign(null, Buffer.from(canonical(evidence)), createPrivateKey(key.secret));
  return `${key.fingerprint} ${signature.toString('base64')}`;
}
