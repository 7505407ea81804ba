// Over 300 lines: one walk of every route by everybody.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { grants, rolePatterns, roles, type Role } from '#src/identity/contract/roles.ts';
import { rooms } from '#src/main/rooms.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { letHostsAnswer } from './answering-hosts.ts';
import {
  addressOf,
  bodySchema,
  type Described,
  listRoutes,
  missingId,
  plain,
  rowParameters,
  sampleBody,
  sampleOf,
} from './routes.ts';
import { type Caller, openWorld } from './world.ts';

const world = await openWorld();
await letHostsAnswer(world);
const { ours, theirs, people, stranger } = world;
const routes = listRoutes(world);
const line = ({ method, path }: Described) => `${method} ${path}`;

/** Routes whose command asks for more than their gate: everybody may leave, everybody may read a public file. */
const asksInside: Record<string, string> = {
  'DELETE /api/identity/members/{accountId}': 'identity.member.remove',
  'GET /api/platform/files/{id}': 'platform.file.read',
  'GET /api/community/imports': 'community.post.import',
  'POST /api/community/imports': 'community.post.import',
  'GET /api/community/imports/{id}': 'community.post.import',
  'GET /api/community/imports/{id}/items': 'community.post.import',
  'POST /api/community/imports/{id}/items': 'community.post.import',
  'POST /api/community/imports/{id}/pictures': 'community.post.import',
  'PUT /api/community/imports/{id}/pictures': 'community.post.import',
  'PUT /api/community/articles/{article}/featured': 'community.post.feature',
  'DELETE /api/community/articles/{article}/featured': 'community.post.feature',
  'POST /api/community/newsletters/{edition}/corrections': 'community.post.edit',
  'PUT /api/community/tags/{tag}': 'community.tag.manage',
  'GET /api/community/tags/{tag}/weight': 'community.point.manage',
  'PUT /api/community/tags/{tag}/weight': 'community.point.manage',
  'POST /api/community/tags/{tag}/synonyms': 'community.tag.manage',
  'DELETE /api/community/tags/{tag}/synonyms/{name}': 'community.tag.manage',
  'GET /api/community/merges': 'community.member.merge',
  'POST /api/community/merges/members': 'community.member.merge',
  'POST /api/community/merges/organisations': 'community.organisation.merge',
  'POST /api/community/merges/{id}/undo': 'community.member.merge',
  'GET /api/community/organisations/waiting': 'community.organisation.verify',
  'POST /api/community/organisations/{slug}/verify': 'community.organisation.verify',
  'POST /api/community/organisations/{slug}/refuse': 'community.organisation.verify',
  'GET /api/community/offerings/waiting': 'community.organisation.verify',
  'POST /api/community/offerings/{offering}/approve': 'community.organisation.verify',
  'POST /api/community/offerings/{offering}/refuse': 'community.organisation.verify',
  'POST /api/community/placements/{slug}': 'community.placement.enter',
  'POST /api/community/placements/{slug}/{entry}/reverse': 'community.placement.enter',
  'PUT /api/community/points/rules/{cause}': 'community.point.manage',
  'POST /api/community/points/replay': 'community.point.manage',
  'POST /api/community/mvp': 'community.mvp.run',
  'POST /api/community/mvp/{round}/publish': 'community.mvp.run',
  'POST /api/community/mvp/nominees/{nominee}/revoke': 'community.mvp.run',
  'PUT /api/community/levels': 'community.point.manage',
  'POST /api/community/badges': 'community.point.manage',
  'POST /api/community/badges/replay': 'community.point.manage',
  'DELETE /api/community/badges/{slug}': 'community.point.manage',
  'POST /api/community/rewards': 'community.reward.manage',
  'PATCH /api/community/rewards/{reward}': 'community.reward.manage',
  'GET /api/community/redemptions/handled': 'community.reward.manage',
  'POST /api/community/redemptions/{redemption}/advance': 'community.reward.manage',
  'POST /api/community/sponsorships/{slug}': 'community.sponsorship.enter',
  'POST /api/community/sponsorships/{slug}/{payment}/reverse': 'community.sponsorship.enter',
  'PUT /api/community/wishes/{wish}/state': 'community.wish.manage',
  'PUT /api/community/terms/wishes': 'community.setting.change',
  'PUT /api/community/terms/rewards': 'community.setting.change',
  'PUT /api/community/terms/organisations': 'community.setting.change',
  'PUT /api/community/wishes/{wish}/excellent': 'community.wish.manage',
  'PUT /api/community/areas/{area}/months/{month}/credit': 'community.point.manage',
  'DELETE /api/community/areas/{area}/months/{month}/credit': 'community.point.manage',
  'POST /api/community/wishes/{wish}/merge': 'community.wish.manage',
  'POST /api/community/wishes/{wish}/customer-votes': 'community.wish.manage',
  'PUT /api/community/wishes/{wish}/advice': 'community.wish.manage',
  'POST /api/community/wishes/{wish}/verified-uses': 'community.wish.manage',
  'GET /api/community/vote-patterns': 'community.post.moderate',
  'POST /api/community/vote-patterns/{pattern}': 'community.post.moderate',
  'GET /api/community/experts/applications': 'community.expert.approve',
  'POST /api/community/experts/{handle}/approve': 'community.expert.approve',
  'POST /api/community/experts/{handle}/refuse': 'community.expert.approve',
  'POST /api/community/chapters/{slug}/approve': 'community.chapter.approve',
  'POST /api/community/chapters/{slug}/refuse': 'community.chapter.approve',
  'POST /api/community/plan': 'community.committee.manage',
  'POST /api/community/meetings': 'community.committee.manage',
  'POST /api/community/resolutions': 'community.committee.manage',
  'POST /api/community/areas': 'community.committee.manage',
  'POST /api/community/goals': 'community.committee.manage',
  'POST /api/community/elections': 'community.election.call',
  'POST /api/community/elections/{election}/cancel': 'community.election.call',
  'POST /api/community/elections/{election}/seats': 'community.election.call',
  'POST /api/community/faq': 'community.faq.curate',
  'PUT /api/community/faq/versions': 'community.faq.curate',
  'PUT /api/community/faq/{entry}': 'community.faq.curate',
  'POST /api/community/faq/{entry}/verifications': 'community.faq.curate',
  'DELETE /api/community/faq/{entry}': 'community.faq.curate',
  'PUT /api/community/reputation': 'community.setting.change',
  'GET /api/community/site/settings': 'community.setting.change',
  'PUT /api/community/site/settings': 'community.setting.change',
  'GET /api/community/staff': 'community.staff.appoint',
  'POST /api/community/staff': 'community.staff.appoint',
  'DELETE /api/community/staff/{id}': 'community.staff.appoint',
  'GET /api/community/moderation/queue': 'community.post.moderate',
  'POST /api/community/moderation/decisions': 'community.post.moderate',
  'POST /api/community/moderation/approvals': 'community.post.moderate',
  'POST /api/community/moderation/restrictions': 'community.member.moderate',
  'POST /api/community/moderation/trust': 'community.member.moderate',
  'GET /api/community/moderation/actions': 'community.post.moderate',
  'POST /api/community/moderation/undo': 'community.post.moderate',
  'GET /api/community/moderation/settings': 'community.post.moderate',
  'PUT /api/community/moderation/settings': 'community.setting.change',
  'GET /api/community/moderation/words': 'community.post.moderate',
  'POST /api/community/moderation/words': 'community.post.moderate',
  'POST /api/community/moderation/words/remove': 'community.post.moderate',
  'POST /api/community/appeals/decide': 'community.post.moderate',
  'POST /api/community/takedowns/decide': 'community.post.moderate',
};
/** What only a browser has: keys and the admin token are told so. */
const needsBrowser = ['PUT /api/identity/sessions/organisation', 'POST /api/identity/second-factor/confirm'];
/** Ends the session that asks, so it goes last. */
const endsSession = (described: Described) => line(described) === 'POST /api/identity/sessions/sign-out';

