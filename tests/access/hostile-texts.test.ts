// Over 300 lines: every place of a text, by name, and what may be written there.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { Problem } from '#src/platform/contract/problem.ts';
import { letHostsAnswer } from './answering-hosts.ts';
import { addressOf, bodySchema, type Described, listRoutes, sampleBody, sampleOf } from './routes.ts';
import { type JsonSchema, openWorld } from './world.ts';

const world = await openWorld();
await letHostsAnswer(world);
const { ours, people } = world;

/** What people paste, break and try. */
const hostile: Record<string, string> = {
  spaces: '  two  words  ',
  quotes: `a'b"c\`d`,
  'a climbing path': '../../etc/passwd',
  'a climbing path, encoded': '..%2f..%2fetc',
  'a line break': 'one\ntwo',
  'a carriage return': 'one\r\ntwo: three',
  NUL: 'one\u0000two',
  'half a character': 'one\ud800two',
  'a turned direction': 'one\u202etwo',
  'ten thousand characters': 'x'.repeat(10_000),
  'a statement': `'; drop table fleet.host; --`,
  'a command': '$(reboot)`reboot`;reboot|reboot&',
  'an option': '-rf',
  emoji: '🐘🐘',
  markup: '<img src=x onerror=alert(1)>',
  'a prototype': '__proto__',
  nothing: '',
};

