import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerBuild } from 'react-router';
import { sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import * as community from '#src/community/web/routes.ts';
import * as fleet from '#src/fleet/web/routes.ts';
import * as identity from '#src/identity/web/routes.ts';
import type { CallApi } from '#src/main/web-pages.ts';
import { keptPageSeconds, shownWithinSeconds } from '#src/platform/contract/freshness.ts';
import { createLog } from '#src/platform/server/log.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import * as platform from '#src/platform/web/routes.ts';
import { addressOf, listRoutes } from '../access/routes.ts';
import { openWorld } from '../access/world.ts';
import { addressesOf, partsOf } from './support/site-addresses.ts';

await ensureWebBuild(() => {});
const world = await openWorld();
const { db } = world.database;
const build = (await import(
  pathToFileURL(join(import.meta.dirname, '../../build/server/index.js')).href
)) as ServerBuild;
const word = 'zebracrossing';
const stops: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const stop of stops) stop();
});

/** A server of its own on the database of the world: what programs keep in their modules is its alone. */
async function startServer() {
  vi.resetModules();
  const { startApi } = await import('../access/world.ts');
  const { pageRenderer } = await import('#src/main/web-pages.ts');
  const { createPageCache } = await import('#src/main/web-cache.ts');
  const { app, stop } = await startApi(db, world.config, createLog('test', 'silent'));
  stops.push(stop);
  const api: CallApi = async (request, env) =>
    app.fetch(request, { ...(env as object), inProcess: true, byValue: true });
  const cache = createPageCache();
  /** For how long each page is kept. */
  const kept = new Map<string, number>();
  const render = pageRenderer(build, api, {
    publicUrl: 'http://localhost:7433',
    cache: {
      find: cache.find,
      keep: (key, page) => {
        kept.set(key.slice(key.indexOf('localhost:7433') + 'localhost:7433'.length), page.until - Date.now());
        cache.keep(key, page);
      },
    },
  });
  return {
    kept,
    read: async (address: string) => {
      const request = new Request(`http://localhost:7433${address}`);
      return address.startsWith('/api/') ? app.fetch(request, {}) : render(request, {});
    },
  };
}

/** Every page, feed, map, calendar and file of the web that needs nobody, and every route of the API that needs nobody. */
function addresses(): { web: string[]; api: string[] } {
  const { ours } = world;
  const routes = [
    ...[community, fleet, identity, platform].flatMap((room) =>
      'publicRoutes' in room ? room.publicRoutes : room.siteRoutes,
    ),
    ...community.plainRoutes,
    ...platform.plainRoutes,
  ];
  const web = addressesOf(routes, partsOf(ours.community));
  const api = listRoutes(world)
    .filter(({ method, access }) => method === 'GET' && access === 'open')
    .map((described) => addressOf(described, ours));
  return { web, api };
}

/** Without what is of the moment: words on the age of things, the names of a request, keys that are made anew. */
const steady = (text: string) =>
  text
    .replace(/"(?:requestId|instance|token|challenge)":"[^"]*"/g, '')
    .replace(/(?<=<time [^>]*>)[^<]*/g, '')
    .replace(/\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?/g, '');

/** Another name for everything that has one on a public page, and a new article, as if each were published just now. */
async function publish(): Promise<void> {
  const named = [
    ['title', 'election', 'faq', 'goal', 'meeting', 'plan_entry', 'post', 'series', 'wish'],
    ['name', 'area', 'chapter', 'member', 'offering', 'organisation'],
  ] as const;
  for (const [column, ...tables] of named)
    for (const table of tables)
      await sql`update community.${sql.ref(table)} set ${sql.ref(column)} = ${sql.ref(column)} || ${` ${word}`}
        where ${sql.ref(column)} is not null`.execute(db);
  await sql`update community.member set skills = array_append(skills, ${word})`.execute(db);
  await sql`insert into community.resolution (committee_id, title, markdown, html, decided_on)
    select committee_id, ${word}, 'x', 'x', '2026-01-02' from community.resolution`.execute(db);
  await sql`insert into community.post (kind, author_id, title, markdown, html, published_at)
    select 'article', id, 'New', 'x', '<p>x</p>', now() from community.member limit 1`.execute(db);
  await sql`insert into community.setting (name, value)
    values ('privileges', '{"voteUp": 77}'), ('wishes', '{"must": 777}'), ('site', '{"profile": "china", "icpNumber": "京ICP备77777777号"}')
    on conflict (name) do update set value = excluded.value`.execute(db);
}

test(
  'what is published is seen by everybody within five seconds, on every page, feed, map, calendar and answer of the API',
  { timeout: 900_000 },
  async () => {
    const { web, api } = addresses();
    expect(web.length).toBeGreaterThan(150);
    // Time stands while the site is read, so that every page is as fresh as it can be when something is published.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const server = await startServer();
    const tooLong: string[] = [];
    const before = new Map<string, string>();
    for (const address of [...web, ...api]) {
      const answer = await server.read(address);
      const [, seconds] =
        /(?:s-maxage|max-age)=(\d+)/.exec(answer.headers.get('cache-control') ?? 'max-age=1e9') ?? [];
      // Bytes under a name that is never given to others: another picture has another address.
      const isFixed = /^\/api\/(?:platform\/files|docs)\//.test(address);
      if (Number(seconds ?? 0) > 0 && !isFixed)
        tooLong.push(`${address} ${answer.headers.get('cache-control')}`);
      expect([address, answer.status]).toEqual([address, expect.toSatisfy((one: number) => one < 500)]);
      if (answer.status === 200) before.set(address, steady(await answer.text()));
    }
    for (const [address, ms] of server.kept)
      if (ms > keptPageSeconds * 1000) tooLong.push(`${address} is kept for ${ms} ms`);
    expect(tooLong).toEqual([]);
    expect(server.kept.size).toBeGreaterThan(60);

    await publish();
    const news = await startServer();
    const fresh = new Map<string, string>();
    const differing: string[] = [];
    for (const address of before.keys()) {
      fresh.set(address, steady(await (await news.read(address)).text()));
      if (fresh.get(address) !== before.get(address)) differing.push(address);
    }
    for (const address of [
      '/community',
      '/articles',
      '/members',
      '/feeds/all.atom',
      '/plan.ics',
      '/reputation',
      '/wishes',
    ])
      expect(differing).toContain(address);
    // The walk sees what is kept: without time going on, the old is shown.
    const old = [];
    for (const address of differing)
      if (
        server.kept.has(address) &&
        steady(await (await server.read(address)).text()) === before.get(address)
      )
        old.push(address);
    expect(old.length).toBeGreaterThan(40);

    vi.setSystemTime(Date.now() + shownWithinSeconds * 1000);
    const stale: string[] = [];
    for (const [address, now] of fresh)
      if (steady(await (await server.read(address)).text()) !== now) stale.push(address);
    expect(stale).toEqual([]);
  },
);
