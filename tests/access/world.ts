// Over 300 lines: two organisations with one of each thing, made in one place.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { sql, type Kysely } from 'kysely';
import { afterAll } from 'vitest';
import { raiseAlert } from '#src/fleet/server/alerts/raise-alert.ts';
import { noTemplate } from '#src/fleet/server/sandboxes/rules.ts';
import type { DB } from '#src/platform/server/db.ts';
import { createPolicy } from '#src/fleet/server/backups/create-policy.ts';
import { enableBackups } from '#src/fleet/server/backups/enable-backups.ts';
import { createCluster } from '#src/fleet/server/clusters/create-cluster.ts';
import { createEnrolment } from '#src/fleet/server/enrolments/create-enrolment.ts';
import { notePort } from '#src/fleet/server/enrolments/note-port.ts';
import { createExternal } from '#src/fleet/server/logical-backups/create-external.ts';
import { createRepository } from '#src/fleet/server/repositories/create-repository.ts';
import { roles, type Role } from '#src/identity/contract/roles.ts';
import { operatesElepherd, startIdentity } from '#src/identity/server/public.ts';
import { rooms } from '#src/main/rooms.ts';
import { type ApiOptions, createApi } from '#src/platform/server/api.ts';
import { readConfig, type Config } from '#src/platform/server/config.ts';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { knowOperators } from '#src/platform/server/operators.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { someHost } from '#tests/support/hosts.ts';
import type { OpenApiDocument } from '#tests/support/openapi.ts';
import { type CommunityThings, makeCommunityThings } from './community-things.ts';

/** Sends requests as somebody; a plain object becomes a JSON body. */
export type Caller = {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
};
export type Person = Caller & {
  accountId: string;
  email: string;
  orgId: string;
  cookies: Map<string, string>;
};

/** One of each thing an organisation can have, by the path parameter that names it. */
export type Things = {
  orgId: string;
  hosts: string[];
  cluster: string;
  clusterName: string;
  member: string;
  operation: string;
  sandbox: string;
  alert: string;
  alertRule: string;
  alertChannel: string;
  silence: string;
  rota: string;
  override: string;
  template: string;
  /** A repository and a policy that no plan uses; the cluster's plan has others. */
  repository: string;
  policy: string;
  external: string;
  restore: string;
  drill: string;
  mail: string;
  file: string;
  invitation: string;
  key: string;
  enrolment: string;
  session: string;
  passkey: string;
  account: string;
  community: CommunityThings;
};

export type World = {
  database: TestDatabase;
  app: OpenAPIHono<ApiEnv>;
  config: Config;
  home: string;
  document: OpenApiDocument & { paths: Record<string, Record<string, Route>> };
  people: Record<Role, Person>;
  stranger: Person;
  /** Signed up by themself: an account without an organisation. */
  alone: Person;
  anonymous: Caller;
  adminToken: Caller;
  /** An API key of the owner that may only read clusters. */
  key: Caller & { scope: string };
  ours: Things;
  theirs: Things;
  /** Every line that was logged so far. */
  logged: string[];
  signIn(accountId: string): Promise<Person>;
};

