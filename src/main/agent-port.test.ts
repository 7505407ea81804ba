// Over 300 lines: every way in and every refusal of one port, side by side.
import { X509Certificate } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { certificateRequest, newKey } from '#src/fleet/agent/certificate-request.ts';
import { Connection, Refused } from '#src/fleet/agent/connection.ts';
import { AgentHome } from '#src/fleet/agent/home.ts';
import { enrol } from '#src/fleet/agent/install.ts';
import { HeartbeatAnswer } from '#src/fleet/contract/agents.ts';
import { makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { certificateChannel } from '#src/fleet/server/certificates/rules.ts';
import { revokeCertificate } from '#src/fleet/server/certificates/revoke-certificate.ts';
import { getEnrolment } from '#src/fleet/server/enrolments/queries.ts';
import { drainHost } from '#src/fleet/server/hosts/drain-host.ts';
import { getHost, listHosts } from '#src/fleet/server/hosts/queries.ts';
import { removeHost } from '#src/fleet/server/hosts/remove-host.ts';
import { updateHost } from '#src/fleet/server/hosts/update-host.ts';
import { askHost } from '#src/fleet/server/tasks/ask-host.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import {
  createAuthority,
  fingerprintOf,
  issueKeyPair,
  signCertificate,
  type KeyPair,
} from '#src/platform/server/x509.ts';
import {
  eventually,
  newEnrolment,
  openAgentPort,
  startAgent,
  untilOnline,
} from '#tests/support/agent-port.ts';
import { database, testContext } from '#tests/support/context.ts';

const { url, bundle } = await openAgentPort();
const ctx = await testContext({ may: ['*'] });
const { authority } = await makeKeys(database.db);
const dayMs = 86_400_000;

async function enrolled(hostName?: string) {
  const { token, keyPin, id } = await newEnrolment(ctx, hostName === undefined ? {} : { hostName });
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  await enrol(home, { url, keyPin, token });
  const { hostId } = (await home.findMembership())!;
  const identity = (await home.findIdentity())!;
  return { folder: home.folder, home, hostId, identity, token, keyPin, enrolmentId: id };
}

/** One heartbeat with a certificate, as an agent sends it. */
async function beat(pair: KeyPair, options: { waitSeconds?: number; connection?: Connection } = {}) {
  const connection =
    options.connection ?? new Connection({ url, identity: { ...pair, authority: authority.certificate } });
  const body = {
    bootId: 'b',
    agentVersion: 'source',
    waitSeconds: options.waitSeconds ?? 0,
    clockMs: Date.now(),
    known: [],
    resync: true,
  };
  return connection.ask(
    { method: 'POST', path: '/agent/heartbeat', body, timeoutSeconds: 20 },
    HeartbeatAnswer,
  );
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'let in',
    (error: unknown) =>
      error instanceof Refused
        ? `${error.status} ${error.refusal.detail}`
        : `not connected: ${(error as Error).message}`,
  );

test('a machine enrols, is heard, takes a task at once and reports it', async () => {
  const { folder, hostId, enrolmentId } = await enrolled('first-host');
  const agent = await startAgent(bundle, ['run'], folder);
  const host = await untilOnline(ctx, hostId);
  expect(host).toMatchObject({ name: 'first-host', phase: 'active', agentUpToDate: true });
  expect(host.facts?.memoryBytes).toBeGreaterThan(1e8);
  expect(Math.abs(host.facts?.timeOffsetSeconds ?? 99)).toBeLessThan(2);
  expect(await getEnrolment(ctx, enrolmentId)).toMatchObject({ state: 'used', hostId });

  const answer = await askHost(database.db, {
    hostId,
    kind: 'remove-data',
    input: { directory: '/var/lib/elepherd/never-was' },
  });
  expect(answer).toEqual({ removed: false });
  await expect(
    askHost(database.db, { hostId, kind: 'control-service', input: { name: 'never-was', action: 'stop' } }),
  ).rejects.toThrow('never-was is not on this host');
  await agent.stop();
});

test('a one-time token works once', async () => {
  const { token, keyPin } = await enrolled();
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  await expect(enrol(home, { url, keyPin, token })).rejects.toThrow('used already');
  expect(await home.findIdentity()).toBeUndefined();
});

