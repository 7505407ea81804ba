import type { Db } from '#src/platform/server/db.ts';

/** A certificate as the agents' port knows it, and the host it speaks for. */
export type KnownCertificate = NonNullable<Awaited<ReturnType<typeof findCertificate>>>;

/** The certificate with this fingerprint, whether it still opens anything or not; undefined for one Elepherd never gave. */
export async function findCertificate(db: Db, fingerprint: string) {
  return db
    .selectFrom('fleet.certificate as c')
    .innerJoin('fleet.host as h', 'h.id', 'c.host_id')
    .select([
      'c.host_id as hostId',
      'c.not_before as notBefore',
      'c.not_after as notAfter',
      'c.revoked_at as revokedAt',
      'h.phase',
      'h.name as hostName',
      'h.org_id as orgId',
    ])
    .where('c.fingerprint', '=', fingerprint)
    .executeTakeFirst();
}
