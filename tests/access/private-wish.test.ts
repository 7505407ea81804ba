import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { grants, rolePatterns, roles } from '#src/identity/contract/roles.ts';
import { letHostsAnswer } from './answering-hosts.ts';
import { openNamedPeople } from './named-people.ts';
import { addressOf, type Described, listRoutes, sampleBody } from './routes.ts';
import { type Caller, openWorld } from './world.ts';

const world = await openWorld();
await letHostsAnswer(world);
const { db } = world.database;
const routes = listRoutes(world);
const word = 'zebracrossing';

/** Everybody whom the wish does not name, and who does not look after wishes. */
const outsiders: [string, Caller][] = [
  ['nobody', world.anonymous],
  ['somebody alone', world.alone],
  ['the owner of another organisation', world.stranger],
  ['a key', world.key],
  ...roles
    .filter((role) => !grants(rolePatterns[role], 'community.wish.manage'))
    .map((role): [string, Caller] => [`a ${role}`, world.people[role]]),
];

/** Every address that reads, those of wishes also as somebody would ask for what is hidden. */
function addresses(): string[] {
  const searched = ['wishes', 'search', 'feeds', 'sitemaps', 'roadmap'];
  return routes
    .filter(({ method, path }) => method === 'GET' && !/\{wish\}|events$|openapi|\/health/.test(path))
    .flatMap((described) => {
      const address = addressOf(described, world.ours);
      if (!searched.some((part) => described.path.startsWith(`/api/community/${part}`))) return [address];
      const known = new Set((described.route.parameters ?? []).map(({ name }) => name));
      const asked = Object.entries({
        q: word,
        state: 'all',
        limit: '100',
        about: 'wishes',
        scope: 'addressed',
      }).filter(([name]) => known.has(name));
      const with_ = (pairs: string[][]) =>
        `${address.split('?')[0]}?${new URLSearchParams([...new URLSearchParams(address.split('?')[1]), ...pairs])}`;
      return [address, with_(asked), with_(asked.filter(([name]) => name !== 'scope'))];
    });
}

/** What an outsider reads of everything, by address. */
async function readAll(who: Caller): Promise<Map<string, string>> {
  const read = new Map<string, string>();
  for (const address of addresses()) {
    const answer = await who.call('GET', address);
    // What goes on and on is a stream of an operation, which is nobody's here.
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isStream) await answer.body?.cancel();
    else read.set(address, `${answer.status} ${await answer.text()}`);
  }
  return read;
}

/** Without what is of the moment: times, the name of a request, and the figures of the front page's last second, which count no wishes. */
const steady = (answer = '') =>
  answer
    .replace(/"totals":\{[^}]*\}/, '')
    .replace(/"(?:requestId|instance)":"[^"]*"/g, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '');

test(
  'a private wish is in no list, feed, search, notice or count of anyone not named, whatever they ask',
  { timeout: 600_000 },
  async () => {
    const { author, manager } = await openNamedPeople(world);
    // Reading for the first time may write: that a person is a member, that they were here.
    for (const [, who] of outsiders) await readAll(who);
    const before = new Map<string, Map<string, string>>();
    for (const [name, who] of outsiders) before.set(name, await readAll(who));
    const again = new Map<string, Map<string, string>>();
    for (const [name, who] of outsiders) again.set(name, await readAll(who));

    const say = (what: string) => `${what} with ${word} in it`;
    const made = await author.call('POST', '/api/community/wishes', {
      title: say('A wish'),
      industry: 'finance',
      capability: say('It does this by itself'),
      problem: say('We do it by hand'),
      strength: 'must',
      locale: 'en',
      isPrivate: true,
      company: say('Company'),
      databaseSize: say('1 TB'),
      businessLogic: say('Logic'),
      businessPains: say('Pains'),
      databasePains: say('More pains'),
      vendors: ['vendor'],
    });
    expect([made.status, await made.clone().text()]).toEqual([201, expect.any(String)]);
    const { id } = z.object({ id: z.number() }).parse(await made.json());
    for (const [method, path, body] of [
      ['PUT', `/api/community/wishes/${id}/claims/vendor`, { dueOn: '2099-01-01', note: say('Soon') }],
      [
        'PUT',
        `/api/community/wishes/${id}/delivery`,
        { kind: 'product', title: say('Ours'), url: 'https://example.com/zebra', organisation: 'vendor' },
      ],
    ] as const) {
      const answer = await manager.call(method, path, body);
      expect([path, answer.status, await answer.text()]).toEqual([
        path,
        expect.toBeOneOf([200, 204]),
        expect.any(String),
      ]);
    }
    for (const who of [author, manager]) {
      const said = await who.call('POST', '/api/community/comments', {
        wish: id,
        markdown: `${say('Words')} for @alone and @manager, by ${who === author ? 'its author' : 'the vendor'}`,
      });
      expect([said.status, await said.clone().text()]).toEqual([201, expect.stringContaining('published')]);
    }
    // Those who are named read it: the walk below would find it if it were there.
    for (const who of [author, manager])
      expect(await (await who.call('GET', `/api/community/wishes/${id}`)).text()).toContain(word);

    const seen: string[] = [];
    const counted: string[] = [];
    let compared = 0;
    for (const [name, who] of outsiders) {
      const first = before.get(name)!;
      for (const [address, answer] of await readAll(who)) {
        // What was asked for comes back in an answer, and so it may.
        const told = answer.replaceAll(new RegExp(`[?&]q=${word}`, 'g'), '');
        if (told.includes(word)) seen.push(`${name}: ${address}`);
        if (!address.startsWith('/api/community/')) continue;
        const [earlier, once] = [first, again.get(name)!].map((all) => steady(all.get(address)));
        if (earlier !== once) continue;
        compared += 1;
        if (steady(answer) !== earlier) counted.push(`${name}: ${address}`);
      }
    }
    expect(seen).toEqual([]);
    expect(counted).toEqual([]);
    // Nearly every answer is the same when nothing happened; the others hold a time of their own.
    expect(compared).toBeGreaterThan(
      0.9 * outsiders.length * addresses().filter((one) => one.startsWith('/api/community/')).length,
    );
  },
);

