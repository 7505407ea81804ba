// Over 300 lines: each route with what it wants to find, in one list.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { tinyPng } from '#tests/support/pictures.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { letHostsAnswer } from './answering-hosts.ts';
import { bodiesOfCases } from './moderation-things.ts';
import { prepareWishThings } from './wish-things.ts';
import { prepareGovernmentThings } from './government-things.ts';
import { prepareOrganisationThings } from './organisation-things.ts';
import { addressOf, type Described, listRoutes, sampleBody } from './routes.ts';
import { type Caller, openWorld, type Person, reader } from './world.ts';

const world = await openWorld();
await letHostsAnswer(world);
const { ours, people, document, database } = world;
const { db } = database;
const routes = listRoutes(world);
const line = ({ method, path }: Described) => `${method} ${path}`;

/** Success needs an authenticator, a company's sign-in server or a running machine: tested where those are. */
const elsewhere = [
  // Need a jury, votes that are due, members who are known: the tests of the MVP do all of it.
  'POST /api/community/mvp',
  'POST /api/community/mvp/{round}/nominees',
  'POST /api/community/mvp/{round}/publish',
  'PUT /api/community/mvp/nominees/{nominee}/score',
  'POST /api/community/mvp/nominees/{nominee}/revoke',
  // The one of the walk was sent by then.
  'DELETE /api/community/redemptions/{redemption}',
  // The only owner of an organisation hands over first.
  'POST /api/community/privacy/erasure',
  // Need a mail's link or a browser that was subscribed.
  'GET /api/community/notifications/unsubscribe',
  'POST /api/community/notifications/unsubscribe',
  'POST /api/community/notifications/push/remove',
  // Its kind is one of its own.
  'GET /api/community/sitemaps/slice',
  // Need a recording, a live session to come, a series of one's own.
  'GET /api/community/media/{article}/sound',
  'PUT /api/community/media/{article}/reminder',
  'PUT /api/community/series/{series}',
  // Need a case study of an organisation that one manages.
  'PUT /api/community/case-studies/{article}/approval',
  'DELETE /api/community/case-studies/{article}/approval',
  // Need a case study with a file: the tests of downloads do all of it.
  'GET /api/community/downloads/{article}',
  'GET /api/community/downloads/{article}/file',
  'PUT /api/community/downloads/{article}',
  'PUT /api/community/downloads/{article}/file',
  'DELETE /api/community/downloads/{article}',
  'POST /api/community/downloads/{article}/leads',
  'POST /api/community/downloads/{article}/confirm',
  'DELETE /api/community/leads/{slug}/{lead}',
  'GET /api/identity/sign-in/callback/oidc',
  'GET /api/identity/sign-in/callback/github',
  // Asks the metrics store, which is not here.
  'GET /api/fleet/metrics/panels/{name}',
  'GET /api/fleet/metrics/statements',
  'GET /api/fleet/metrics/tables',
  'GET /api/fleet/metrics/scrape',
  'POST /api/fleet/alert-rules',
  'POST /api/fleet/alert-rules/test',
  'POST /api/fleet/clusters/{cluster}/members',
  'POST /api/fleet/clusters/{cluster}/switchover',
  'POST /api/fleet/clusters/{cluster}/members/{member}/rebuild',
  'DELETE /api/fleet/clusters/{cluster}/members/{member}',
  'POST /api/fleet/clusters/{cluster}/undelete',
  // Need backups that lead somewhere, and a drill that was judged.
  'POST /api/fleet/clusters/{cluster}/restores',
  'POST /api/fleet/clusters/{cluster}/drills',
  'POST /api/fleet/restores/{restore}/clean',
  'POST /api/fleet/restores/{restore}/take',
  'GET /api/fleet/drills/{drill}/evidence',
  'GET /api/fleet/drills/{drill}/evidence.html',
  'GET /api/fleet/drills/{drill}/evidence.pdf',
  'POST /api/fleet/sandboxes',
  'POST /api/fleet/sandboxes/{id}/reset',
  'POST /api/fleet/sandboxes/{id}/extend',
  // Needs a language model.
  'POST /api/community/suggestions/{question}',
  'POST /api/identity/account/set-up',
  'POST /api/identity/passkeys',
  'POST /api/identity/second-factor/confirm',
  'POST /api/identity/second-factor/disable',
  'POST /api/identity/second-factor/recovery-codes',
  'POST /api/identity/sign-in/github',
  'POST /api/identity/sign-in/oidc',
  'POST /api/identity/sign-in/passkey',
  'POST /api/identity/sign-in/second-factor',
];

