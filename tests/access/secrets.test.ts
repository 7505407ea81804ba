import { execFileSync } from 'node:child_process';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { buildCluster } from '#src/fleet/server/clusters/build-cluster.operation.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { changeContents } from '#src/fleet/server/contents/change-contents.operation.ts';
import { scripts } from '#src/fleet/server/contents/rules.ts';
import { createEnrolment } from '#src/fleet/server/enrolments/create-enrolment.ts';
import { createSignInLink } from '#src/identity/server/public.ts';
import { rooms } from '#src/main/rooms.ts';
import { createLog } from '#src/platform/server/log.ts';
import { runOperation } from '#src/platform/server/operations/run-operation.ts';
import { FakeFleet } from '#tests/support/fake-fleet.ts';
import { listRoutes, addressOf } from './routes.ts';
import { asSystem, openWorld } from './world.ts';

const world = await openWorld();
const { ours, people, database } = world;
const { db } = database;
const owner = people.owner;
const ctx = asSystem(database, owner.orgId);
const definitions = new Map(rooms.flatMap((room) => room.operations).map((one) => [one.kind, one]));

/** Runs an operation to its end on hosts that do their work. */
async function finish(id: string, fleet: FakeFleet): Promise<string> {
  for (let turn = 0; turn < 300; turn++) {
    await runOperation(db, definitions, id, createLog('test', 'silent'));
    const { state } = await db
      .selectFrom('platform.operation')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (state !== 'running') return state;
    // Secrets are looked for while work is under way, too.
    await lookEverywhere(['fleet.task', 'platform.operation', 'graphile_worker._private_jobs']);
    await fleet.work(ctx);
  }
  throw new Error('it never ends');
}

const secrets = new Map<string, string>();
const found = new Set<string>();

