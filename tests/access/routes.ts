// Over 300 lines: each kind of row in an address has its line here.
import { randomUUID } from 'node:crypto';
import { governmentBody } from './government-things.ts';
import { organisationBody } from './organisation-things.ts';
import { pointBody } from './point-things.ts';
import { wishBody } from './wish-things.ts';
import type { JsonSchema, Route, Things, World } from './world.ts';

export type Described = { method: string; path: string; access: string; route: Route };

/** Every route of the API's own description. */
export function listRoutes({ document }: Pick<World, 'document'>): Described[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      method: method.toUpperCase(),
      path,
      access: route['x-access'] ?? '',
      route,
    })),
  );
}

/** Where a path parameter is an id of ours: the longest beginning that fits decides. A new kind of row needs a line here. */
const named: [string, (things: Things) => string][] = [
  ['/api/platform/operations/{id}', (t) => t.operation],
  ['/api/platform/mails/{id}', (t) => t.mail],
  ['/api/platform/files/{id}', (t) => t.file],
  ['/api/identity/sessions/{id}', (t) => t.session],
  ['/api/identity/members/{accountId}', (t) => t.account],
  ['/api/identity/passkeys/{id}', (t) => t.passkey],
  ['/api/identity/invitations/{id}', (t) => t.invitation],
  ['/api/identity/keys/{id}', (t) => t.key],
  ['/api/fleet/clusters/{cluster}', (t) => t.cluster],
  ['/api/fleet/clusters/{cluster}/members/{member}', (t) => t.member],
  ['/api/fleet/clusters/{cluster}/databases/{name}', () => 'sales'],
  ['/api/fleet/clusters/{cluster}/roles/{name}', () => 'anna'],
  ['/api/fleet/clusters/{cluster}/extensions/{name}', () => 'citext'],
  ['/api/fleet/hosts/{id}', (t) => t.hosts[1] ?? ''],
  ['/api/fleet/enrolments/{id}', (t) => t.enrolment],
  ['/api/fleet/metrics/panels/{name}', () => 'hosts-heard'],
  ['/api/fleet/alerts/{id}', (t) => t.alert],
  ['/api/fleet/alert-rules/{rule}', (t) => t.alertRule],
  ['/api/fleet/alert-channels/{id}', (t) => t.alertChannel],
  ['/api/fleet/silences/{id}', (t) => t.silence],
  ['/api/fleet/on-call/{id}', (t) => t.rota],
  ['/api/fleet/on-call/{id}/overrides/{override}', (t) => t.override],
  ['/api/fleet/sandboxes/{id}', (t) => t.sandbox],
  ['/api/fleet/sandbox-templates/{name}', (t) => t.template],
  ['/api/fleet/repositories/{repository}', (t) => t.repository],
  ['/api/fleet/backup-policies/{policy}', (t) => t.policy],
  ['/api/fleet/external-databases/{external}', (t) => t.external],
  ['/api/fleet/restores/{restore}', (t) => t.restore],
  ['/api/fleet/drills/{drill}', (t) => t.drill],
  ['/api/community/questions/{question}', (t) => t.community.question],
  ['/api/community/imports/{id}', (t) => t.community.importRun],
  ['/api/community/media/{article}', (t) => t.community.article],
  ['/api/community/articles/{article}', (t) => t.community.article],
  ['/api/community/revisions/{post}', (t) => t.community.article],
  ['/api/community/case-studies/{article}', (t) => t.community.article],
  ['/api/community/downloads/{article}', (t) => t.community.article],
  ['/api/community/leads/{slug}', (t) => t.community.organisations.organisation],
  ['/api/community/leads/{slug}/{lead}', () => '1'],
  ['/api/community/series/{series}', (t) => t.community.series],
  ['/api/community/series/readings/{article}', (t) => t.community.article],
  ['/api/community/newsletters/{edition}', (t) => t.community.edition],
  ['/api/community/tags/{tag}', (t) => t.community.tag],
  ['/api/community/tags/{tag}/synonyms/{name}', (t) => t.community.synonym],
  ['/api/community/drafts/{target}', () => 'article'],
  ['/api/community/members/{handle}', (t) => t.community.handle],
  ['/api/community/blocks/{handle}', (t) => t.community.handle],
  ['/api/community/follows/{kind}', () => 'post'],
  ['/api/community/follows/{kind}/{key}', (t) => t.community.otherQuestion],
  ['/api/community/privacy/consents/{kind}', () => 'search-engines'],
  ['/api/community/messages/{conversation}', (t) => t.community.conversation],
  ['/api/community/staff/{id}', (t) => t.community.seat],
  // Nobody votes on what they wrote themselves.
  ['/api/community/votes/{post}', (t) => t.community.otherQuestion],
  ['/api/community/thread-posts/{post}', (t) => t.community.question],
  ['/api/community/comments/{comment}', (t) => t.community.comment],
  ['/api/community/edits/{edit}', (t) => t.community.edit],
  ['/api/community/bounties/{bounty}', (t) => t.community.bounty],
  ['/api/community/suggestions/{question}', (t) => t.community.question],
  ['/api/community/capsules/{question}', (t) => t.community.question],
  ['/api/community/faq/{entry}', (t) => t.community.faq],
  ['/api/community/organisations/{slug}', (t) => t.community.organisations.organisation],
  ['/api/community/organisations/{slug}/managers/{handle}', (t) => t.community.organisations.handle],
  [
    '/api/community/organisations/{slug}/people/{employment}',
    (t) => t.community.organisations.othersEmployment,
  ],
  ['/api/community/organisations/{slug}/revisions/{revision}', () => '1'],
  ['/api/community/employments/{id}', (t) => t.community.organisations.employment],
  ['/api/community/offerings/{offering}', (t) => t.community.organisations.offering],
  ['/api/community/placements/{slug}', (t) => t.community.organisations.organisation],
  ['/api/community/placements/{slug}/{entry}', (t) => t.community.organisations.placement],
  ['/api/community/sponsorships/{slug}', (t) => t.community.organisations.organisation],
  ['/api/community/sponsorships/{slug}/{payment}', (t) => t.community.points.payment],
  ['/api/community/points/rules/{cause}', () => 'featured'],
  ['/api/community/badges/{slug}', (t) => t.community.points.badge],
  ['/api/community/rewards/{reward}', (t) => t.community.points.reward],
  ['/api/community/redemptions/{redemption}', (t) => t.community.points.redemption],
  ['/api/community/mvp/{round}', (t) => t.community.points.round],
  ['/api/community/mvp/nominees/{nominee}', (t) => t.community.points.nominee],
  ['/api/community/vote-patterns/{pattern}', (t) => t.community.points.pattern],
  ['/api/community/merges/{id}', (t) => t.community.organisations.merge],
  ['/api/community/experts/{handle}', (t) => t.community.organisations.handle],
  ['/api/community/committees/{slug}', (t) => t.community.government.committee],
  ['/api/community/committees/{slug}/seats/{seat}', (t) => t.community.government.seat],
  ['/api/community/committees/{slug}/matters/{matter}', (t) => t.community.government.matter],
  ['/api/community/core-applications/{application}', (t) => t.community.government.application],
  ['/api/community/plan/{entry}', (t) => t.community.government.entry],
  ['/api/community/meetings/{meeting}', (t) => t.community.government.meeting],
  ['/api/community/meetings/{meeting}/polls/{poll}', (t) => t.community.government.poll],
  ['/api/community/resolutions/{resolution}', (t) => t.community.government.resolution],
  ['/api/community/areas/{area}', (t) => t.community.government.area],
  ['/api/community/areas/{area}/months/{month}', () => '2020-01-01'],
  ['/api/community/areas/hours/{entry}', (t) => t.community.government.hours],
  ['/api/community/goals/{goal}', (t) => t.community.government.goal],
  ['/api/community/elections/{election}', (t) => t.community.government.election],
  ['/api/community/wishes/{wish}', (t) => t.community.wishes.wish],
  ['/api/community/wishes/{wish}/claims/{organisation}', (t) => t.community.wishes.organisation],
  ['/api/community/value/members/{handle}', (t) => t.community.handle],
  ['/api/community/value/members/{handle}/{number}', () => 'articles'],
  ['/api/community/value/organisations/{slug}', (t) => t.community.organisations.organisation],
  ['/api/community/value/organisations/{slug}/{number}', () => 'articles'],
  ['/api/community/chapters/{slug}', (t) => t.community.organisations.chapter],
  ['/api/community/chapters/{slug}/leaders/{handle}', (t) => t.community.organisations.handle],
];

