import { hostText } from '#src/fleet/contract/hosts.text.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import {
  fingerprintOf,
  type KeyPair,
  readCertificateRequest,
  signCertificate,
} from '#src/platform/server/x509.ts';

const dayMs = 86_400_000;
/** A certificate is renewed when a third of its life is left. */
export const certificateLifeMs = 90 * dayMs;

/** Signs a host's certificate request and notes the certificate; one that is not noted opens nothing. Refuses a request that is not signed by its own key. */
export async function issueCertificate(
  tx: Db,
  authority: KeyPair,
  hostId: string,
  certificateRequest: string,
  lifeMs = certificateLifeMs,
): Promise<string> {
  const publicKey = await readCertificateRequest(certificateRequest).catch((cause: unknown) => {
    throw new AppError('invalid', hostText.badCertificateRequest, { cause });
  });
  const signed = await signCertificate(authority, publicKey, {
    commonName: hostId,
    validMs: lifeMs,
    usages: ['client'],
  });
  await tx
    .insertInto('fleet.certificate')
    .values({
      serial: signed.serial,
      host_id: hostId,
      fingerprint: fingerprintOf(signed.certificate),
      not_before: signed.notBefore,
      not_after: signed.notAfter,
    })
    .execute();
  return signed.certificate;
}
