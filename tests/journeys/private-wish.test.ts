import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { plainRoutes, siteRoutes } from '#src/community/web/routes.ts';
import { mountWeb } from '#src/main/web.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { openNamedPeople } from '../access/named-people.ts';
import { openWorld } from '../access/world.ts';
import { addressesOf } from './support/site-addresses.ts';

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

/** Every address of the web that the community has, the lists of wishes also as somebody would ask for what is hidden. */
const addresses = (wish: number, comment: number) => [
  ...new Set([
    ...addressesOf([...siteRoutes, ...plainRoutes], (pattern) => ({
      id: [...new Set([wish, comment])],
      slug: pattern.startsWith('/committees') ? ['board', 'ecosystem'] : ['vendor'],
      handle: ['author', 'manager'],
      name: ['index'],
    })),
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
    const plain = addresses(1, 1).filter((one) => /\.(?:atom|rss|json|xml|ics|txt)$/.test(one));
    expect(plain.filter((one) => one.endsWith('.ics'))).toHaveLength(4);
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
    const said = await manager.call('POST', '/api/community/comments', { wish: id, markdown: say('Words') });
    expect(said.status).toBe(201);
    const { id: comment } = z.object({ id: z.number() }).parse(await said.json());
    const all = addresses(id, comment);

    // Those who are named read every page first: what was kept of theirs would be found below.
    const shown = new Set<string>();
    for (const who of [author, manager])
      for (const address of all) if ((await read(who, address)).text.includes(word)) shown.add(address);
    for (const address of [`/wishes/${id}`, `/comments/${comment}/reply`])
      expect([...shown]).toContain(address);
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