test('two machines with one token at the same moment: one becomes a host', async () => {
  const { token, keyPin } = await newEnrolment(ctx);
  const homes = await Promise.all(
    [1, 2, 3, 4].map(async () => new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')))),
  );
  const results = await Promise.allSettled(homes.map((home) => enrol(home, { url, keyPin, token })));
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
});

test('unknown and expired tokens are refused and nothing is made', async () => {
  const { token, keyPin, id } = await newEnrolment(ctx);
  await database.db
    .updateTable('fleet.enrolment')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .where('id', '=', id)
    .execute();
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  const before = (await listHosts(ctx, { limit: 200 })).items.length;
  await expect(enrol(home, { url, keyPin, token })).rejects.toThrow('has expired');
  await expect(enrol(home, { url, keyPin, token: 'x'.repeat(32) })).rejects.toThrow(
    'not made by this Elepherd',
  );
  expect((await listHosts(ctx, { limit: 200 })).items).toHaveLength(before);
});

test('an agent says nothing to a server that does not hold the pinned key', async () => {
  const { token } = await newEnrolment(ctx);
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  await expect(enrol(home, { url, keyPin: Buffer.alloc(32).toString('base64'), token })).rejects.toThrow(
    'does not hold the key',
  );
  const row = await database.db
    .selectFrom('fleet.enrolment')
    .select('used_at')
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  expect(row.used_at).toBeNull();
});

test('an agent says nothing to a server of another authority', async () => {
  const { identity } = await enrolled();
  const foreign = await createAuthority('Elepherd');
  const connection = new Connection({ url, identity: { ...identity, authority: foreign.certificate } });
  expect(await refusal(beat(identity, { connection }))).toContain('not connected');
});

test('no certificate, a foreign one, a forged one and one that is not on record open nothing', async () => {
  const { hostId } = await enrolled();
  const foreign = await createAuthority('Elepherd');
  const wish = { commonName: hostId, validMs: dayMs, usages: ['client'] as const };
  expect(await refusal(beat(await issueKeyPair(foreign, wish)))).toMatch(/401 .*No client certificate/);

  // Signed by the true authority, but never given out: a row is missing.
  expect(await refusal(beat(await issueKeyPair(authority, wish)))).toMatch(/401 .*No client certificate/);

  // A self-signed copy of names and dates.
  expect(await refusal(beat(await createAuthority(hostId)))).toMatch(/401 .*No client certificate/);

  const { keyPin } = await newEnrolment(ctx);
  const bare = new Connection({ url, keyPin });
  expect(
    await refusal(
      bare.ask({ method: 'POST', path: '/agent/heartbeat', body: {}, timeoutSeconds: 5 }, HeartbeatAnswer),
    ),
  ).toMatch(/401/);
});

test('a true certificate with another key cannot be shown', async () => {
  const { identity } = await enrolled();
  expect(await refusal(beat({ certificate: identity.certificate, key: newKey() }))).toContain(
    'not connected',
  );
});

test('an expired certificate is refused, on new connections and on those that stand', async () => {
  const { hostId } = await enrolled();
  const key = newKey();
  const { readCertificateRequest } = await import('#src/platform/server/x509.ts');
  const publicKey = await readCertificateRequest(certificateRequest(key, 'x'));
  const signed = await signCertificate(authority, publicKey, {
    commonName: hostId,
    validMs: 6000,
    usages: ['client'],
  });
  await database.db
    .insertInto('fleet.certificate')
    .values({
      serial: signed.serial,
      host_id: hostId,
      fingerprint: fingerprintOf(signed.certificate),
      not_before: signed.notBefore,
      not_after: signed.notAfter,
    })
    .execute();
  const pair = { certificate: signed.certificate, key };
  const standing = new Connection({ url, identity: { ...pair, authority: authority.certificate } });
  expect((await beat(pair, { connection: standing })).renewCertificate).toBe(true);
  await sleep(signed.notAfter.getTime() + 1000 - Date.now());
  expect(await refusal(beat(pair, { connection: standing }))).toMatch(/401 .*expired/);
  expect(await refusal(beat(pair))).toMatch(/401 .*expired/);
});

test('a revoked certificate closes at once what stands, and a new enrolment lets the same host in again', async () => {
  const { hostId, identity } = await enrolled('revoked-host');
  const standing = new Connection({ url, identity: { ...identity, authority: authority.certificate } });
  await beat(identity, { connection: standing });
  const waiting = refusal(beat(identity, { connection: standing, waitSeconds: 15 }));
  await sleep(200);
  const began = Date.now();
  await revokeCertificate(ctx, hostId);
  expect(await waiting).toMatch(/401 .*revoked/);
  // At once, beside the fifteen seconds it would have waited.
  expect(Date.now() - began).toBeLessThan(5000);
  expect(await refusal(beat(identity))).toMatch(/401 .*revoked/);

  const { token, keyPin } = await newEnrolment(ctx, { hostId });
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  await enrol(home, { url, keyPin, token });
  expect((await home.findMembership())?.hostId).toBe(hostId);
  await beat((await home.findIdentity())!);
});

test('a certificate request that is not signed by its own key is refused', async () => {
  const { token, keyPin } = await newEnrolment(ctx);
  const mine = certificateRequest(newKey(), 'x');
  const other = certificateRequest(newKey(), 'x');
  // The body of one with the signature of another.
  const bytes = (pem: string) => Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const forged = Buffer.concat([bytes(mine).subarray(0, -60), bytes(other).subarray(-60)]);
  const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${forged.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
  const connection = new Connection({ url, keyPin });
  const body = { token, hostName: 'forger', certificateRequest: pem };
  expect(
    await refusal(
      connection.ask({ method: 'POST', path: '/agent/enrol', body, timeoutSeconds: 5 }, HeartbeatAnswer),
    ),
  ).toMatch(/422/);
  // The token was not used up by it.
  const again = { ...body, certificateRequest: mine };
  expect(
    (await connection.fetch({ method: 'POST', path: '/agent/enrol', body: again, timeoutSeconds: 5 })).status,
  ).toBe(200);
});

test('one host reports and reads nothing of another', async () => {
  const [a, b] = [await enrolled(), await enrolled()];
  const task = await ensureTask(
    { db: database.db, operationId: null },
    { hostId: a.hostId, kind: 'remove-data', key: 'one', input: { directory: '/var/lib/elepherd/x' } },
  );
  expect((await beat(a.identity)).orders).toMatchObject([{ id: task.id }]);
  expect((await beat(b.identity)).orders).toEqual([]);
  const connection = new Connection({ url, identity: { ...b.identity, authority: authority.certificate } });
  const body = { state: 'succeeded', output: { removed: true }, lines: [] };
  const answer = await connection.fetch({
    method: 'POST',
    path: `/agent/tasks/${task.id}/report`,
    body,
    timeoutSeconds: 5,
  });
  expect(JSON.parse(answer.body.toString())).toEqual({ known: false });
  const row = await database.db
    .selectFrom('fleet.task')
    .select('state')
    .where('id', '=', task.id)
    .executeTakeFirstOrThrow();
  expect(row.state).toBe('running');
});

test('another organisation sees and changes nothing', async () => {
  const { hostId } = await enrolled();
  const stranger = await testContext({ may: ['*'] });
  expect((await listHosts(stranger, { limit: 200 })).items).toEqual([]);
  const attempts = [
    () => getHost(stranger, hostId),
    () => updateHost(stranger, hostId, { name: 'stolen' }),
    () => drainHost(stranger, hostId, true),
    () => removeHost(stranger, hostId),
    () => revokeCertificate(stranger, hostId),
    () => newEnrolment(stranger, { hostId }),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('names: a taken one is refused to a person and numbered for a machine', async () => {
  const first = await enrolled('twin-host');
  await expect(newEnrolment(ctx, { hostName: 'twin-host' })).rejects.toMatchObject({ code: 'conflict' });
  const second = await enrolled();
  await expect(updateHost(ctx, second.hostId, { name: 'twin-host' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await updateHost(ctx, first.hostId, { failureDomain: 'rack 1' })).failureDomain).toBe('rack 1');
});

test('a removed host is told to leave, its agent ends for good, and its name is free', async () => {
  const { folder, hostId } = await enrolled('leaving-host');
  const agent = await startAgent(bundle, ['run'], folder);
  await untilOnline(ctx, hostId);
  await removeHost(ctx, hostId);
  await eventually(
    async () => agent.process.exitCode,
    (code) => code === 78,
  );
  expect(agent.said()).toContain('was removed');
  await expect(drainHost(ctx, hostId, true)).rejects.toMatchObject({ code: 'conflict' });
  expect((await newEnrolment(ctx, { hostName: 'leaving-host' })).state).toBe('waiting');
});

test('the server certificate is of our authority and its key stays the same', async () => {
  const again = await makeKeys(database.db);
  expect(again.port.certificate).toBe((await makeKeys(database.db)).port.certificate);
  expect(
    new X509Certificate(again.port.certificate).verify(new X509Certificate(authority.certificate).publicKey),
  ).toBe(true);
});

test('a certificate is renewed before it ends, without the host going offline', async () => {
  const { folder, home, hostId, identity } = await enrolled('renewing-host');
  const agent = await startAgent(bundle, ['run'], folder);
  await untilOnline(ctx, hostId);
  await database.db
    .updateTable('fleet.certificate')
    .set({ not_before: new Date(Date.now() - 61 * dayMs), not_after: new Date(Date.now() + 29 * dayMs) })
    .where('host_id', '=', hostId)
    .execute();
  await sql`select pg_notify(${certificateChannel}, ${hostId})`.execute(database.db);
  const renewed = await eventually(
    () => home.findIdentity(),
    (now) => now?.certificate !== identity.certificate,
    15,
  );
  expect(renewed?.key).not.toBe(identity.key);
  await askHost(database.db, {
    hostId,
    kind: 'remove-data',
    input: { directory: '/var/lib/elepherd/never-was' },
  });
  const rows = await database.db
    .selectFrom('fleet.certificate')
    .select('not_after')
    .where('host_id', '=', hostId)
    .execute();
  expect(rows).toHaveLength(2);
  expect(
    (await getHost(ctx, hostId)).certificateEndsAt! > new Date(Date.now() + 80 * dayMs).toISOString(),
  ).toBe(true);
  await agent.stop();
});

test('an agent killed in the middle of a task does it again when it comes back, and the task ends once', async () => {
  const { folder, hostId } = await enrolled('killed-host');
  const agent = await startAgent(bundle, ['run'], folder);
  await untilOnline(ctx, hostId);
  const order = {
    hostId,
    kind: 'await-patroni' as const,
    key: 'slow',
    input: { name: 'nobody', port: 1, until: 'answers' as const, timeoutSeconds: 4 },
  };
  const asker = { db: database.db, operationId: null };
  await ensureTask(asker, order);
  await eventually(
    () => ensureTask(asker, order),
    (task) => task.state === 'running',
  );
  await sleep(500);
  await agent.stop('SIGKILL');
  expect((await ensureTask(asker, order)).state).toBe('running');
  agent.start();
  const task = await eventually(
    () => ensureTask(asker, order),
    (t) => t.state === 'failed',
    15,
  );
  expect(task.error?.en).toContain('did not come within 4 s');
});

test('heartbeats written in batches: a silent host is lost within 15 seconds and comes back, each told once', async () => {
  const { identity, hostId } = await enrolled('silent-host');
  await beat(identity);
  await eventually(
    () => getHost(ctx, hostId),
    (h) => h.online,
  );
  const began = Date.now();
  await eventually(
    () => getHost(ctx, hostId),
    (h) => !h.online,
    20,
  );
  expect(Date.now() - began).toBeGreaterThan(10_000);
  expect(Date.now() - began).toBeLessThan(15_000);
  await beat(identity);
  await eventually(
    () => getHost(ctx, hostId),
    (h) => h.online,
    3,
  );
  const facts = await database.db
    .selectFrom('platform.event')
    .select('fact')
    .where('subject_id', '=', hostId)
    .orderBy('id')
    .execute();
  expect(facts.map((f) => f.fact)).toEqual(['fleet.host-lost', 'fleet.host-back']);
}, 120_000);