/** Where a person may write what they like: it is kept as it is, or asked about and found nowhere. */
const freeText = new Set([
  'PATCH /api/identity/account name',
  'POST /api/identity/organisations name',
  'PATCH /api/identity/organisations/current name',
  'POST /api/identity/keys name',
  'POST /api/identity/account/password currentPassword',
  'POST /api/identity/password-reset email',
  'PUT /api/community/profile name',
  'PUT /api/community/profile headline',
  'PUT /api/community/profile about',
  'PUT /api/community/profile location',
  'PUT /api/community/profile website',
  'PUT /api/community/profile skills.0',
  'POST /api/identity/sign-up name',
  'POST /api/identity/sign-up password',
  'PATCH /api/fleet/hosts/{id} failureDomain',
  'POST /api/fleet/sandbox-templates initSql',
  'POST /api/fleet/alert-rules name',
  'POST /api/fleet/alert-rules meaning',
  'POST /api/fleet/alert-rules nextStep',
  'PATCH /api/fleet/alert-rules/{rule} name',
  'PATCH /api/fleet/alert-rules/{rule} meaning',
  'PATCH /api/fleet/alert-rules/{rule} nextStep',
  'POST /api/fleet/alert-channels name',
  'PATCH /api/fleet/alert-channels/{id} name',
  'POST /api/fleet/silences reason',
  'PUT /api/community/site/settings policeNumber',
  'POST /api/community/merges/members reason',
  'POST /api/community/merges/organisations reason',
  'POST /api/community/imports/{id}/items items.0.key',
  'POST /api/community/imports/{id}/items items.0.text',
  'POST /api/community/articles title',
  'POST /api/community/articles markdown',
  'POST /api/community/articles sourceAuthor',
  'POST /api/community/articles series',
  'PUT /api/community/articles/{article} title',
  'PUT /api/community/articles/{article} markdown',
  'PUT /api/community/articles/{article} note',
  'PUT /api/community/articles/{article} sourceAuthor',
  'PUT /api/community/articles/{article} series',
  'PUT /api/community/drafts/{target} fields.work_mem',
  'POST /api/community/newsletters/{edition}/corrections markdown',
  'PUT /api/community/series/{series} title',
  'PUT /api/community/series/{series} about',
  'PUT /api/community/tags/{tag} about',
  'POST /api/community/tags/{tag}/synonyms name',
  'POST /api/community/preview markdown',
  'POST /api/community/questions title',
  'POST /api/community/questions markdown',
  'POST /api/community/questions/{question}/answers markdown',
  'PATCH /api/community/thread-posts/{post} title',
  'PATCH /api/community/thread-posts/{post} markdown',
  'PATCH /api/community/thread-posts/{post} note',
  'POST /api/community/comments markdown',
  'PATCH /api/community/comments/{comment} markdown',
  'POST /api/community/capsules/preview schema',
  'POST /api/community/capsules/preview settings',
  'POST /api/community/capsules/preview plan',
  'PUT /api/community/capsules/{question} schema',
  'PUT /api/community/capsules/{question} settings',
  'PUT /api/community/capsules/{question} plan',
  'POST /api/community/faq title',
  'POST /api/community/faq markdown',
  'POST /api/community/faq proofSql',
  'PUT /api/community/faq/{entry} title',
  'PUT /api/community/faq/{entry} markdown',
  'PUT /api/community/faq/{entry} proofSql',
  'POST /api/community/faq/{entry}/verifications note',
  'POST /api/community/organisations name',
  'POST /api/community/organisations about',
  'POST /api/community/organisations evidence',
  'PUT /api/community/organisations/{slug} name',
  'PUT /api/community/organisations/{slug} about',
  'PUT /api/community/organisations/{slug} size',
  'PUT /api/community/organisations/{slug} note',
  'POST /api/community/organisations website',
  'PUT /api/community/organisations/{slug} website',
  'POST /api/community/organisations country',
  'PUT /api/community/organisations/{slug} country',
  'POST /api/community/employments title',
  'PUT /api/community/employments/{id} title',
  'POST /api/community/offerings/products name',
  'POST /api/community/offerings/products summary',
  'POST /api/community/offerings/products about',
  'POST /api/community/offerings/products website',
  'POST /api/community/offerings/products licence',
  'POST /api/community/offerings/products basedOn',
  'POST /api/community/offerings/services name',
  'POST /api/community/offerings/services summary',
  'POST /api/community/offerings/services about',
  'POST /api/community/offerings/services website',
  'POST /api/community/offerings/services reference',
  'PUT /api/community/offerings/{offering}/product name',
  'PUT /api/community/offerings/{offering}/product summary',
  'PUT /api/community/offerings/{offering}/product about',
  'PUT /api/community/offerings/{offering}/product website',
  'PUT /api/community/offerings/{offering}/product licence',
  'PUT /api/community/offerings/{offering}/product basedOn',
  'PUT /api/community/offerings/{offering}/service name',
  'PUT /api/community/offerings/{offering}/service summary',
  'PUT /api/community/offerings/{offering}/service about',
  'PUT /api/community/offerings/{offering}/service website',
  'PUT /api/community/offerings/{offering}/service reference',
  'POST /api/community/offerings/{offering}/releases version',
  'POST /api/community/offerings/{offering}/releases url',
  'POST /api/community/placements/{slug} title',
  'POST /api/community/placements/{slug} url',
  'POST /api/community/imports/{id}/items pictures.0',
  'POST /api/community/wishes title',
  'POST /api/community/wishes capability',
  'POST /api/community/wishes problem',
  'POST /api/community/wishes needNote',
  'PUT /api/community/wishes/{wish}/advice alternatives',
  'PUT /api/community/wishes/{wish}/advice hints',
  'POST /api/community/wishes company',
  'POST /api/community/wishes databaseSize',
  'POST /api/community/wishes businessLogic',
  'POST /api/community/wishes businessPains',
  'POST /api/community/wishes databasePains',
  'POST /api/community/wishes test',
  'PUT /api/community/wishes/{wish}/test test',
  'POST /api/community/wishes/{wish}/customer-votes customer',
  'POST /api/community/wishes/{wish}/customer-votes evidence',
  'POST /api/community/wishes/{wish}/verified-uses evidence',
  'PUT /api/community/wishes/{wish}/state note',
  'PUT /api/community/wishes/{wish}/delivery title',
  'PUT /api/community/wishes/{wish}/delivery version',
  'PUT /api/community/wishes/{wish}/claims/{organisation} note',
  'POST /api/community/badges name.en',
  'POST /api/community/badges name.zh-CN',
  'POST /api/community/badges about.en',
  'POST /api/community/badges about.zh-CN',
  'POST /api/community/rewards name.en',
  'POST /api/community/rewards name.zh-CN',
  'POST /api/community/rewards about.en',
  'POST /api/community/rewards about.zh-CN',
  'POST /api/community/redemptions address',
  'POST /api/community/redemptions/{redemption}/advance note',
  'POST /api/community/sponsorships/{slug} note',
  'PUT /api/community/levels levels.0.name.en',
  'PUT /api/community/levels levels.0.name.zh-CN',
  'PUT /api/community/terms/organisations bands.0.name.en',
  'PUT /api/community/terms/organisations bands.0.name.zh-CN',
  'POST /api/community/committees/{slug}/matters title',
  'POST /api/community/committees/{slug}/matters markdown',
  'POST /api/community/committees/{slug}/matters/{matter}/close answer',
  'PUT /api/community/core-applications/{application}/vote note',
  'POST /api/community/plan title',
  'POST /api/community/plan note',
  'POST /api/community/plan place',
  'PUT /api/community/plan/{entry} title',
  'PUT /api/community/plan/{entry} note',
  'PUT /api/community/plan/{entry} place',
  'POST /api/community/plan/{entry}/move reason',
  'POST /api/community/elections title',
  'POST /api/community/elections about',
  'PUT /api/community/elections/{election}/candidacy statement',
  'POST /api/community/core-applications whoIAm',
  'POST /api/community/core-applications reason',
  'POST /api/community/core-applications valueOffered',
  'POST /api/community/core-applications viewOfPresent',
  'POST /api/community/core-applications area',
  'POST /api/community/core-applications yearlyMeasure',
  'POST /api/community/core-applications consequence',
  'POST /api/community/meetings title',
  'POST /api/community/meetings agenda',
  'POST /api/community/meetings/{meeting}/remarks words',
  'PUT /api/community/meetings/{meeting}/minutes minutes',
  'POST /api/community/meetings/{meeting}/polls question',
  'POST /api/community/meetings/{meeting}/polls options.0',
  'POST /api/community/resolutions title',
  'POST /api/community/resolutions text',
  'PUT /api/community/resolutions/{resolution}/follow-up words',
  'POST /api/community/areas name',
  'POST /api/community/areas about',
  'POST /api/community/areas/{area}/hours what',
  'POST /api/community/goals title',
  'POST /api/community/experts about',
  'POST /api/community/experts skills.0',
  'POST /api/community/chapters name',
  'POST /api/community/chapters city',
  'POST /api/community/chapters about',
  'POST /api/community/chapters website',
  'PUT /api/community/chapters/{slug} name',
  'PUT /api/community/chapters/{slug} city',
  'PUT /api/community/chapters/{slug} about',
  'PUT /api/community/chapters/{slug} website',
  'PUT /api/community/site/settings icpNumber',
  'POST /api/community/moderation/words pattern',
  'POST /api/community/moderation/words note',
  'POST /api/community/takedowns work',
  'POST /api/community/takedowns claim',
  'POST /api/community/notifications/push browser',
  // Answers with a finding instead of a refusal.
  'POST /api/fleet/clusters/preview settings.work_mem',
]);
/** Answers with what is left of a text once names and values were taken out. */
const takesOut = (name: string) => name.includes(' /api/community/capsules/');
/** Names of what PostgreSQL allows: this one is a name like any other. */
const plainNames = new Set(['__proto__']);