test('every way of what was said below it says to them that there is none', async () => {
  const { id } = await db
    .selectFrom('community.comment')
    .select('id')
    .where('markdown', 'like', `%${word}%`)
    .executeTakeFirstOrThrow();
  const rows = () => db.selectFrom('community.comment').selectAll().where('id', '=', id).execute();
  const untouched = await rows();
  const ways = routes.filter(({ path }) => path.includes('{comment}'));
  expect(ways.length).toBeGreaterThan(2);
  const wrong: string[] = [];
  const ask = async (who: Caller, way: Described, comment: number) => {
    const body = way.method === 'GET' ? undefined : sampleBody(way, world.ours);
    return (await who.call(way.method, addressOf(way, world.ours, { comment: String(comment) }), body))
      .status;
  };
  for (const [name, who] of outsiders)
    for (const way of ways) {
      const status = await ask(who, way, id);
      if (![401, 403, 404].includes(status)) wrong.push(`${name}: ${way.method} ${way.path} ${status}`);
      if (who === world.alone && status !== (await ask(who, way, 99_999_999)))
        wrong.push(`${name}: ${way.method} ${way.path} tells it from one that never was`);
    }
  const flagged = await world.alone.call('POST', '/api/community/flags', {
    subject: `comment:${id}`,
    kind: 'rude',
  });
  expect([wrong, flagged.status]).toEqual([[], 404]);
  expect(await rows()).toEqual(untouched);
});

test('every way of one wish says to them that there is none', async () => {
  const { id } = await db
    .selectFrom('community.wish')
    .select('id')
    .where('title', 'like', `%${word}%`)
    .executeTakeFirstOrThrow();
  const rows = () =>
    db.selectFrom('community.wish').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const untouched = await rows();
  const ways = routes.filter(({ path }) => path.includes('{wish}'));
  expect(ways.length).toBeGreaterThan(5);
  const wrong: string[] = [];
  for (const [name, who] of outsiders)
    for (const way of ways) {
      const status = await statusOf(who, way, id);
      if (![401, 403, 404].includes(status)) wrong.push(`${name}: ${way.method} ${way.path} ${status}`);
      // Whoever is somebody learns not even that there is one.
      if (who === world.alone && status !== (await statusOf(who, way, 99_999_999)))
        wrong.push(`${name}: ${way.method} ${way.path} tells it from one that never was`);
    }
  expect(wrong).toEqual([]);
  expect(await rows()).toEqual(untouched);
});

async function statusOf(who: Caller, way: Described, id: number): Promise<number> {
  const body = way.method === 'GET' ? undefined : sampleBody(way, world.ours);
  return (await who.call(way.method, addressOf(way, world.ours, { wish: String(id) }), body)).status;
}

test('its words stand in the rows of the wish and in notices of those who are named, and nowhere else', async () => {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('platform', 'identity', 'community', 'fleet', 'graphile_worker')`.execute(
    db,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.raw(name)} t where t::text like ${`%${word}%`}`.execute(db);
    if (rows[0]!.count > 0) found[name] = rows[0]!.count;
  }
  expect(Object.keys(found).toSorted()).toEqual([
    'community.comment',
    'community.notification',
    'community.wish',
    'community.wish_change',
    'community.wish_claim',
    'community.wish_delivery',
  ]);
  const told = await db
    .selectFrom('community.notification as n')
    .innerJoin('community.member as m', 'm.id', 'n.member_id')
    .select('m.handle')
    .distinct()
    .where(sql<boolean>`n::text like ${`%${word}%`}`)
    .execute();
  expect(told.every(({ handle }) => ['author', 'manager'].includes(handle))).toBe(true);
});