/** One community an installation: its rows are no organisation's own. What is private there has tests beside its code. */
const isOfCommunity = ({ path }: Described) => path.startsWith('/api/community/');

const permissionOf = (described: Described): string | undefined =>
  asksInside[line(described)] ??
  (described.access === 'open' || described.access === 'signed-in' ? undefined : described.access);

async function ask(who: Caller, described: Described): Promise<number> {
  const body = sampleBody(described, ours);
  // Named in a body as in an address: with one that never was, so that only the right to ask decides.
  if (described.path.startsWith('/api/community/offerings/') && described.method === 'POST')
    Object.assign(body ?? {}, { organisation: 'never-was' });
  const swap = Object.fromEntries(
    rowParameters(described.path).map((name) => [name, missingId(described.path, name)]),
  );
  const address = addressOf(described, ours, swap);
  const answer = await who.call(described.method, address, body, {
    ...(body instanceof Uint8Array && { 'content-type': 'application/octet-stream' }),
  });
  // Refusals are described, too.
  await expectResponse(world.document, described.method, address, answer);
  return answer.status;
}

test('every route that is served says who may use it', () => {
  const described = new Set(routes.map(line));
  const undescribed = world.app.routes
    // `ALL` is what middleware has; as a route it would be one that nobody described.
    .filter(({ method, path }) => method !== 'ALL' || !(path.endsWith('*') || path === '/metrics'))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    .filter((one) => !described.has(one));
  expect([...new Set(undescribed)].sort()).toEqual([
    'GET /api/docs',
    'GET /api/docs/{file}',
    'GET /api/openapi.json',
  ]);
  expect(routes.filter(({ access }) => access === '').map(line)).toEqual([]);
  expect(routes.length).toBeGreaterThan(80);
});

