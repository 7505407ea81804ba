import { join } from 'node:path';
import type { RouteConfigEntry } from '@react-router/dev/routes';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { feedSubjects } from '#src/community/contract/feeds.ts';
import { SitemapKind } from '#src/community/contract/sitemaps.ts';
import { ValueNumber } from '#src/community/contract/value.ts';
import { plainRoutes, siteRoutes } from '#src/community/web/routes.ts';
import { mountWeb } from '#src/main/web.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { openNamedPeople } from '../access/named-people.ts';
import { openWorld } from '../access/world.ts';

await ensureWebBuild(() => {});
const world = await openWorld();
// Around the API of the world, which has answered already and takes no more routes.
const web = new Hono();
web.all('/api/*', (c) => world.app.fetch(c.req.raw, c.env));
await mountWeb(web, { buildDir: join(import.meta.dirname, '../../build') });
/** In every text of the wish; asked for is the other one, since what was asked for comes back. */
const [word, askedFor] = ['zebracrossing', 'quaggacrossing'];

type Reader = { cookies: Map<string, string> };
const nobody: Reader = { cookies: new Map() };
const outsiders: [string, Reader][] = [
  ['nobody', nobody],
  ['somebody alone', world.alone],
  ['a viewer', world.people.viewer],
];

const pathsOf = (routes: readonly RouteConfigEntry[], at = ''): string[] =>
  routes.flatMap(({ path, children = [] }) => {
    const here = path === undefined ? at : `${at}/${path}`;
    return [here, ...pathsOf(children, here)];
  });

/** What a part of an address is filled with: everything that there is of it, or what a wish could hide behind. */
function fill(path: string, wish: number): string[] {
  const values: [RegExp, readonly (string | number)[]][] = [
    [/^\/feeds\/:file/, ['all', 'questions', 'articles', 'wishes'].flatMap(inFormats)],
    [
      /^(\/feeds)\/:about\/:file/,
      feedSubjects.flatMap((about) =>
        ['author', 'vendor', 'index'].flatMap((name) => inFormats(`${about}/${name}`)),
      ),
    ],
    [
      /^\/sitemaps\/:kind\/:file/,
      ['pages', ...SitemapKind.options].flatMap((kind) => [`${kind}/0.xml`, `${kind}/1.xml`]),
    ],
  ];
  const whole = values.find(([pattern]) => pattern.test(path));
  if (whole) return whole[1].map((one) => `${path.split('/:')[0]}/${one}`);
  const of: Record<string, readonly string[]> = {
    slug: path.startsWith('/committees') ? ['board', 'ecosystem'] : ['vendor'],
    handle: ['author', 'manager'],
    number: ValueNumber.options,
    name: ['index'],
  };
  return path.split('/').reduce<string[]>(
    (addresses, part) => {
      const name = /^:(\w+)\??$/.exec(part)?.[1];
      if (part.endsWith('?')) return addresses;
      const each = name === undefined ? [part] : (of[name] ?? [String(wish)]);
      return addresses.flatMap((address) =>
        each.map((one) => (address === '' && one === '' ? '' : `${address}/${one}`)),
      );
    },
    [''],
  );
}
const inFormats = (name: string) => ['atom', 'rss', 'json'].map((format) => `${name}.${format}`);

/** Every address of the web that the community has, the lists of wishes also as somebody would ask for what is hidden. */
const addresses = (wish: number) => [
  ...new Set([
    ...[...pathsOf(siteRoutes), ...pathsOf(plainRoutes)].flatMap((path) => fill(path, wish)),
    ...['/search', '/wishes', '/wishes/roadmap', '/questions', '/articles', '/organisations', '/members'].map(
      (path) => `${path}?q=${askedFor}`,
    ),
    `/search?q=${askedFor}&about=wishes`,
    `/wishes?q=${askedFor}&state=all`,
    `/wishes?q=${askedFor}&scope=addressed`,
  ]),
];

/** What a reader is shown at an address, wherever it leads. */
async function read(reader: Reader, address: string): Promise<{ status: number; text: string }> {
  const { cookies } = reader;
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers: Record<string, string> = cookie === '' ? {} : { cookie };
  const answer = await web.request(`http://localhost:7433${address}`, { headers }, {});
  const elsewhere = answer.headers.get('location');
  if (elsewhere?.startsWith('/wishes/')) return read(reader, elsewhere);
  return { status: answer.status, text: await answer.text() };
}

test(
  'no page, feed, sitemap or calendar of the web shows a private wish to anybody not named, kept pages neither',
  { timeout: 600_000 },
  async () => {
    const { author, manager } = await openNamedPeople(world);
    const plain = addresses(1).filter((one) => /\.(?:atom|rss|json|xml|ics|txt)$/.test(one));
    expect(plain.filter((one) => one.endsWith('.ics'))).toHaveLength(3);
    // Without what is of the moment: times, and the name of a request.
    const steady = (text: string) =>
      text.replace(/"requestId":"[^"]*"|\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?/g, '');
    const before = new Map<string, string>();
    for (const address of plain) before.set(address, steady((await read(nobody, address)).text));

    const say = (what: string) => `${what} with ${word} and ${askedFor} in it`;
    const made = await author.call('POST', '/api/community/wishes', {
      title: say('A wish'),
      industry: 'finance',
      capability: say('It does this by itself'),
      problem: say('We do it by hand'),
      strength: 'must',
      locale: 'en',
      isPrivate: true,
      company: say('Company'),
      vendors: ['vendor'],
    });
    expect(made.status).toBe(201);
    const { id } = z.object({ id: z.number() }).parse(await made.json());
    const all = addresses(id);

    // Those who are named read every page first: what was kept of theirs would be found below.
    const shown = new Set<string>();
    for (const who of [author, manager])
      for (const address of all) if ((await read(who, address)).text.includes(word)) shown.add(address);
    expect([...shown]).toContain(`/wishes/${id}`);
    expect(shown.size).toBeGreaterThan(1);

    const seen: string[] = [];
    const broken: string[] = [];
    const answered = new Set<string>();
    for (const [name, who] of outsiders)
      // What nobody was shown is kept for some seconds, and shown again.
      for (const address of who === nobody ? [...all, ...all] : all) {
        const { status, text } = await read(who, address);
        if (text.includes(word)) seen.push(`${name}: ${address}`);
        if (status >= 500) broken.push(`${name}: ${address} ${status}`);
        if (status === 200) answered.add(address);
      }
    expect(seen).toEqual([]);
    expect(broken).toEqual([]);
    // The walk reads pages, not refusals.
    for (const address of [
      '/wishes',
      '/feeds/wishes.atom',
      '/sitemaps/wishes/0.xml',
      '/plan.ics',
      '/members/author',
    ])
      expect([...answered]).toContain(address);
    expect(answered.size).toBeGreaterThan(100);
    for (const address of plain)
      expect([address, steady((await read(nobody, address)).text)]).toEqual([address, before.get(address)]);
  },
);
