import { createHash, randomUUID } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import type { Kysely } from 'kysely';
import { certificateRequest, newKey } from '#src/fleet/agent/certificate-request.ts';
import { agentsPortName, heartbeatSeconds } from '#src/fleet/contract/agents.ts';
import type { HostFacts } from '#src/fleet/contract/hosts.ts';
import { makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import type { DB } from '#src/platform/server/db.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { fingerprintOf, readCertificateRequest, signCertificate } from '#src/platform/server/x509.ts';
import { someFacts } from '#tests/support/hosts.ts';
import type { Elepherd } from './elepherd.ts';

/** A host that is only a connection: it asks again as soon as it was answered, as an agent does. */
export interface SimulatedHost {
  id: string;
  /** Opens its TLS connection, with its own certificate, to the agents' port or another of this machine. */
  open(port: number): Promise<void>;
  /** Begins to heartbeat; says what it is once, and again every minute. */
  beat(): void;
  close(): void;
  beats: number;
  /** Its connection was closed by the other end. */
  broken: boolean;
  onOrder: (() => void) | undefined;
}

const factsEveryMs = 60_000;

/** Makes so many hosts of an Elepherd, each with a row and a certificate; none is connected yet. */
export async function makeHosts(elepherd: Elepherd, db: Kysely<DB>, count: number): Promise<SimulatedHost[]> {
  setVault(await createVault(elepherd.home));
  const { authority } = await makeKeys(db);
  const key = newKey();
  const publicKey = await readCertificateRequest(certificateRequest(key, 'bench'));
  const { orgId } = await db
    .selectFrom('identity.membership')
    .select('org_id as orgId')
    .limit(1)
    .executeTakeFirstOrThrow();
  const made: SimulatedHost[] = [];
  for (let at = 0; at < count; at += 500) {
    const batch = await Promise.all(
      Array.from({ length: Math.min(500, count - at) }, async (_, n) => {
        const id = randomUUID();
        const wish = { commonName: id, validMs: 86_400_000, usages: ['client'] as const };
        return { id, name: `bench-${at + n}`, signed: await signCertificate(authority, publicKey, wish) };
      }),
    );
    await db
      .insertInto('fleet.host')
      .values(batch.map(({ id, name }) => ({ id, name, org_id: orgId, address: '10.0.0.1' })))
      .execute();
    await db
      .insertInto('fleet.certificate')
      .values(
        batch.map(({ id, signed }) => ({
          serial: signed.serial,
          host_id: id,
          fingerprint: fingerprintOf(signed.certificate),
          not_before: signed.notBefore,
          not_after: signed.notAfter,
        })),
      )
      .execute();
    for (const { id, signed } of batch) {
      made.push(simulate(id, { ca: authority.certificate, cert: signed.certificate, key }));
    }
  }
  return made;
}

/** Requests are written by hand, so that the process of the benchmark stays the lighter one. */
function simulate(id: string, tls: { ca: string; cert: string; key: string }): SimulatedHost {
  let socket: TLSSocket;
  let answer = '';
  let factsAt = 0;
  let isClosing = false;
  const bootId = createHash('md5').update(id).digest('hex');
  const facts: HostFacts = someFacts({ addresses: ['10.0.0.1'] });
  const host: SimulatedHost = {
    id,
    beats: 0,
    broken: false,
    onOrder: undefined,
    open: (port) =>
      new Promise((resolve, reject) => {
        answer = '';
        factsAt = 0;
        isClosing = false;
        Object.assign(host, { beats: 0, broken: false });
        socket = connect({
          host: '127.0.0.1',
          port,
          servername: agentsPortName,
          minVersion: 'TLSv1.3',
          ...tls,
        });
        socket.once('secureConnect', resolve);
        socket.once('error', reject);
        socket.on('close', () => (host.broken = !isClosing));
        socket.setEncoding('utf8');
        socket.on('data', (chunk: string) => {
          answer += chunk;
          const head = answer.indexOf('\r\n\r\n');
          if (head < 0) return;
          const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
          if (answer.length < head + 4 + length) return;
          if (!answer.startsWith('HTTP/1.1 20')) throw new Error(answer.slice(0, 300));
          if (answer.includes('"orders":[{')) host.onOrder?.();
          answer = '';
          host.beats += 1;
          host.beat();
        });
      }),
    beat() {
      const saysFacts = Date.now() - factsAt > factsEveryMs;
      if (saysFacts) factsAt = Date.now();
      const body = JSON.stringify({
        bootId,
        agentVersion: 'source',
        waitSeconds: heartbeatSeconds,
        clockMs: Date.now(),
        known: [],
        resync: host.beats === 0,
        ...(saysFacts && { facts }),
      });
      socket.write(
        `POST /agent/heartbeat HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    },
    close() {
      isClosing = true;
      socket.destroy();
    },
  };
  return host;
}