test('every permission that a route asks for is declared, and some role has it', () => {
  const declared = new Set(rooms.flatMap((room) => room.permissions));
  const used = [...new Set(routes.map(permissionOf).filter((one) => one !== undefined))];
  expect(used.filter((one) => !declared.has(one))).toEqual([]);
  expect(used.filter((one) => !grants(rolePatterns.owner, one))).toEqual([]);
  const byOthers = (one: string) =>
    roles.filter((role) => role !== 'owner').some((role) => grants(rolePatterns[role], one));
  // Only owners make owners; everything else that a route asks for does not wait for one person.
  expect(used.filter((one) => !byOthers(one))).toEqual([]);
});

test('the routes that need nobody are these and no others', () => {
  const open = routes.filter(({ access }) => access === 'open').map(line);
  expect(open.sort()).toEqual([
    'GET /api/community/annual-reports',
    'GET /api/community/areas',
    'GET /api/community/articles',
    'GET /api/community/articles/{article}',
    'GET /api/community/badges',
    'GET /api/community/badges/{slug}',
    'GET /api/community/capsules/{question}',
    'GET /api/community/case-studies',
    'GET /api/community/chapters',
    'GET /api/community/chapters/{slug}',
    'GET /api/community/chapters/{slug}/posts',
    'GET /api/community/committees',
    'GET /api/community/committees/{slug}',
    'GET /api/community/downloads/{article}',
    'GET /api/community/downloads/{article}/file',
    'GET /api/community/elections',
    'GET /api/community/elections/{election}',
    'GET /api/community/elections/{election}/file',
    'GET /api/community/experts',
    'GET /api/community/experts/{handle}',
    'GET /api/community/faq',
    'GET /api/community/faq/versions',
    'GET /api/community/faq/{entry}',
    'GET /api/community/feeds',
    'GET /api/community/goals',
    'GET /api/community/leaderboards',
    'GET /api/community/levels',
    'GET /api/community/media/episodes',
    'GET /api/community/media/{article}/sound',
    'GET /api/community/meetings',
    'GET /api/community/meetings/{meeting}',
    'GET /api/community/meetings/{meeting}/record',
    'GET /api/community/members',
    'GET /api/community/members/{handle}',
    'GET /api/community/mvp',
    'GET /api/community/mvp/{round}',
    'GET /api/community/newsletters',
    'GET /api/community/newsletters/{edition}',
    'GET /api/community/notifications/unsubscribe',
    'GET /api/community/offerings/products',
    'GET /api/community/offerings/services',
    'GET /api/community/offerings/{offering}',
    'GET /api/community/organisations',
    'GET /api/community/organisations/{slug}',
    'GET /api/community/organisations/{slug}/figures',
    'GET /api/community/organisations/{slug}/page',
    'GET /api/community/organisations/{slug}/people',
    'GET /api/community/organisations/{slug}/posts',
    'GET /api/community/organisations/{slug}/revisions',
    'GET /api/community/plan',
    'GET /api/community/points/rules',
    'GET /api/community/questions',
    'GET /api/community/questions/board',
    'GET /api/community/questions/similar',
    'GET /api/community/questions/{question}',
    'GET /api/community/reputation',
    'GET /api/community/resolutions',
    'GET /api/community/resolutions/{resolution}',
    'GET /api/community/revisions/{post}',
    'GET /api/community/rewards',
    'GET /api/community/runs',
    'GET /api/community/search',
    'GET /api/community/search/suggestions',
    'GET /api/community/series/{series}',
    'GET /api/community/site/frame',
    'GET /api/community/site/home',
    'GET /api/community/site/start',
    'GET /api/community/sitemaps',
    'GET /api/community/sitemaps/slice',
    'GET /api/community/sponsorships',
    'GET /api/community/sponsorships/{slug}',
    'GET /api/community/tags',
    'GET /api/community/tags/{tag}',
    'GET /api/community/terms',
    'GET /api/community/value/members/{handle}',
    'GET /api/community/value/members/{handle}/{number}',
    'GET /api/community/value/organisations/{slug}',
    'GET /api/community/value/organisations/{slug}/{number}',
    'GET /api/community/wishes',
    'GET /api/community/wishes/roadmap',
    'GET /api/community/wishes/similar',
    'GET /api/community/wishes/{wish}',
    'GET /api/health/live',
    'GET /api/health/ready',
    'GET /api/identity/sign-in/callback/github',
    'GET /api/identity/sign-in/callback/oidc',
    'GET /api/identity/sign-in/ways',
    'GET /api/identity/viewer',
    'GET /api/platform/files/{id}',
    'POST /api/community/downloads/{article}/confirm',
    'POST /api/community/downloads/{article}/leads',
    'POST /api/community/notifications/unsubscribe',
    'POST /api/identity/invitations/accept',
    'POST /api/identity/invitations/look-up',
    'POST /api/identity/password-reset',
    'POST /api/identity/password-reset/confirm',
    'POST /api/identity/sessions/sign-out',
    'POST /api/identity/sign-in/github',
    'POST /api/identity/sign-in/link',
    'POST /api/identity/sign-in/oidc',
    'POST /api/identity/sign-in/passkey',
    'POST /api/identity/sign-in/passkey/options',
    'POST /api/identity/sign-in/password',
    'POST /api/identity/sign-in/second-factor',
    'POST /api/identity/sign-up',
    'POST /api/identity/sign-up/confirm',
  ]);
});