/** Looks for every secret in every row of every table, in what was logged, and in the arguments of every process. */
async function lookEverywhere(only?: readonly string[]): Promise<void> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('platform', 'identity', 'fleet', 'community', 'graphile_worker')`.execute(db);
  for (const { name } of tables.rows.filter((one) => only?.includes(one.name) ?? true)) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db);
    for (const { row } of rows) note(name, row);
  }
  if (only) return;
  note('the log', world.logged.join('\n'));
  note('a process', execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8', maxBuffer: 1e8 }));
}

function note(place: string, text: string): void {
  // Bytes are shown as hex.
  for (const [what, secret] of secrets) {
    const forms = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')];
    if (forms.some((form) => text.includes(form))) found.add(`${what} in ${place}`);
  }
}

/** A mail is where this one secret is meant to be, until it is sent. */
const meant = ['the token of an invitation in platform.mail', 'the token of a reset in platform.mail'];

test('a search that cannot fail proves nothing', async () => {
  secrets.set('a name', 'The owner');
  await lookEverywhere();
  expect([...found]).toContain('a name in identity.account');
  secrets.clear();
  found.clear();
});

test('no secret of a whole flow stands anywhere but in the one answer that shows it', async () => {
  const fleet = new FakeFleet();
  const keep = async (what: string, path: string, body: unknown, read: (answer: never) => string) => {
    const answer = await owner.call('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path} ${answer.status} ${await answer.text()}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const said = (await answer.json()) as never;
    const secret = read(said);
    expect(secret.length).toBeGreaterThan(12);
    secrets.set(what, secret);
    return said as { id: string; operationId: string };
  };

  // People and programs.
  await keep(
    'the token of a key',
    '/api/identity/keys',
    { name: 'k', scopes: ['*'], daysValid: 1 },
    (a: { token: string }) => a.token,
  );
  const link = await createSignInLink(db, world.config);
  secrets.set('the token of a sign-in link', new URL(link).hash.slice(1));
  const password = 'correct horse battery staple';
  secrets.set('a password', password);
  expect((await owner.call('POST', '/api/identity/account/password', { newPassword: password })).status).toBe(
    204,
  );
  await people.viewer.call('POST', '/api/identity/sign-in/password', { email: owner.email, password });
  secrets.set('a wrong password', 'tr0ub4dor&3 wrong');
  await people.viewer.call('POST', '/api/identity/sign-in/password', {
    email: owner.email,
    password: 'tr0ub4dor&3 wrong',
  });
  await owner.call('POST', '/api/identity/invitations', { email: 'late@example.com', role: 'viewer' });
  const tokenOf = async (like: string) => {
    const mail = await db
      .selectFrom('platform.mail')
      .select('text')
      .where('text', 'like', `%${like}%`)
      .orderBy('created_at', 'desc')
      .executeTakeFirst();
    return /token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  };
  secrets.set('the token of an invitation', await tokenOf('/invitation?'));
  await owner.call('POST', '/api/identity/password-reset', { email: people.viewer.email });
  await expect.poll(() => tokenOf('/reset-password?')).not.toBe('');
  secrets.set('the token of a reset', await tokenOf('/reset-password?'));
  secrets.set(
    'a session',
    decodeURIComponent(people.viewer.cookies.get('elepherd_session') ?? '').split('.')[1] ?? '',
  );

  // Hosts and clusters.
  const enrolment = await createEnrolment(ctx, {});
  secrets.set('the token of an enrolment', /ELEPHERD_TOKEN=(\S+);/.exec(enrolment.command)?.[1] ?? '');
  const made = await owner.call('POST', '/api/fleet/clusters', {
    name: 'secretive',
    hostIds: [ours.hosts[1], ours.hosts[2], ours.hosts[3]],
  });
  expect(made.status).toBe(202);
  const cluster = (await made.json()) as { id: string; operationId: string };
  const build = await getClusterBuild(db, cluster.id);
  for (const [name, secret] of Object.entries(build.spec.passwords))
    secrets.set(`the password of ${name}`, secret);
  secrets.set('the password of app', build.appPassword);
  const body = (pem: string) => pem.split('\n')[1] ?? '';
  secrets.set('the key of the authority', body(build.authority.key));
  secrets.set('the key of a member', body(build.members[0]?.pair.key ?? ''));
  expect(await finish(cluster.operationId, fleet)).toBe('succeeded');
  const path = `/api/fleet/clusters/${cluster.id}`;
  await keep(
    'the URL',
    `${path}/connection/url`,
    {},
    (a: { url: string }) => /:([^:@/]+)@/.exec(a.url)?.[1] ?? '',
  );
  const { operationId } = await keep(
    'the password of a role',
    `${path}/roles`,
    { name: 'anna' },
    (a: { password: string }) => a.password,
  );
  expect(await finish(operationId, fleet)).toBe('succeeded');
  const reset = await keep(
    'the new password of a role',
    `${path}/roles/anna/password`,
    undefined,
    (a: { password: string }) => a.password,
  );
  expect(await finish(reset.operationId, fleet)).toBe('succeeded');

  await lookEverywhere();
  expect([...found].filter((one) => !meant.includes(one)).sort()).toEqual([]);

  // Not even to PostgreSQL: a statement may end up in a log.
  for (const { variables } of fleet.scripts) note('a statement', JSON.stringify(variables));
  expect([...found].filter((one) => one.endsWith('a statement'))).toEqual([]);
  expect(fleet.scripts.length).toBeGreaterThan(2);
  expect(Object.keys(scripts)).toContain('create-role');
  expect([buildCluster.kind, changeContents.kind].every((kind) => definitions.has(kind))).toBe(true);

  // What the API shows of it all.
  const person = await world.signIn(owner.accountId);
  // Meanwhile hosts go on answering what a page asks of them.
  let working = Promise.resolve();
  const timer = setInterval(() => void (working = working.then(() => fleet.work(ctx))), 30);
  const things = { ...ours, cluster: cluster.id, operation: cluster.operationId };
  for (const described of listRoutes(world).filter(({ method }) => method === 'GET')) {
    const answer = await person.call('GET', addressOf(described, things));
    note(`GET ${described.path}`, await answer.text());
  }
  clearInterval(timer);
  await working;
  const inAnswers = [...found].filter((one) => one.includes(' in GET '));
  expect(inAnswers).toEqual([]);
}, 60_000);
