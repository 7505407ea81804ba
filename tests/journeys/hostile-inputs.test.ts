// Over 300 lines: every column of the community that holds words, and what may not stand in it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Parser } from 'htmlparser2';
import { type RawBuilder, sql } from 'kysely';
import type { ServerBuild } from 'react-router';
import { beforeAll, expect, test, vi } from 'vitest';
import { deliverTo } from '#src/community/server/notifications/deliver-notices.job.ts';
import { renderMarkdown } from '#src/community/server/markdown/render-markdown.ts';
import { plainRoutes, siteRoutes } from '#src/community/web/routes.ts';
import { type CallApi, pageRenderer } from '#src/main/web-pages.ts';
import { isOneLine, prose } from '#src/platform/contract/text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { doingsOf, hostileInputs } from '#tests/support/hostile-inputs.ts';
import { insertSampleCommunity } from '#tests/support/sample-community.ts';
import { insertSampleGovernment } from '#tests/support/sample-government.ts';
import { insertSampleModeration } from '#tests/support/sample-moderation.ts';
import { insertSampleOrganisations } from '#tests/support/sample-organisations.ts';
import { insertSamplePoints } from '#tests/support/sample-points.ts';
import { insertSampleWishes } from '#tests/support/sample-wishes.ts';
import { asSystem, openWorld } from '../access/world.ts';
import { addressesOf, partsOf } from './support/site-addresses.ts';

await ensureWebBuild(() => {});
const world = await openWorld();
const { db } = world.database;
const reader = world.people.owner;
const build = (await import(
  pathToFileURL(join(import.meta.dirname, '../../build/server/index.js')).href
)) as ServerBuild;
const api: CallApi = async (request, env) =>
  world.app.fetch(request, { ...(env as object), inProcess: true, byValue: true });
// Nothing is kept: every page is drawn anew.
const render = pageRenderer(build, api, { publicUrl: 'http://localhost:7433' });

/** Columns that nobody fills with words of their own: what is chosen from a list, made by us, or held to a form when it comes in. */
const noWords = new RegExp(
  `\\.(?:${[
    'kind|state|slug|industry|industries|roles|for_roles|covers_industry|covers_role|languages|regions|service_kinds|company_size',
    'currency|licence|strength|verdict|choice|effect|mail|digest|engine|locale|time_zone|contra|because|from_state|to_state|action',
    'email|cause|cause_key|key|hash|shape|subject|receipt|endpoint|public_key|image|handle|site|target|measure|broke_on|proved_on|outcome',
    'website|url|country|source_url|table_name|column_name|newsletter_industries|newsletter_roles|consent_version|signals',
  ].join('|')})$|^setting\\.|^run_result\\.|^offered_postgres\\.|^search_`,
);
/** Where the contract holds words to fewer characters than the table does, as they come in and as they go out. */
const heldTo: Record<string, number> = {
  'badge.name': 40,
  'badge.about': 200,
  'reward.name': 40,
  'reward.about': 300,
  'offering_revision.content': 200,
  'organisation_revision.name': 200,
  'post_revision.title': 200,
  from_name: 200,
  into_name: 200,
  options: 200,
  payload: 200,
  skills: 40,
  tags: 40,
};
/** In JSON, what stands below these names is words of a person; what a product says about itself is Markdown. */
const wordsIn = ['en', 'zh-CN', 'name', 'summary', 'title', 'excerpt', 'words', 'text', 'note'];

type Column = { table: string; name: string; type: 'text' | 'texts' | 'json' | 'html'; room: number };

async function listColumns(): Promise<Column[]> {
  const { rows } = await sql<Omit<Column, 'room'>>`
    select c.table_schema || '.' || c.table_name as "table", c.column_name as name,
      case when c.udt_name = '_text' then 'texts' when c.data_type like 'json%' then 'json'
        when c.column_name ~ '(^|_)html$' then 'html' else 'text' end as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where (c.table_schema = 'community'
        or c.table_schema || '.' || c.table_name in ('identity.account', 'identity.organisation'))
      and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
      and (c.data_type in ('text', 'jsonb') or c.udt_name = '_text')
    order by 1, 2`.execute(db);
  const columns: Column[] = [];
  for (const column of rows) {
    if (noWords.test(`${column.table.replace('community.', '')}.${column.name}`)) continue;
    const room = await roomOf(column);
    if (room > 0) columns.push({ ...column, room });
  }
  return columns;
}