/** A route as the API's own description has it. */
export type Route = {
  'x-access'?: string;
  parameters?: { in: string; name: string; required?: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
};
export type JsonSchema = {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema;
  items?: JsonSchema;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  minimum?: number;
  default?: unknown;
};

/**
 * The whole API with real sign-in and two organisations: ours has a person of each role and one of each thing, theirs an
 * owner and the same things.
 */
export async function openWorld(env: Record<string, string> = {}): Promise<World> {
  const database = await testDatabase();
  const { db } = database;
  const home = await mkdtemp(join(tmpdir(), 'elepherd-access-'));
  const config = readConfig({
    ELEPHERD_HOME: home,
    PUBLIC_URL: 'http://localhost:7433',
    SIGN_UP: 'open',
    ...env,
  });
  const logged: string[] = [];
  const say = (fields: object, message: string) => void logged.push(`${message} ${inspectable(fields)}`);
  const { app, stop } = await startApi(db, config, { debug: say, info: say, warn: say, error: say });
  afterAll(async () => {
    stop();
    await rm(home, { recursive: true, force: true });
  });

  const signIn = async (accountId: string): Promise<Person> => {
    const token = randomBytes(32).toString('base64url');
    const token_hash = createHash('sha256').update(token).digest();
    await db
      .insertInto('identity.sign_in_link')
      .values({ account_id: accountId, token_hash, expires_at: sql<Date>`now() + interval '5 minutes'` })
      .execute();
    const browser = reader(app);
    const answer = await browser.call('POST', '/api/identity/sign-in/link', { token });
    if (answer.status !== 200) throw new Error(`not signed in: ${await answer.text()}`);
    const { email } = await db
      .selectFrom('identity.account')
      .select('email')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    const membership = await db
      .selectFrom('identity.membership')
      .select('org_id')
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return { ...browser, accountId, email, orgId: membership?.org_id ?? noOrg };
  };
  const account = async (who: string) => {
    const { id } = await db
      .insertInto('identity.account')
      .values({ name: `The ${who}`, email: `${who}-${randomUUID()}@example.com`, email_verified: true })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  };
  const join_ = async (orgId: string, role: Role): Promise<Person> => {
    const accountId = await account(role);
    await db
      .insertInto('identity.membership')
      .values({ org_id: orgId, account_id: accountId, role })
      .execute();
    return signIn(accountId);
  };
  const organisation = async (name: string) =>
    (await db.insertInto('identity.organisation').values({ name }).returning('id').executeTakeFirstOrThrow())
      .id;

  await notePort(db, { urls: ['https://127.0.0.1:7434'], keyPin: Buffer.alloc(32).toString('base64') });
  await db
    .insertInto('platform.worker')
    .values({ id: randomUUID(), name: 'test', seen_at: sql<Date>`now() + interval '1 hour'` })
    .execute();
  const us = await organisation('Ours');
  const people = {} as Record<Role, Person>;
  for (const role of roles) people[role] = await join_(us, role);
  const stranger = await join_(await organisation('Theirs'), 'owner');
  const scope = 'fleet.cluster.read';
  const made = await people.owner.call('POST', '/api/identity/keys', {
    name: 'one scope',
    scopes: [scope],
    daysValid: null,
  });
  const { token } = (await made.json()) as { token: string };
  const { readFile } = await import('node:fs/promises');
  const adminToken = (await readFile(join(home, 'admin-token'), 'utf8')).trim();
  return {
    database,
    app,
    config,
    home,
    document: (await (await app.request('/api/openapi.json')).json()) as World['document'],
    people,
    stranger,
    alone: await signIn(await account('newcomer')),
    anonymous: reader(app),
    adminToken: bearer(app, adminToken),
    key: { ...bearer(app, token), scope },
    ours: await makeThings(database, people.owner, 'ours'),
    theirs: await makeThings(database, stranger, 'theirs'),
    logged,
    signIn,
  };
}

/** The whole API with real sign-in, as a server has it. */
export async function startApi(
  db: Kysely<DB>,
  config: Config,
  log: ApiOptions['log'],
): Promise<{ app: OpenAPIHono<ApiEnv>; stop: () => void }> {
  const vault = await createVault(config.home);
  setVault(vault);
  setFilePlace(openFilePlace(config));
  knowOperators(operatesElepherd);
  const permissions = rooms.flatMap((room) => room.permissions);
  const { authenticate, stop } = await startIdentity({ db, config, vault, permissions });
  return { app: createApi({ db, rooms, authenticate, config, log }), stop };
}

/** Errors hold what they hold outside their own fields too. */
function inspectable(fields: object): string {
  return JSON.stringify(fields, (_, value: unknown) =>
    value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
  );
}

/** A browser: it keeps cookies and sends the header our own pages send. */
export function reader(app: OpenAPIHono<ApiEnv>): Caller & { cookies: Map<string, string> } {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call(method, path, body, headers = {}) {
      const cookie = [...cookies].map(([k, v]) => `${k}=${v}`).join('; ');
      const answer = await send(app, method, path, body, {
        'x-elepherd-csrf': '1',
        ...(cookie !== '' && { cookie }),
        ...headers,
      });
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const [name = '', ...value] = pair.split('=');
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value.join('='));
      }
      return answer;
    },
  };
}