type Place = { described: Described; name: string; field: string; put(value: unknown): unknown };

/** Every place of a text in the body of a route, with the rest of the body as it should be. */
function placesOf(described: Described): Place[] {
  const schema = bodySchema(described);
  if (!schema) return [];
  const places: Place[] = [];
  const place = (path: string[], put: Place['put']) =>
    void places.push({
      described,
      name: `${described.method} ${described.path} ${path.join('.')}`,
      field: path[0] ?? '',
      put,
    });
  const visit = (inner: JsonSchema, path: string[], put: Place['put']): void => {
    for (const one of inner.anyOf ?? []) visit(one, path, put);
    const types = [inner.type].flat();
    if (types.includes('string')) place(path, put);
    if (types.includes('array') && inner.items) visit(inner.items, [...path, '0'], (value) => put([value]));
    if (Object.keys(inner.additionalProperties ?? {}).length > 0) {
      visit(inner.additionalProperties ?? {}, [...path, 'work_mem'], (value) => put({ work_mem: value }));
      place([...path, '(name)'], (value) => put({ [String(value)]: '8MB', work_mem: '8MB' }));
    }
    const rest = (path.length === 0 ? sampleBody(described, ours) : sampleOf(inner)) as object;
    for (const [field, deeper] of Object.entries(inner.properties ?? {})) {
      visit(deeper, [...path, field], (value) => put({ ...rest, [field]: value }));
    }
  };
  visit(schema, [], (value) => value);
  return places;
}

const routes = listRoutes(world);
const places = routes.flatMap(placesOf);

test('there are texts to try, and a host that answers', async () => {
  expect(places.length).toBeGreaterThan(60);
  const settings = await people.owner.call('GET', `/api/fleet/clusters/${ours.cluster}/settings`);
  expect(((await settings.json()) as unknown[]).length).toBeGreaterThan(200);
});