/** How many characters the database takes, up to 2,000; none where it takes no free words at all, or has no row. */
async function roomOf(column: Omit<Column, 'room'>): Promise<number> {
  const held = heldTo[`${column.table.replace('community.', '')}.${column.name}`] ?? heldTo[column.name];
  if (held !== undefined) return held;
  for (const room of [2000, 1000, 500, 300, 200, 100, 60, 40]) {
    const taken = await db
      .transaction()
      .execute(async (tx) => {
        const rows = await write(tx, { ...column, room }, `<"'&> ${'x'.repeat(room - 16)}`);
        throw new Error(rows > 0 ? 'taken' : 'no rows');
      })
      .catch((error: Error) => error.message);
    if (taken === 'taken') return room;
    if (taken === 'no rows') return 0;
  }
  return 0;
}

const withWords = (value: unknown, words: string, here = false): unknown => {
  if (typeof value === 'string') return here ? words : value;
  if (Array.isArray(value)) return value.map((one) => withWords(one, words, here));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withWords(one, words, wordsIn.includes(key))]),
  );
};

/** Puts words into every row of a column that has some, as if somebody had typed them; the number of rows. */
async function write(tx: typeof db, { table, name, type }: Column, words: string): Promise<number> {
  // What is written once stays as it was, but not here.
  await sql`set local session_replication_role = replica`.execute(tx);
  const [place, column] = [sql.raw(table), sql.ref(name)];
  const set = async (value: RawBuilder<unknown>, where: RawBuilder<unknown> = sql`${column} is not null`) =>
    Number((await sql`update ${place} set ${column} = ${value} where ${where}`.execute(tx)).numAffectedRows);
  if (type === 'json') {
    const { rows } = await sql<{ at: string; value: unknown }>`
      select ctid::text as at, ${column} as value from ${place} where ${column} is not null`.execute(tx);
    for (const { at, value } of rows)
      await set(sql`${JSON.stringify(withWords(value, words))}::jsonb`, sql`ctid = ${at}::tid`);
    return rows.length;
  }
  if (type === 'html') return set(sql`${words}`);
  // Names are held once: each row has its own.
  const own = sql`${`${words} `} || left(md5(ctid::text), 5)`;
  return set(type === 'texts' ? sql`array[${own}, ${own} || 'x']` : own);
}

const isFile = (address: string) => /\.(?:atom|rss|json|xml|ics|txt|md)$/.test(address);
const addresses = [
  // Pages behind a number are one page with other rows.
  ...addressesOf([...siteRoutes, ...plainRoutes], partsOf(world.ours.community)).filter(
    (address) => !/\/value\/(?!articles$)/.test(address),
  ),
  ...['questions', 'articles', 'wishes', 'members'].map((about) => `/search?q=vacuum&about=${about}`),
  '/search?q=zq',
];

async function read(address: string): Promise<{ status: number; text: string }> {
  const cookie = [...reader.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const request = new Request(`http://localhost:7433${address}`, { headers: { cookie } });
  const answer = await render(request, {});
  const text = await answer.text();
  // A file is what it says it is, and no page to any browser.
  if (isFile(address)) {
    expect([address, answer.headers.get('content-type')]).toEqual([
      address,
      expect.not.stringContaining('html'),
    ]);
    expect([address, answer.headers.get('x-content-type-options')]).toEqual([address, 'nosniff']);
  }
  const next = answer.headers.get('location');
  return next?.startsWith('/') === true && answer.status < 400 ? read(next) : { status: answer.status, text };
}

/** What a page or a file can do where it is opened; throws where a file is not what its name says. */
async function doingsAt(address: string, text: string): Promise<Set<string>> {
  if (!isFile(address)) return doingsOf(text);
  if (address.endsWith('.json'))
    return new Set(htmlInJson(JSON.parse(text)).flatMap((one) => [...doingsOf(one)]));
  if (address.endsWith('.ics'))
    return new Set(text.split(/\r\n(?! )/).map((line) => /^[A-Z-]+(?=[:;])/.exec(line)?.[0] ?? line));
  if (/\.(?:txt|md)$/.test(address)) return new Set();
  await sql`select xmlparse(document ${text})`.execute(db);
  const doings = new Set<string>();
  let words = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        words = '';
        doings.add(`<${name} ${Object.keys(attributes).join()}>`);
      },
      ontext: (more) => void (words += more),
      onclosetag(name) {
        if (/^(?:content|content:encoded|description)$/.test(name))
          for (const one of doingsOf(words)) doings.add(`in ${name}: ${one}`);
      },
      onprocessinginstruction: (name) => void doings.add(`<${name}>`),
    },
    { xmlMode: true },
  );
  parser.end(text);
  return doings;
}

