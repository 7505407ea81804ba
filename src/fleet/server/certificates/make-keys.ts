import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { agentsPortName } from '#src/fleet/contract/agents.ts';
import type { Db } from '#src/platform/server/db.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { createAuthority, issueKeyPair, type KeyPair } from '#src/platform/server/x509.ts';

const dayMs = 86_400_000;

/** Elepherd's own keys, all PEM. */
export type FleetKeys = {
  /** Signs what agents and the agents' port show one another. */
  authority: KeyPair;
  /** What the agents' port shows; its key stays the same, since pasted commands pin it. */
  port: KeyPair;
  /** Signs releases of the agent (Ed25519). */
  release: { publicKey: string; privateKey: string };
};

/** The keys of this Elepherd, made at the first start and kept sealed; several starters at once get the same. */
export async function makeKeys(db: Db): Promise<FleetKeys> {
  const authority = await findOrMake(db, 'fleet.authority', () => createAuthority('Elepherd'));
  return {
    authority,
    port: await findOrMake(db, 'fleet.agents-port', () =>
      issueKeyPair(authority, {
        commonName: agentsPortName,
        names: [agentsPortName],
        validMs: 20 * 365 * dayMs,
        usages: ['server'],
      }),
    ),
    release: await findOrMake(db, 'fleet.release', async () =>
      generateKeyPairSync('ed25519', {
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      }),
    ),
  };
}

/** The hash of a certificate's public key, as curl's `--pinnedpubkey` takes it. */
export function keyPinOf(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}

async function findOrMake<T>(db: Db, name: string, make: () => Promise<T>): Promise<T> {
  const context = `platform.signing_key:${name}`;
  const find = async () => {
    const row = await db
      .selectFrom('platform.signing_key')
      .select('sealed')
      .where('name', '=', name)
      .executeTakeFirst();
    return row && (JSON.parse(theVault().open(row.sealed, context).toString('utf8')) as T);
  };
  const found = await find();
  if (found) return found;
  const made = await make();
  const inserted = await db
    .insertInto('platform.signing_key')
    .values({ name, sealed: theVault().seal(JSON.stringify(made), context) })
    .onConflict((oc) => oc.doNothing())
    .returning('name')
    .executeTakeFirst();
  return inserted ? made : (await find())!;
}