const hash = (token: string) => createHash('sha256').update(token).digest();
const password = 'correct horse battery';

/** Bodies that only this world knows. */
const bodies: Record<string, () => Promise<unknown>> = {
  ...bodiesOfCases(db, async () => ({
    member: (
      await db
        .selectFrom('community.member')
        .select('id')
        .where('account_id', '=', people.owner.accountId)
        .executeTakeFirstOrThrow()
    ).id,
    question: Number(ours.community.question),
  })),
  'POST /api/identity/sign-in/password': async () => ({ email: people.admin.email, password }),
  'POST /api/identity/sign-in/link': async () => {
    const token = crypto.randomUUID();
    await db
      .insertInto('identity.sign_in_link')
      .values({
        account_id: people.viewer.accountId,
        token_hash: hash(token),
        expires_at: sql<Date>`now() + interval '1 minute'`,
      })
      .execute();
    return { token };
  },
  'POST /api/identity/invitations/look-up': async () => ({ token: await invitation('look@example.com') }),
  'POST /api/identity/invitations/accept': async () => ({
    token: await invitation('join@example.com'),
    account: { name: 'Joiner', password },
  }),
  'POST /api/identity/sign-up/confirm': async () => {
    const email = 'honest@example.com';
    await reader(world.app).call('POST', '/api/identity/sign-up', { name: 'Honest', email, password });
    const { text } = await db
      .selectFrom('platform.mail')
      .select('text')
      .where('recipient', '=', email)
      .executeTakeFirstOrThrow();
    return { token: /token=([\w-]+)/.exec(text ?? '')?.[1], password };
  },
  'POST /api/identity/sign-up/proof/confirm': async () => {
    const token = crypto.randomUUID();
    await db
      .insertInto('identity.sign_up')
      .values({
        account_id: people.owner.accountId,
        email: people.owner.email,
        name: 'Owner',
        locale: 'en',
        token_hash: hash(token),
        expires_at: sql<Date>`now() + interval '1 minute'`,
      })
      .execute();
    return { token };
  },
  'POST /api/identity/password-reset/confirm': async () => {
    await people.owner.call('POST', '/api/identity/password-reset', { email: people.developer.email });
    const find = async () => {
      const mail = await db
        .selectFrom('platform.mail')
        .select('text')
        .where('recipient', '=', people.developer.email)
        .executeTakeFirst();
      return /token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
    };
    await expect.poll(find).toBeDefined();
    return { token: await find(), password };
  },
  'POST /api/community/flags': async () => ({
    subject: `post:${ours.community.otherQuestion}`,
    kind: 'rude',
  }),
  'POST /api/community/flags/withdraw': async () => ({ subject: `post:${ours.community.otherQuestion}` }),
  'POST /api/community/edits': async () => suggestion(),
  'POST /api/community/edits/withdraw': async () => {
    await people.owner.call('POST', '/api/community/edits', suggestion());
    const { id } = await db
      .selectFrom('community.suggested_edit')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return { edit: id };
  },
  'POST /api/community/moderation/approvals': async () => ({ member: ours.community.handle }),
  'POST /api/community/moderation/trust': async () => ({
    member: ours.community.handle,
    level: 2,
    locked: false,
    reason: 'Well known.',
  }),
  'POST /api/community/moderation/undo': async () => {
    const { id } = await db
      .selectFrom('community.moderation_action')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return { action: id, reason: 'A mistake.' };
  },
  'POST /api/community/takedowns': async () => claim(),
  'POST /api/community/media/transcripts': async () => ({
    title: 'What was said',
    transcript: 'WEBVTT\n\n00:01.000 --> 00:04.000\nWelcome to everybody.\n',
  }),
  'POST /api/community/images': async () => picture(),
  'PUT /api/community/imports/{id}/pictures': async () => picture(),
  'PUT /api/community/profile/handle': async () => ({ handle: 'honest-handle' }),
  'PUT /api/community/profile/avatar': async () => picture(),
  'POST /api/community/messages': async () => ({ handle: ours.community.handle, markdown: 'Hello.' }),
  'POST /api/community/staff': async () => ({ handle: ours.community.handle, role: 'moderator' }),
  'PUT /api/identity/sessions/organisation': async () => ({ orgId: ours.orgId }),
  'PATCH /api/identity/members/{accountId}': async () => ({ role: 'developer' }),
  'POST /api/fleet/clusters': async () => ({ name: 'honest', hostIds: [ours.hosts[2]] }),
  'POST /api/fleet/clusters/{cluster}/backups/enable': async () => ({
    policy: ours.policy,
    repositories: [ours.repository],
  }),
  'POST /api/fleet/external-databases': async () => ({
    name: 'honest',
    dsn: 'postgresql://app:secret@db.example.com/app',
    hostId: ours.hosts[0],
    folder: '/mnt/dumps',
  }),
  'POST /api/fleet/clusters/{cluster}/roles': async () => ({ name: 'honest' }),
  'POST /api/fleet/alert-channels': async () => ({
    name: 'honest',
    kind: 'mail',
    recipients: ['team@example.com'],
  }),
  'POST /api/fleet/silences': async () => ({ reason: 'Honest work', minutes: 30 }),
  'POST /api/fleet/on-call': async () => rota('honest'),
  'PATCH /api/fleet/on-call/{id}': async () => rota('honest still'),
  'POST /api/fleet/on-call/{id}/overrides': async () => ({
    accountId: people.owner.accountId,
    startsAt: '2026-11-23T00:00:00Z',
    endsAt: '2026-11-24T00:00:00Z',
  }),
};

