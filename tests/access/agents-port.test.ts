import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Connection } from '#src/fleet/agent/connection.ts';
import { AgentHome } from '#src/fleet/agent/home.ts';
import { enrol } from '#src/fleet/agent/install.ts';
import { keepable, needsCleaning } from '#src/fleet/server/agents/text.rules.ts';
import { serveAgents } from '#src/fleet/server/agents/serve-agents.ts';
import { keyPinOf, makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { revokeCertificate } from '#src/fleet/server/certificates/revoke-certificate.ts';
import { getHost } from '#src/fleet/server/hosts/queries.ts';
import { createAuthority, issueKeyPair, type KeyPair } from '#src/platform/server/x509.ts';
import { eventually, newEnrolment, openAgentPort } from '#tests/support/agent-port.ts';
import { database, testContext } from '#tests/support/context.ts';
import { someFacts } from '#tests/support/hosts.ts';

const logged: string[] = [];
const keep = (_: object, message: string) => void logged.push(message);
const { url } = await openAgentPort({ log: { debug: keep, info: keep, warn: keep, error: keep } });
const ctx = await testContext({ may: ['*'] });
const keys = await makeKeys(database.db);
const { authority } = keys;

/** What needs no certificate: the script that a new machine runs, and enrolling with a one-time token. */
const open = ['GET /agent/install.sh', 'POST /agent/enrol'];
/** What the script fetches with the token alone. */
const byToken = ['GET /agent/bundle/:version', 'GET /agent/node', 'GET /agent/release'];

const agents = serveAgents({
  db: database.db,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  keys,
  keyPin: keyPinOf(keys.port.certificate),
  nodeProgram: async () => ({ bytes: () => new ReadableStream(), sha256: '' }),
});
const routes = [
  ...new Set(
    agents.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  ),
].sort();
await agents.stop();

async function enrolled() {
  const { token, keyPin } = await newEnrolment(ctx);
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  await enrol(home, { url, keyPin, token });
  const membership = await home.findMembership();
  const identity = await home.findIdentity();
  if (!membership || !identity) throw new Error('not enrolled');
  return { hostId: membership.hostId, identity, keyPin };
}

const connect = (pair: KeyPair) =>
  new Connection({ url, identity: { ...pair, authority: authority.certificate } });

async function ask(
  connection: Connection,
  route: string,
  body: unknown = {},
  headers?: Record<string, string>,
) {
  const [method = '', path = ''] = route.split(' ');
  const answer = await connection.fetch({
    method: method as 'GET',
    path: path.replace(':version', 'a'.repeat(64)).replace(':id', crypto.randomUUID()),
    ...(method === 'POST' && { body }),
    ...(headers && { headers }),
    timeoutSeconds: 10,
  } as Parameters<Connection['fetch']>[0]);
  return answer.status;
}

test('the port answers these addresses and no others', () => {
  expect(routes).toEqual([
    'GET /agent/bundle/:version',
    'GET /agent/install.sh',
    'GET /agent/node',
    'GET /agent/release',
    'POST /agent/enrol',
    'POST /agent/guardian',
    'POST /agent/happenings',
    'POST /agent/heartbeat',
    'POST /agent/metrics',
    'POST /agent/renew',
    'POST /agent/tasks/:id/report',
  ]);
});

test('every address that is not for newcomers wants a certificate of ours that stands', async () => {
  const { hostId, identity, keyPin } = await enrolled();
  const wish = { commonName: hostId, validMs: 86_400_000, usages: ['client'] as const };
  const refused: [string, Connection][] = [
    ['none', new Connection({ url, keyPin })],
    ['of another authority', connect(await issueKeyPair(await createAuthority('Elepherd'), wish))],
    ['signed by ours and never given out', connect(await issueKeyPair(authority, wish))],
    ['made by itself', connect(await createAuthority(hostId))],
    ['revoked', connect(identity)],
  ];
  await revokeCertificate(ctx, hostId);
  for (const [what, connection] of refused) {
    for (const route of routes.filter((one) => !open.includes(one))) {
      expect(await ask(connection, route), `${what}: ${route}`).toBe(401);
    }
  }
  expect((await getHost(ctx, hostId)).online).toBe(false);
});

test('a token that is none opens nothing, neither beside a certificate nor without one', async () => {
  const { identity, keyPin } = await enrolled();
  const bare = new Connection({ url, keyPin });
  const headers = { authorization: `Bearer ${'x'.repeat(32)}` };
  for (const route of byToken) {
    const status = await bareStatus(route, headers);
    expect(status, route).toBe(403);
  }
  expect(
    await ask(bare, 'POST /agent/enrol', { token: 'x'.repeat(32), hostName: 'h', certificateRequest: 'c' }),
  ).toBe(403);
  expect(await ask(connect(identity), 'GET /agent/release')).toBe(200);
});

/** With headers of one's own, which an agent's connection does not send. */
async function bareStatus(route: string, headers: Record<string, string>): Promise<number> {
  const { request } = await import('node:https');
  const [method, path = ''] = route.split(' ');
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}${path.replace(':version', 'a'.repeat(64))}`,
      { method, headers, rejectUnauthorized: false, agent: false },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}

test('what one host says, however broken, does not stand in the way of the others', async () => {
  const [bad, good] = [await enrolled(), await enrolled()];
  const beat = (pair: KeyPair, kernel: string, bootId: string) =>
    ask(connect(pair), 'POST /agent/heartbeat', {
      bootId,
      agentVersion: 'source',
      waitSeconds: 0,
      clockMs: Date.now(),
      known: [],
      resync: true,
      facts: someFacts({ kernel, parts: { 'a\u0000b': { installed: 'x\ud800', offered: null } } }),
    });
  expect(await beat(bad.identity, 'six\u0000', 'boot\u0000')).toBe(200);
  expect(await beat(good.identity, 'seven', 'boot')).toBe(200);
  const host = await eventually(
    () => getHost(ctx, good.hostId),
    (one) => one.facts !== null,
    5,
  );
  expect(host.facts?.kernel).toBe('seven');
  expect((await getHost(ctx, bad.hostId)).facts?.kernel).toBe('six\ufffd');
  expect(logged).not.toContain('heartbeats could not be written; they are kept');
});

test('an address that would add a line to the files of others is not taken from a new host', async () => {
  const { token, keyPin } = await newEnrolment(ctx);
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  for (const address of [
    '10.0.0.1 trust\nhost all all all trust',
    '0.0.0.0/0',
    'all',
    '10.0.0.1:5432 check',
  ]) {
    await expect(enrol(home, { url, keyPin, token, address })).rejects.toThrow();
  }
  // Nothing was used up by it.
  await enrol(home, { url, keyPin, token, address: '10.0.0.1' });
  const { hostId } = (await home.findMembership())!;
  expect((await getHost(ctx, hostId)).address).toBe('10.0.0.1');
});

test('only what is broken is replaced', () => {
  const said = { a: ['x\u0000y', 'z\ud800', '🐘'], b: { '\u0000': 1 }, c: null };
  expect(needsCleaning(JSON.stringify(said))).toBe(true);
  expect(keepable(said)).toEqual({ a: ['x\ufffdy', 'z\ufffd', '🐘'], b: { '\ufffd': 1 }, c: null });
  expect(needsCleaning(JSON.stringify({ kernel: '6.12', name: 'größe 🐘' }))).toBe(false);
});