/** A program with a token. */
export function bearer(app: OpenAPIHono<ApiEnv>, token: string): Caller {
  return {
    call: (method, path, body, headers = {}) =>
      send(app, method, path, body, { authorization: `Bearer ${token}`, ...headers }),
  };
}

function send(
  app: OpenAPIHono<ApiEnv>,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
) {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  return Promise.resolve(
    app.request(`http://localhost:7433${path}`, {
      method,
      headers: { ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
    } as RequestInit),
  );
}

/** A context that may do everything as this person's organisation. */
export function asSystem({ db }: TestDatabase, orgId: string): Context {
  return systemContext(db, orgId);
}

async function makeThings(database: TestDatabase, owner: Person, word: string): Promise<Things> {
  const { db } = database;
  const ctx = asSystem(database, owner.orgId);
  const hosts: string[] = [];
  for (let i = 1; i <= 4; i++) hosts.push(await someHost(ctx, `${word}-host-${i}`));
  const cluster = await createCluster(ctx, { name: `${word}-orders`, hostIds: [hosts[0] ?? ''] });
  // Ready, as after its operation: so that commands reach what they really do.
  await db
    .updateTable('platform.operation')
    .set({ state: 'failed', ended_at: sql<Date>`now()` })
    .where('subject_id', '=', cluster.id)
    .execute();
  await db.updateTable('fleet.cluster').set({ phase: 'ready' }).where('id', '=', cluster.id).execute();
  await db.updateTable('fleet.member').set({ phase: 'ready' }).where('cluster_id', '=', cluster.id).execute();
  const [repository, policy] = [[], []] as [string[], string[]];
  for (const name of ['used', 'spare']) {
    const place = { kind: 'path' as const, path: `/mnt/${word}/${name}` };
    repository.push((await createRepository(ctx, { name: `${word}-${name}`, place })).id);
    policy.push((await createPolicy(ctx, { name: `${word}-${name}` })).id);
  }
  await enableBackups(ctx, cluster.id, { policy: policy[0]!, repositories: [repository[0]!] });
  await db
    .updateTable('platform.operation')
    .set({ state: 'failed', ended_at: sql<Date>`now()` })
    .where('kind', '=', 'fleet.enable-backups')
    .execute();
  await db
    .updateTable('fleet.backup_plan')
    .set({ state: 'on' })
    .where('cluster_id', '=', cluster.id)
    .execute();
  const sandbox = await db
    .insertInto('fleet.sandbox')
    .values({
      org_id: owner.orgId,
      host_id: hosts[1] ?? '',
      pg_version: 17,
      template: noTemplate.name,
      template_digest: noTemplate.digest,
      memory_backed: false,
      limits: JSON.stringify({
        memoryMb: 64,
        cpuCores: 1,
        diskMb: 64,
        connections: 5,
        statementSeconds: 10,
      }),
      memory_mb: 64,
      disk_mb: 64,
      made_by: owner.accountId,
      made_by_name: 'The owner',
      expires_at: sql<Date>`now() + interval '1 hour'`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const alert = await inTransaction(ctx, (tx) =>
    raiseAlert(tx, {
      rule: 'host-silent',
      severity: 'critical',
      labels: { host: word },
      value: 0,
      source: 'engine',
    }),
  );
  // Written here: taking one over the API asks the metrics store.
  const alertRule = await db
    .insertInto('fleet.alert_rule')
    .values({
      org_id: owner.orgId,
      name: `${word}-rule`,
      expression: 'up == 0',
      severity: 'info',
      created_by_name: 'The owner',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const idOf = async (answer: Response) => {
    if (answer.status !== 201) throw new Error(`not made: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { id: string }).id;
  };
  const template = `${word}-lesson`;
  await idOf(await owner.call('POST', '/api/fleet/sandbox-templates', { name: template }));
  const member = await db
    .insertInto('identity.account')
    .values({ name: 'A colleague', email: `colleague-${word}@example.com` })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('identity.membership')
    .values({ org_id: owner.orgId, account_id: member.id, role: 'viewer' })
    .execute();
  const session = await db
    .insertInto('identity.session')
    .values({
      token: randomUUID(),
      account_id: owner.accountId,
      expires_at: sql<Date>`now() + interval '1 day'`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const passkey = await db
    .insertInto('identity.passkey')
    .values({
      account_id: owner.accountId,
      name: 'key',
      credential_id: randomUUID(),
      public_key: 'x',
      counter: 0,
      device_type: 'singleDevice',
      backed_up: false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const alertChannel = await idOf(
    await owner.call('POST', '/api/fleet/alert-channels', {
      name: `${word}-mail`,
      kind: 'mail',
      recipients: ['team@example.com'],
    }),
  );
  const silence = await idOf(
    await owner.call('POST', '/api/fleet/silences', { reason: 'Work', minutes: 30, hostId: hosts[3] }),
  );
  const rota = await idOf(
    await owner.call('POST', '/api/fleet/on-call', {
      name: `${word}-rota`,
      timeZone: 'Asia/Shanghai',
      handOver: '09:00',
      turnDays: 7,
      startsOn: '2026-11-23',
      accountIds: [owner.accountId],
    }),
  );
  const override = await db
    .insertInto('fleet.on_call_override')
    .values({
      rota_id: rota,
      account_id: owner.accountId,
      starts_at: sql<Date>`now()`,
      ends_at: sql<Date>`now() + interval '1 day'`,
      created_by_name: 'The owner',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    orgId: owner.orgId,
    alert,
    alertRule: alertRule.id,
    alertChannel,
    silence,
    rota,
    override: override.id,
    hosts,
    cluster: cluster.id,
    clusterName: cluster.name,
    member: cluster.members[0]?.id ?? '',
    operation: cluster.operationId ?? '',
    sandbox: sandbox.id,
    template,
    repository: repository[1]!,
    policy: policy[1]!,
    external: (
      await createExternal(ctx, {
        name: `${word}-legacy`,
        dsn: 'postgresql://app:correct-horse@db.example.com:5432/app',
        hostId: hosts[0] ?? '',
        folder: '/mnt/dumps',
      })
    ).id,
    ...(await someRestores(db, cluster.id)),
    mail: await sendMail(db, { orgId: owner.orgId, to: 'ada@example.com', subject: word, text: word }),
    file: await idOf(
      await owner.call('POST', `/api/platform/files?name=${word}.txt`, new TextEncoder().encode('words'), {
        'content-type': 'application/octet-stream',
      }),
    ),
    invitation: await idOf(
      await owner.call('POST', '/api/identity/invitations', {
        email: `new-${word}@example.com`,
        role: 'viewer',
      }),
    ),
    key: await idOf(
      await owner.call('POST', '/api/identity/keys', { name: word, scopes: ['fleet.*'], daysValid: 1 }),
    ),
    enrolment: (await createEnrolment(ctx, {})).id,
    session: session.id,
    passkey: passkey.id,
    account: member.id,
    community: await makeCommunityThings(
      database,
      { orgId: owner.orgId, owner: owner.accountId, colleague: member.id },
      word,
    ),
  };
}

/** A restore and a drill of a cluster, both over. */
async function someRestores(db: Kysely<DB>, clusterId: string): Promise<{ restore: string; drill: string }> {
  const plan = await db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.backup_plan_repository as r', 'r.plan_id', 'p.id')
    .innerJoin('fleet.member as m', 'm.cluster_id', 'p.cluster_id')
    .select(['p.id', 'p.org_id', 'r.repository_id', 'm.host_id'])
    .where('p.cluster_id', '=', clusterId)
    .limit(1)
    .executeTakeFirstOrThrow();
  const common = {
    org_id: plan.org_id,
    cluster_id: clusterId,
    plan_id: plan.id,
    label: '20261122-010000F',
    repository_id: plan.repository_id,
    needs_bytes: 1,
    host_id: plan.host_id,
    directory: '/var/lib/postgresql/17/scratch-1',
    started_by: 'Ada',
    ended_at: new Date(),
  };
  const restore = await db
    .insertInto('fleet.restore')
    .values({ ...common, kind: 'scratch', state: 'removed' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const drill = await db
    .insertInto('fleet.drill')
    .values({ ...common, planned: false, state: 'cancelled', port: 5432 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { restore: restore.id, drill: drill.id };
}
