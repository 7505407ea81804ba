import type { TLSSocket } from 'node:tls';
import type { Kysely } from 'kysely';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { DB } from '#src/platform/server/db.ts';
import { listen } from '#src/platform/server/listen.ts';
import { type KnownCertificate, listCertificates } from '../certificates/queries.ts';
import { certificateChannel } from '../certificates/rules.ts';
import { gatherLookups } from './gather-lookups.ts';

/**
 * How long an answer of the database is believed while no notification says otherwise; a listening connection that broke
 * says so within seconds, and empties the cache. Asking anew at each heartbeat would cost more than all the rest of it.
 */
const cacheMs = 60_000;

/** Why a connection is not let in. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly text: Text;
  readonly leave: boolean;
  constructor(text: Text, leave = false) {
    super(text.en);
    this.text = text;
    this.leave = leave;
  }
}

/**
 * Tells which host is at the other end of a TLS connection, anew for each request: a certificate that was revoked or has
 * ended closes connections that stand. Refuses certificates of other authorities, and ours that are not on record.
 */
export function checkCertificate(db: Kysely<DB>): {
  check(socket: TLSSocket): Promise<KnownCertificate>;
  onRevoked(heard: (hostId: string | null) => void): void;
  stop(): void;
} {
  const fingerprints = new WeakMap<TLSSocket, string>();
  const cache = new Map<string, { known: KnownCertificate | undefined; until: number }>();
  const find = gatherLookups(
    async (wanted) =>
      new Map((await listCertificates(db, wanted)).map((found) => [found.fingerprint, found])),
  );
  const heards: ((hostId: string | null) => void)[] = [];
  const stop = listen(certificateChannel, (hostId) => {
    cache.clear();
    for (const heard of heards) heard(hostId);
  });

  const fingerprintOf = (socket: TLSSocket): string => {
    let found = fingerprints.get(socket);
    if (found === undefined) {
      // `authorized` is what the handshake found: our authority signed it, and its time had begun and not ended.
      const certificate = socket.authorized ? socket.getPeerX509Certificate() : undefined;
      if (!certificate) {
        const isOver = (socket.authorizationError as unknown as string | undefined) === 'CERT_HAS_EXPIRED';
        throw new Refusal(isOver ? hostText.certificateEnded : hostText.noCertificate);
      }
      found = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
      fingerprints.set(socket, found);
    }
    return found;
  };

  return {
    async check(socket) {
      const fingerprint = fingerprintOf(socket);
      const now = Date.now();
      let entry = cache.get(fingerprint);
      if (!entry || entry.until < now) {
        entry = { known: await find(fingerprint), until: now + cacheMs };
        if (cache.size > 50_000) cache.clear();
        cache.set(fingerprint, entry);
      }
      const { known } = entry;
      if (!known) throw new Refusal(hostText.noCertificate);
      if (known.phase === 'removed') throw new Refusal(hostText.hostRemoved, true);
      if (known.revokedAt) throw new Refusal(hostText.certificateRevoked);
      if (known.notAfter.getTime() < now) throw new Refusal(hostText.certificateEnded);
      return known;
    },
    onRevoked(heard) {
      heards.push(heard);
    },
    stop,
  };
}