const suggestion = () => ({
  post: Number(ours.community.otherQuestion),
  revision: 1,
  markdown: 'Other words for the same thing.',
});
const claim = () => ({ post: Number(ours.community.otherQuestion), work: 'A book', claim: 'It is mine.' });
const picture = () => tinyPng;

const rota = (name: string) => ({
  name,
  timeZone: 'Asia/Shanghai',
  handOver: '09:00',
  turnDays: 7,
  startsOn: '2026-11-23',
  accountIds: [people.owner.accountId],
});

async function invitation(email: string): Promise<string> {
  const token = crypto.randomUUID();
  await db
    .insertInto('identity.invitation')
    .values({
      org_id: ours.orgId,
      email,
      role: 'viewer',
      token_hash: hash(token),
      expires_at: sql<Date>`now() + interval '1 day'`,
    })
    .execute();
  return token;
}

/** What a route wants to find before it succeeds. */
async function prepare(described: Described): Promise<void> {
  await sql`update platform.operation set state = 'succeeded', ended_at = now() where state in ('running', 'cancelling')`.execute(
    db,
  );
  if (described.path.includes('/operations/{id}/')) {
    await sql`update platform.operation set state = 'failed', ended_at = now() where id = ${ours.operation}`.execute(
      db,
    );
  }
  if (described.path.endsWith('/mails/{id}/send')) {
    await db.updateTable('platform.mail').set({ state: 'kept' }).where('id', '=', ours.mail).execute();
  }
  if (described.path.endsWith('/imports/{id}/pictures'))
    await db.updateTable('community.import_run').set({ is_dry: false }).execute();
  await prepareOrganisationThings(db, described, ours.community.organisations);
  await prepareWishThings(db, described, ours.community.wishes);
  await prepareGovernmentThings({ db }, described, ours.community.government);
  await db.updateTable('fleet.cluster').set({ deletion_protected: false, phase: 'ready' }).execute();
  // Its rota went before it.
  if (described.path.endsWith('/overrides/{override}')) {
    await sql`insert into fleet.on_call_rota (id, org_id, name, time_zone, hand_over, turn_days, starts_on, people)
      values (${ours.rota}, ${ours.orgId}, 'again', 'UTC', '09:00', 7, '2026-11-23', array[${people.owner.accountId}]::uuid[])
      on conflict do nothing`.execute(db);
    await sql`insert into fleet.on_call_override (id, rota_id, account_id, starts_at, ends_at, created_by_name)
      values (${ours.override}, ${ours.rota}, ${people.owner.accountId}, now(), now() + interval '1 day', 'The owner')
      on conflict do nothing`.execute(db);
  }
  if (described.path.startsWith('/api/community/messages')) {
    await sql`delete from community.block`.execute(db);
    await sql`delete from community.writing_pace`.execute(db);
    await sql`update community.conversation set state = 'open'`.execute(db);
  }
  await db.updateTable('fleet.backup_plan').set({ state: 'on' }).execute();
  // What no cluster uses may go.
  if (described.method === 'DELETE' && /repositories|backup-policies/.test(described.path)) {
    await sql`delete from fleet.drill`.execute(db);
    await sql`delete from fleet.restore`.execute(db);
    await sql`delete from fleet.backup_plan_repository`.execute(db);
    await sql`delete from fleet.backup_plan`.execute(db);
  }
  if (described.path.endsWith('/passkeys/{id}')) {
    await sql`insert into identity.passkey (account_id, credential_id, public_key, counter, device_type, backed_up)
      values (${people.owner.accountId}, ${crypto.randomUUID()}, 'x', 0, 'singleDevice', false)`.execute(db);
  }
}