test('in an address each of them is refused, or finds nothing', async () => {
  const wrong: string[] = [];
  const before = await countRows();
  for (const described of routes) {
    const { method, path, route } = described;
    for (const text of Object.values(hostile).filter((one) => one !== '' && !plainNames.has(one))) {
      for (const parameter of route.parameters ?? []) {
        const value = encodeURIComponent(text.toWellFormed());
        const address =
          parameter.in === 'path'
            ? addressOf(described, ours, { [parameter.name]: text.toWellFormed() })
            : addressOf(described, ours).split('?')[0] + `?name=a&database=app&${parameter.name}=${value}`;
        if (parameter.in === 'query' && method !== 'GET') continue;
        const answer = await people.owner.call(method, address, sampleBody(described, ours));
        const isRight = parameter.in === 'path' ? answer.status >= 400 : true;
        // Without a metrics store the pages of metrics say so, whatever was asked.
        const isBroken = answer.status >= 500 && answer.status !== 503;
        if (!isRight || isBroken) wrong.push(`${method} ${address} ${answer.status} ${path}`);
        await answer.body?.cancel();
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(rowsChanged(before, await countRows())).toEqual([]);
  expect(world.logged.filter((line) => line.startsWith('a request failed'))).toEqual([]);
});

/** What is chosen from a list, or left open. */
const mayBeNothing = new Set([
  'PUT /api/community/organisations/{slug} industry',
  'PUT /api/community/profile industry',
]);

test.each(Object.entries(hostile))(
  '%s is refused in every field with a sentence and changes nothing, or is kept as it is',
  async (_, text) => {
    const owner = await world.signIn(people.owner.accountId);
    let before = await countRows();
    const wrong: string[] = [];
    for (const { described, name, field, put } of places) {
      const answer = await owner.call(described.method, addressOf(described, ours), put(text));
      const body = await answer.text();
      if (answer.status < 400) {
        const isFree =
          freeText.has(name) ||
          (text === '' && mayBeNothing.has(name)) ||
          (plainNames.has(text) && / (name|owner)$|\(name\)$/.test(name));
        if (!isFree) wrong.push(`${name} took it: ${answer.status} ${body.slice(0, 300)}`);
        const kept = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
        const isChanged =
          typeof kept[field] === 'string' && kept[field] !== text.trim().replace('\u202e', '');
        if (isFree && isChanged && !takesOut(name)) {
          wrong.push(`${name} kept ${JSON.stringify(kept[field])}`);
        }
        before = await countRows();
        continue;
      }
      wrong.push(...(faultsOf(name, field, answer, body) ?? []));
      // One look at all tables for several refusals would not say which of them it was.
      if (described.method !== 'GET' && answer.status !== 422) {
        const after = await countRows();
        if (rowsChanged(before, after).length > 0)
          wrong.push(`${name} changed ${rowsChanged(before, after).join()}`);
        before = after;
      }
    }
    expect(wrong).toEqual([]);
    expect(rowsChanged(before, await countRows())).toEqual([]);
    expect(world.logged.filter((line) => line.startsWith('a request failed'))).toEqual([]);
  },
);

/** What is wrong with a refusal: it has one sentence after another, a known code, and names the field at fault. */
function faultsOf(name: string, field: string, answer: Response, body: string): string[] {
  const problem = Problem.safeParse(JSON.parse(body));
  if (!problem.success || answer.headers.get('content-type') !== 'application/problem+json') {
    return [`${name} ${answer.status} ${body}`];
  }
  const { detail, fields, code } = problem.data;
  const faults: string[] = [];
  // An expression is checked by the metrics store, and none runs here: nothing is taken unchecked.
  const isUnchecked = code === 'unavailable' && name.includes('/alert-rules');
  if (!['invalid', 'not_found', 'conflict', 'too_many'].includes(code) && !isUnchecked)
    faults.push(`${name} ${body}`);
  if (!detail.endsWith('.')) faults.push(`${name}: no sentence: ${detail}`);
  if (fields && !fields.some(({ path }) => path.startsWith(field))) {
    faults.push(`${name}: names ${fields.map(({ path }) => path).join()}`);
  }
  return faults;
}

/** Tables that count attempts, or what is asked of a host: refusals may leave their mark there. */
const counters = [
  'identity.sign_in_failure',
  'identity.sign_up',
  'platform.rate',
  'identity.verification',
  'fleet.task',
  'platform.mail',
];

async function countRows(): Promise<Record<string, number>> {
  const { db } = world.database;
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('platform', 'identity', 'fleet', 'community') order by 1`.execute(db);
  const all = tables.rows.map(({ name }) => name).filter((name) => !counters.includes(name));
  const counts = all.map((name) => `select '${name}' as name, count(*)::int8 as n from ${name}`);
  const { rows } = await db.transaction().execute(async (tx) => {
    // Hundreds of small tables: to start processes for them takes longer than to read them.
    await sql`set local max_parallel_workers_per_gather = 0`.execute(tx);
    return sql<{ name: string; n: number }>`${sql.raw(counts.join(' union all '))}`.execute(tx);
  });
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

const rowsChanged = (one: Record<string, number>, other: Record<string, number>) =>
  Object.keys(other).filter((name) => one[name] !== other[name]);