const htmlInJson = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'string' ? (key === 'content_html' ? [one] : []) : htmlInJson(one),
  );
};

let columns: Column[];
/** What each address does with plain words everywhere, and the columns whose words it shows. */
const plain = new Map<string, Set<string>>();
const shows = new Map<string, Set<number>>();
const wordsOf = (at: number, words: string) => `zq${at}q ${words}`;

beforeAll(async () => {
  const system = asSystem(world.database, reader.orgId);
  const ctx: Context = { ...system, actor: { ...system.actor, kind: 'user', id: reader.accountId } };
  await insertSampleCommunity(ctx);
  await insertSampleOrganisations(ctx);
  await insertSampleModeration(ctx);
  await insertSamplePoints(ctx);
  await insertSampleWishes(ctx);
  await insertSampleGovernment(ctx);
  columns = await listColumns();
  await fill((column, at) => {
    // With a link, so that what a page lists because there is one stands there already.
    const words = wordsOf(at, column.room > 300 ? 'plain words https://plain.example' : 'plain words');
    return column.type === 'html' ? `<p>${words}</p>` : words;
  });
  for (const address of addresses) {
    const { status, text } = await read(address);
    if (status !== 200) continue;
    plain.set(address, await doingsAt(address, text));
    shows.set(address, new Set([...text.matchAll(/zq(\d+)q/g)].map(([, at]) => Number(at))));
  }
}, 300_000);

/** What the site keeps for some seconds is old by then. */
async function fill(wordsFor: (column: Column, at: number) => string | undefined): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const [at, column] of columns.entries()) {
      const words = wordsFor(column, at);
      if (words === undefined) continue;
      await sql`savepoint before_words`.execute(tx);
      await write(tx, column, words).catch(async (error: { code?: string }) => {
        // What the table itself refuses is refused for everybody.
        if (error.code !== '23514') throw error;
        await sql`rollback to before_words`.execute(tx);
      });
    }
  });
  vi.setSystemTime(Date.now() + 60_000);
}

/** Texts packed into pieces of at most so many characters; one that is longer has no place. */
function pack(texts: readonly string[], room: number): string[] {
  const packs: string[] = [];
  let open = '';
  for (const text of texts.filter(({ length }) => length <= room)) {
    if (open !== '' && open.length + 1 + text.length > room) {
      packs.push(open);
      open = '';
    }
    open = open === '' ? text : `${open} ${text}`;
  }
  return open === '' ? packs : [...packs, open];
}

/** As they come in: what turns the direction is left out, what no text may have is refused. */
const typed = hostileInputs
  .map(({ text }) => prose(20_000).safeParse(text.toWellFormed()).data)
  .filter((text) => text !== undefined);

/** Reads every address that shows words of these columns; what it does now and did not do with plain words. */
async function newDoings(about: (column: Column) => boolean, allowed = new Set<string>()): Promise<string[]> {
  const found: string[] = [];
  for (const [address, before] of plain) {
    if (![...shows.get(address)!].some((at) => about(columns[at]!))) continue;
    const { status, text } = await read(address);
    if (status !== 200) found.push(`${address} answers ${status}`);
    else
      for (const doing of await doingsAt(address, text))
        if (!before.has(doing) && !allowed.has(doing.replace(/^in [\w:]+: /, '')))
          found.push(`${address}: ${doing}`);
  }
  return found;
}

test('the walk sees words of nearly every column, on pages, in feeds and in calendars', () => {
  const seen = new Set([...shows.values()].flatMap((one) => [...one]));
  expect(columns.length).toBeGreaterThan(120);
  expect(seen.size).toBeGreaterThan(105);
  const files = [...shows].filter(([address, { size }]) => isFile(address) && size > 0);
  for (const ending of ['atom', 'rss', 'json', 'ics'])
    expect(files.filter(([address]) => address.endsWith(ending)).length).toBeGreaterThan(0);
  expect(shows.size).toBeGreaterThan(190);
});

