import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { publishRelease } from '#src/fleet/server/agents/publish-release.ts';
import { makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { getHost } from '#src/fleet/server/hosts/queries.ts';
import { eventually, newEnrolment, openAgentPort, untilOnline } from '#tests/support/agent-port.ts';
import { database, testContext } from '#tests/support/context.ts';
import { Connection } from './connection.ts';
import { findText, writeWhole } from './files.ts';
import { AgentHome } from './home.ts';
import { enrol } from './install.ts';
import { launcherText } from './launcher.ts';
import { fetchUpdate, pointTo } from './self-update.ts';

const { url, bundle } = await openAgentPort();
const ctx = await testContext({ may: ['*'] });
const { release } = await makeKeys(database.db);
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const variant = (words: string) => Buffer.from(`${bundle.toString()}\n// ${words}\n`);

/** A host as the pasted command leaves it, under its launcher; with a short trial. */
const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-update-')));
let said = '';

const { token, keyPin } = await newEnrolment(ctx);
await enrol(home, { url, keyPin, token });
const { hostId } = (await home.findMembership())!;
await mkdir(home.path('versions'), { recursive: true });
await mkdir(home.path('bin'));
await symlink(process.execPath, home.path('bin', 'node'));
await writeFile(home.path('versions', `${hash(bundle)}.mjs`), bundle);
await pointTo(home, 'current', `versions/${hash(bundle)}.mjs`);
await writeWhole(home.path('launch'), launcherText(home.folder, 4), { mode: 0o755 });
const launcher: ChildProcess = spawn('/bin/sh', [home.path('launch'), '--forever'], {
  stdio: ['ignore', 'pipe', 'pipe'],
});
afterAll(async () => {
  launcher.kill('SIGTERM');
  await new Promise((resolve) => launcher.once('exit', resolve));
  await rm(home.folder, { recursive: true, force: true });
});
for (const stream of [launcher.stdout, launcher.stderr])
  stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
await untilOnline(ctx, hostId);

const runs = (version: string) =>
  eventually(
    () => getHost(ctx, hostId),
    (h) => h.online && h.agentVersion === version,
    25,
  );
const newest = variant('newer');

test('a newer agent is fetched, started in place of the old one, and stays', async () => {
  const { version } = await publishRelease(database.db, release.privateKey, newest);
  await runs(version);
  expect(await findText(home.path('trial'))).toBeUndefined();
  expect(await readdir(home.path('versions'))).toContain(`${hash(bundle)}.mjs`);
});

test('an agent that dies at its start three times gives way to the one before, and is not fetched again', async () => {
  const broken = Buffer.from(`throw new Error('broken on purpose');\n`);
  await publishRelease(database.db, release.privateKey, broken);
  await eventually(
    async () => said,
    (text) => text.includes(`agent ${hash(broken)} was not heard`),
    25,
  );
  await runs(hash(newest));
  expect(said.match(/broken on purpose/g)!.length).toBeGreaterThanOrEqual(3);
  expect(await findText(home.path('rejected.json'))).toContain(hash(broken));
});

test('an agent that starts but is never heard gives way too', async () => {
  const deaf = Buffer.from(`setInterval(() => {}, 1000);\n`);
  await publishRelease(database.db, release.privateKey, deaf);
  await eventually(
    async () => said,
    (text) => text.includes(`agent ${hash(deaf)} was not heard`),
    25,
  );
  await runs(hash(newest));
});

test('an agent that the release key did not sign is not fetched', async () => {
  const forged = variant('forged');
  const other = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await publishRelease(database.db, other.privateKey, forged);
  await eventually(
    async () => said,
    (text) => text.includes(`${hash(forged)} is not signed by the release key`),
    15,
  );
  expect(await readdir(home.path('versions'))).not.toContain(`${hash(forged)}.mjs`);
  expect((await getHost(ctx, hostId)).agentVersion).toBe(hash(newest));
});

test('a program that is not what was signed is not kept', async () => {
  const signed = variant('signed');
  const { version } = await publishRelease(database.db, release.privateKey, signed);
  await database.db
    .updateTable('fleet.agent_release')
    .set({ bundle: variant('swapped') })
    .where('version', '=', version)
    .execute();
  const membership = (await home.findMembership())!;
  const identity = { ...(await home.findIdentity())!, authority: membership.authority };
  const connection = new Connection({ url, identity });
  // The server asks which agent is wished once a second.
  await sleep(1100);
  await expect(fetchUpdate(home, connection, membership.releaseKey)).rejects.toThrow('has the hash');
  expect(await readdir(home.path('versions'))).not.toContain(`${version}.mjs`);
});
