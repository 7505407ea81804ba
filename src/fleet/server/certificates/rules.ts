/** Heard by every server process when certificates of a host were revoked; the payload is the host. */
export const certificateChannel = 'elepherd_certificate';

/** Whether an agent should ask for a new certificate: when a third of its life is left. */
export function isDueForRenewal(certificate: { notBefore: Date; notAfter: Date }, now = Date.now()): boolean {
  const life = certificate.notAfter.getTime() - certificate.notBefore.getTime();
  return now > certificate.notAfter.getTime() - life / 3;
}