const order = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];
const isLast = ({ path }: Described) => /sign-out|\/sessions$|account\/password/.test(path);

test('every route answers as it is described, when it succeeds', async () => {
  const succeeded: string[] = [];
  const wrong: string[] = [];
  await people.admin.call('POST', '/api/identity/account/password', { newPassword: password });
  const sorted = routes.toSorted(
    (a, b) => Number(isLast(a)) - Number(isLast(b)) || order.indexOf(a.method) - order.indexOf(b.method),
  );
  for (const described of sorted) {
    await prepare(described);
    const person: Person = await world.signIn(people.owner.accountId);
    const isOpenWrite = described.access === 'open' && described.method === 'POST';
    const who: Caller = isOpenWrite && !described.path.endsWith('sign-out') ? reader(world.app) : person;
    const body = (await bodies[line(described)]?.()) ?? sampleBody(described, ours);
    const address = addressOf(described, ours);
    const answer = await who.call(described.method, address, body, {
      ...(body instanceof Uint8Array && { 'content-type': 'application/octet-stream' }),
      origin: 'http://localhost:7433',
    });
    const { status } = answer;
    try {
      const said = await expectResponse(document, described.method, address, answer);
      if (status < 400) succeeded.push(line(described));
      else if (!elsewhere.includes(line(described))) wrong.push(`${line(described)} ${JSON.stringify(said)}`);
    } catch (error) {
      wrong.push(`${line(described)}: ${(error as Error).message}`);
    }
  }
  expect(wrong).toEqual([]);
  const never = routes.map(line).filter((one) => !succeeded.includes(one));
  expect(never.filter((one) => !elsewhere.includes(one))).toEqual([]);
});
