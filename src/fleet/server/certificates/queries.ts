import type { Db } from '#src/platform/server/db.ts';

/** A certificate as the agents' port knows it, and the host it speaks for. */
export type KnownCertificate = Awaited<ReturnType<typeof listCertificates>>[number];

/** The certificates with these fingerprints, whether they still open anything or not; Elepherd gave no others. */
export async function listCertificates(db: Db, fingerprints: readonly string[]) {
  return db
    .selectFrom('fleet.certificate as c')
    .innerJoin('fleet.host as h', 'h.id', 'c.host_id')
    .select([
      'c.fingerprint',
      'c.host_id as hostId',
      'c.not_before as notBefore',
      'c.not_after as notAfter',
      'c.revoked_at as revokedAt',
      'h.phase',
      'h.name as hostName',
      'h.org_id as orgId',
    ])
    .where('c.fingerprint', 'in', [...fingerprints])
    .execute();
}