test('nobody in particular is asked to sign in on every other route', async () => {
  const wrong: string[] = [];
  for (const described of routes) {
    const status = await ask(world.anonymous, described);
    const closed = permissionOf(described) !== undefined || described.access === 'signed-in';
    if ((status === 401) !== closed || status === 403) wrong.push(`${line(described)} ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('a token that is none, an ended key and a made-up cookie open nothing', async () => {
  const forged = (headers: Record<string, string>): Caller => ({
    call: (method, path, body, more = {}) =>
      world.anonymous.call(method, path, body, { ...headers, ...more }),
  });
  const session = people.viewer.cookies.get('elepherd_session') ?? '';
  const swapped = session.replace(/^./, (c) => (c === 'a' ? 'b' : 'a'));
  const attempts: Record<string, string>[] = [
    { authorization: 'Bearer ela_' + 'x'.repeat(43) },
    { authorization: 'Bearer elp_' + 'x'.repeat(43) },
    { cookie: `elepherd_session=${swapped}` },
    { cookie: `elepherd_session=${session.split('.')[0]}` },
  ];
  for (const headers of attempts) {
    const wrong: string[] = [];
    for (const described of routes.filter((one) => permissionOf(one) !== undefined)) {
      const status = await ask(forged(headers), described);
      if (status !== 401) wrong.push(`${line(described)} ${status}`);
    }
    expect(wrong, JSON.stringify(headers)).toEqual([]);
  }
});

test.each(roles)(
  'a person with the role %s may do what the role says, and nothing else',
  async (role: Role) => {
    const person = await world.signIn(people[role].accountId);
    const wrong: string[] = [];
    for (const described of routes.toSorted((a, b) => Number(endsSession(a)) - Number(endsSession(b)))) {
      const permission = permissionOf(described);
      const may = permission === undefined || grants(rolePatterns[role], permission);
      const status = await ask(person, described);
      // 503 says that what it asks, such as a metrics store, does not run here.
      const works = status < 500 || status === 503;
      const isRight = may ? status !== 401 && status !== 403 && works : status === 403;
      if (!isRight) wrong.push(`${line(described)} ${status}, ${may ? 'may' : 'may not'}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('a key may what its scope says of what its maker may, and is no person', async () => {
  const wrong: string[] = [];
  let opened = 0;
  for (const described of routes) {
    const permission = permissionOf(described);
    const status = await ask(world.key, described);
    const isRight =
      permission === undefined
        ? described.access === 'open'
          ? status !== 401 && status !== 403
          : status === 403
        : permission === world.key.scope
          ? status !== 401 && status !== 403
          : status === 403;
    if (permission === world.key.scope) opened++;
    if (!isRight) wrong.push(`${line(described)} ${status}`);
  }
  expect(wrong).toEqual([]);
  expect(opened).toBeGreaterThan(2);
});

test('the admin token acts as the first owner, but is no browser', async () => {
  const wrong: string[] = [];
  for (const described of routes) {
    const status = await ask(world.adminToken, described);
    const closed = status === 401 || status === 403;
    if (closed !== needsBrowser.includes(line(described))) wrong.push(`${line(described)} ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('an account without an organisation does what is open to everybody who is signed in, and reaches no row of any', async () => {
  const alone = await world.signIn(world.alone.accountId);
  const before = await fingerprint();
  const ids = [ours, theirs]
    .flatMap((things) => Object.values(things).flat())
    .filter((id) => typeof id === 'string');
  const wrong: string[] = [];
  for (const described of routes.toSorted((a, b) => Number(endsSession(a)) - Number(endsSession(b)))) {
    const permission = permissionOf(described);
    if (permission === undefined && described.method !== 'GET') continue;
    if (isOfCommunity(described) && permission === undefined) continue;
    // With the real ids, not with missing ones: nothing of them may come back.
    const body = sampleBody(described, ours);
    const answer = await alone.call(described.method, addressOf(described, ours), body, {
      ...(body instanceof Uint8Array && { 'content-type': 'application/octet-stream' }),
    });
    const text = await answer.text();
    const isRight =
      permission === undefined ? answer.status !== 401 && answer.status < 500 : answer.status === 403;
    // What was asked for may be said again in a refusal.
    const leaked = answer.ok ? ids.filter((id) => typeof id === 'string' && text.includes(id)) : [];
    if (!isRight || leaked.length > 0) wrong.push(`${line(described)} ${answer.status} ${leaked.join()}`);
  }
  expect(wrong).toEqual([]);
  expect(changed(before, await fingerprint())).toEqual([]);
});

/** Asks as the stranger for a row of ours and for one that nobody has; both answers must be one. */
async function compareForeign(
  described: Described,
  name: string,
  foreign: string,
): Promise<string | undefined> {
  const body = sampleBody(described, theirs);
  const answerTo = async (id: string) => {
    const answer = await plain(
      await stranger.call(described.method, addressOf(described, theirs, { [name]: id }), body),
    );
    // A refusal may say again what was asked for.
    return JSON.parse(JSON.stringify(answer).replaceAll(id, 'ID')) as { status: number };
  };
  const [found, missing] = [await answerTo(foreign), await answerTo(missingId(described.path, name))];
  const isRight = JSON.stringify(found) === JSON.stringify(missing) && found.status === 404;
  return isRight
    ? undefined
    : `${line(described)} ${name}: ${JSON.stringify(found)} ≠ ${JSON.stringify(missing)}`;
}

test('another organisation’s rows are as absent as rows that never were', async () => {
  const before = await fingerprint();
  const wrong: (string | undefined)[] = [];
  for (const described of routes.filter((one) => !isOfCommunity(one))) {
    for (const name of rowParameters(described.path)) {
      const ofOurs = decodeURIComponent(
        addressOf({ ...described, route: {} }, ours)
          .split('/')
          .at(described.path.split('/').indexOf(`{${name}}`)) ?? '',
      );
      wrong.push(await compareForeign(described, name, ofOurs));
      if (name === 'cluster') wrong.push(await compareForeign(described, name, ours.clusterName));
    }
  }
  expect(wrong.filter((one) => one !== undefined)).toEqual([]);
  expect(changed(before, await fingerprint())).toEqual([]);
});

test('ids of another organisation inside a body are refused like ids that never were', async () => {
  const foreign: Record<string, string> = {
    hostId: ours.hosts[2] ?? '',
    witnessHostId: ours.hosts[3] ?? '',
    memberId: ours.member,
    orgId: ours.orgId,
    accountId: people.operator.accountId,
    accountIds: people.operator.accountId,
    clusterId: ours.cluster,
    hostIds: ours.hosts[2] ?? '',
    // A browser and a coupon are a member's own; whose they are has tests beside their code.
    subscription: ours.session,
    coupon: ours.session,
    // Says which bytes were read, and opens nothing.
    file: ours.session,
  };
  const own: Record<string, unknown> = { hostId: theirs.hosts[2], members: 2 };
  const wrong: string[] = [];
  let asked = 0;
  for (const described of routes) {
    const schema = bodySchema(described);
    for (const [field, inner] of Object.entries(schema?.properties ?? {})) {
      const isId = inner.format === 'uuid' || inner.items?.format === 'uuid';
      if (!schema || !isId) continue;
      const answerTo = async (id: string) => {
        const base = { ...(sampleOf(schema) as object), ...('hostId' in (schema.properties ?? {}) && own) };
        const body = { ...base, [field]: inner.items ? [id] : id };
        return (await plain(await stranger.call(described.method, addressOf(described, theirs), body))) as {
          status: number;
        };
      };
      const id = foreign[field];
      if (id === undefined) throw new Error(`tests/access does not know a row of ours for ${field}`);
      const [found, missing] = [await answerTo(id), await answerTo(missingId(''))];
      asked++;
      const isPreview = described.path.endsWith('/preview');
      if (JSON.stringify(found) !== JSON.stringify(missing) || (!isPreview && found.status < 400)) {
        wrong.push(`${line(described)} ${field}: ${JSON.stringify(found)} ≠ ${JSON.stringify(missing)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(8);
});

test('an organisation that is not one’s own cannot be chosen, by header or for good', async () => {
  const header = { 'x-elepherd-org': ours.orgId };
  const asked = await stranger.call('GET', '/api/fleet/clusters', undefined, header);
  expect(asked.status).toBe(404);
  const chosen = await stranger.call('PUT', '/api/identity/sessions/organisation', { orgId: ours.orgId });
  expect(chosen.status).toBe(404);
  expect((await stranger.call('GET', '/api/fleet/clusters')).status).toBe(200);
});

test('lists hold what is one’s own', async () => {
  const mine = JSON.stringify(ours);
  const wrong: string[] = [];
  for (const described of routes.filter((one) => one.method === 'GET' && !one.path.includes('{'))) {
    if (described.path === '/metrics') continue;
    const text = await (await stranger.call('GET', described.path)).text();
    const leaked = Object.values(ours)
      .flat()
      .filter((id) => typeof id === 'string' && text.includes(id));
    if (leaked.length > 0) wrong.push(`${line(described)} ${leaked.join()}`);
  }
  expect(mine).toContain(ours.cluster);
  expect(wrong).toEqual([]);
});

test('no GET changes anything', async () => {
  const owner = await world.signIn(people.owner.accountId);
  const before = await fingerprint();
  for (const described of routes.filter((one) => one.method === 'GET')) {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const answer = await owner.call(method, addressOf(described, ours));
      await answer.body?.cancel();
      expect(answer.status, `${method} ${described.path}`).not.toBe(500);
    }
  }
  expect(changed(before, await fingerprint())).toEqual([]);
}, 120_000);

/** A sum over the rows of every table. What hosts are asked to look at goes through `fleet.task` and changes nothing there. */
async function fingerprint(): Promise<Record<string, string>> {
  const { db } = world.database;
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('platform', 'identity', 'fleet', 'community') and tablename not in ('task', 'sign_in_link')
    order by 1`.execute(db);
  const sums: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ sum: string }>`
      select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum from ${sql.raw(name)} t`.execute(
      db,
    );
    sums[name] = rows[0]?.sum ?? '';
  }
  return sums;
}

const changed = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys(after).filter((name) => before[name] !== after[name]);