/** Names of rows, as against names inside a row. */
export const rowParameters = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name ?? '')
    // A kind is a choice and no row.
    .filter((name) => name !== 'kind' && name !== 'cause' && name !== 'number' && name !== 'month')
    .filter((name) => name !== 'name' || /^\/api\/(fleet\/sandbox-templates|community\/)/.test(path));

/** The address of a route with real ids; `swap` puts another value in the place of one parameter. */
export function addressOf(
  { path, route }: Described,
  things: Things,
  swap: Record<string, string> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (whole, name: string, at: number) => {
    const value =
      swap[name] ?? named.find(([prefix]) => prefix === path.slice(0, at + whole.length))?.[1](things);
    if (value === undefined)
      throw new Error(`tests/access/routes.ts does not say what ${name} is in ${path}`);
    return encodeURIComponent(value);
  });
  const query = (route.parameters ?? [])
    .filter((one) => one.in === 'query' && one.required === true)
    .map((one) => `${one.name}=${encodeURIComponent(String(sampleOf(one.schema, one.name)))}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

/** Rows of the community that have a number; the others have a name or, like everything else, a uuid. */
const numbered =
  /^(article|series|question|answer|post|comment|bounty|conversation|entry|key|offering|revision|edit|reward|pattern|payment|round|nominee|matter|application|election|meeting|poll|resolution|area|goal|wish|edition|lead)$/;
const withName = /^(name|handle|slug|tag|organisation)$/;

/** An id that no row has, in the form that this parameter has. */
export const missingId = (path: string, name = ''): string => {
  if (name === 'target') return 'answer-999999999';
  if (path.startsWith('/api/community/') && numbered.test(name)) return '999999999';
  const hasName =
    path.startsWith('/api/fleet/sandbox-templates') ||
    (path.startsWith('/api/community/') && withName.test(name));
  return hasName ? 'never-was' : randomUUID();
};

/** Values that a pattern or a rule beyond the description asks for, by the name of the field. */
const known: Record<string, (things: Things | undefined) => unknown> = {
  name: () => 'sample',
  role: () => 'viewer',
  email: () => 'somebody@example.com',
  scopes: () => ['fleet.*.read'],
  code: () => '123456',
  networks: () => ['10.0.0.0/8'],
  settings: () => ({ work_mem: '8MB' }),
  template: () => 'empty',
  address: () => '10.1.2.3',
  serverUrl: () => 'https://elepherd.example.com:7434',
  timeZone: () => 'Asia/Shanghai',
  password: () => 'correct horse battery',
  newPassword: () => 'correct horse battery',
  database: () => 'app',
  owner: () => 'app',
  hostName: () => 'sample-host',
  memberOf: () => [],
  members: () => 1,
  pgVersion: () => 17,
  extensions: () => ['citext'],
  recipients: () => ['team@example.com'],
  kind: () => 'mail',
  expression: () => 'up == 0',
  minutes: () => 30,
  handOver: () => '09:00',
  startsOn: () => '2026-11-23',
  startsAt: () => '2026-11-23T00:00:00Z',
  endsAt: () => '2026-11-24T00:00:00Z',
  steps: () => [{ afterMinutes: 0, channelIds: [], rotaIds: [], owners: true }],
  place: () => ({ kind: 'path', path: '/mnt/backups/sample' }),
  full: () => '0 1 * * *',
  dsn: () => 'postgresql://app:secret@db.example.com:5432/app',
  folder: () => '/mnt/dumps',
  policy: () => 'never-was',
  repositories: () => ['never-was'],
  title: () => 'How does a sample work?',
  site: () => 'sample-site',
  part: () => '1',
  digest: () => 'a'.repeat(64),
  handle: () => 'never-was',
  website: () => 'https://example.com',
  releasedOn: () => '2026-09-24',
  endsOn: () => '2031-11-13',
  keepUntil: () => '2031-11-13',
  agrees: () => true,
};

/** A value that fits a schema; fields that may be left out are, unless `all`. */
export function sampleOf(schema: JsonSchema, name = '', all = false): unknown {
  const chosen = known[name];
  if (chosen && schema.properties === undefined) return chosen(undefined);
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {}, name, all);
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const fields = Object.entries(schema.properties ?? {});
    const kept = fields.filter(([field]) => all || schema.required?.includes(field));
    return Object.fromEntries(kept.map(([field, inner]) => [field, sampleOf(inner, field, all)]));
  }
  if (type === 'array') {
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, name, all));
  }
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (type === 'boolean') return false;
  if (schema.format === 'uuid') return randomUUID();
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
}

/** The schema of a route's JSON body, if it takes one. */
export const bodySchema = ({ route }: Described): JsonSchema | undefined =>
  route.requestBody?.content['application/json']?.schema;

/** Names and patterns that no schema of a field alone tells; what they name never was. */
const bodiesOfModeration: Record<string, Record<string, unknown>> = {
  '/api/community/moderation/decisions': { subject: 'post:999999999' },
  '/api/community/moderation/approvals': { member: 'never-was' },
  '/api/community/moderation/restrictions': { member: 'never-was', kind: 'suspend' },
  '/api/community/moderation/trust': { member: 'never-was' },
  '/api/community/moderation/words': { kind: 'word' },
  '/api/community/flags': { subject: 'post:999999999', kind: 'spam' },
  '/api/community/flags/withdraw': { subject: 'post:999999999' },
  '/api/community/notifications/push': {
    endpoint: 'https://push.example/sample',
    keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
  },
};

/** A body that fits, or undefined for a route without one. */
export function sampleBody(described: Described, things: Things): unknown {
  const schema = bodySchema(described);
  if (schema === undefined) {
    return described.route.requestBody === undefined ? undefined : new TextEncoder().encode('some words');
  }
  const known =
    organisationBody(described, things.community.organisations) ??
    pointBody(described, things.community.points) ??
    governmentBody(described, things.community.government) ??
    wishBody(described, things.community.wishes);
  if (known !== undefined) return known;
  const body = sampleOf(schema) as Record<string, unknown>;
  // What must be typed again is the name of what goes.
  if (described.path === '/api/fleet/clusters/{cluster}') body['confirm'] = things.clusterName;
  // Of the ways to restore, the one whose body is shortest.
  if (/\/restore(-preview|s)$/.test(described.path)) body['place'] = { kind: 'in-place' };
  // On a real host it would wait for an agent.
  if (described.path === '/api/fleet/sandboxes') body['hostId'] = randomUUID();
  if (described.path.endsWith('/databases/{name}')) body['confirm'] = 'sales';
  Object.assign(body, bodiesOfModeration[described.path]);
  // What one of two fields must say, no schema requires.
  if (described.path === '/api/fleet/alert-channels') body['recipients'] = ['team@example.com'];
  if (described.path === '/api/community/notifications/settings') body['digest'] = 'daily';
  if (described.path === '/api/fleet/silences') body['minutes'] = 30;
  // Otherwise somebody would have the handle that nobody has.
  if (described.path === '/api/community/profile/handle')
    body['handle'] = `sample-${randomUUID().slice(0, 8)}`;
  if (described.path === '/api/community/staff') body['role'] = 'editor';
  if (described.path.endsWith('/accepted')) body['answerId'] = Number(things.community.answer);
  const { question, answer, otherQuestion, colleagueHandle } = things.community;
  if (described.path.endsWith('/accepted')) body['answerId'] = Number(answer);
  if (described.path === '/api/community/comments') body['post'] = Number(question);
  if (described.path === '/api/community/bounties')
    Object.assign(body, { question: Number(otherQuestion), amount: 50 });
  if (described.path.endsWith('/{bounty}/pay')) body['answer'] = Number(answer);
  if (described.path.endsWith('/{question}/close')) body['reason'] = 'unclear';
  if (described.path.endsWith('/{question}/invitations')) body['handle'] = colleagueHandle;
  return body;
}

/** What stays the same of two refusals. */
export async function plain(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!answer.headers.get('content-type')?.includes('json')) return { status: answer.status, text };
  const { requestId: _, ...rest } = JSON.parse(text) as { requestId?: string };
  return { status: answer.status, body: rest };
}