test('the judge sees words that were not escaped', () => {
  const page = (words: string, title = '') => doingsOf(`<!DOCTYPE html><p title="${title}">${words}</p>`);
  const raw = typed.filter((text) => /^<(?!p>)/.test(text));
  const missed = raw.filter((text) => [...page(text)].every((doing) => page('words').has(doing)));
  expect(missed.length / raw.length).toBeLessThan(0.1);
  expect([...page('', '" onclick="alert(1)')]).toContain('<p onclick>');
  expect([...doingsOf('<a href=" java\nscript:alert(1)">x</a>')]).not.toEqual([
    ...doingsOf('<a href="/">x</a>'),
  ]);
  expect([...doingsOf('<script>{"a":"<!--"}</script>')]).toContain('a script that may end early');
});

test(
  'two hundred hostile texts in every field of words do nothing on any page, in any feed, calendar, mail or export',
  { timeout: 900_000 },
  async () => {
    const packs = columns.map(({ type, room }) =>
      // What is short is one line, and is refused where it is not.
      type === 'html' ? [] : pack(room > 300 ? typed : typed.filter(isOneLine), Math.min(room, 500) - 16),
    );
    // As many rounds as a title of 200 characters takes; what has less room begins elsewhere in the list each.
    const rounds = pack(typed.filter(isOneLine), 200 - 16).length;
    const found: string[] = [];
    const mails: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await fill((column, at) => {
        const all = packs[at]!;
        const start = all.length > rounds ? at * 7 : 0;
        return column.type === 'html' ? undefined : wordsOf(at, all[(start + round) % all.length]!);
      });
      found.push(...(await newDoings(({ type }) => type !== 'html')));
      mails.push(await mailAll());
      if (found.length > 20) break;
    }
    expect(world.logged.filter((line) => line.startsWith('a request failed'))).toEqual([]);
    expect([...new Set(found)].slice(0, 20)).toEqual([]);
    expect(Math.min(...mails)).toBeGreaterThan(0);

    const answer = await reader.call('GET', '/api/community/privacy/export');
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(JSON.stringify(await answer.json())).toMatch(/zq\d+q/);
  },
);

/** Mails everybody what there is to tell; how many mails there were. Each is plain text, and its head is ours but for one line. */
async function mailAll(): Promise<number> {
  await db.deleteFrom('platform.mail').execute();
  await sql`update community.notification set mail = 'now', mailed_at = null, read_at = null`.execute(db);
  const { rows } = await sql<{
    id: string;
  }>`select distinct member_id as id from community.notification`.execute(db);
  const job = { db, config: world.config, log: createLog('test', 'silent') };
  for (const { id } of rows) await deliverTo(job, id);
  const mails = await db.deleteFrom('platform.mail').returningAll().execute();
  for (const { html, subject, headers } of mails) {
    expect(html).toBe(null);
    expect(isOneLine(subject)).toBe(true);
    expect(Object.keys(headers as object)).toEqual(['List-Unsubscribe', 'List-Unsubscribe-Post']);
    expect(JSON.stringify(headers)).not.toMatch(/zq\d+q|[<>]{2}/);
  }
  return mails.length;
}

test(
  'what came of Markdown does nothing but what Markdown may, wherever it is shown',
  { timeout: 900_000 },
  async () => {
    const short = pack(typed, 1500);
    const long = typed.filter(({ length }) => length > 1500);
    const found: string[] = [];
    await fill(({ type }, at) => (type === 'html' ? undefined : wordsOf(at, 'plain words')));
    for (const markdown of [...short, ...long]) {
      const { html } = renderMarkdown(markdown);
      const allowed = doingsOf(html);
      await fill(({ type }, at) => (type === 'html' ? wordsOf(at, html) : undefined));
      // Drawn when it is read.
      await db.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql`update community.offering_revision
          set content = content || jsonb_build_object('about', ${markdown}::text)`.execute(tx);
      });
      found.push(...(await newDoings(({ type, name }) => type === 'html' || name === 'content', allowed)));
    }
    expect(world.logged.filter((line) => line.startsWith('a request failed'))).toEqual([]);
    expect([...new Set(found)].slice(0, 20)).toEqual([]);
  },
);
