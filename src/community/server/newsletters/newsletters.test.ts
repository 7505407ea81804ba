import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { industries } from '#src/community/contract/industries.ts';
import type { ChangeWays } from '#src/community/contract/notifications.ts';
import type { Edition, EditionSummary } from '#src/community/contract/newsletters.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { changeWays } from '../notifications/change-ways.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { community } from '../room.ts';
import { listNewCorrections } from './queries.ts';
import { chooseEntries, mondayOf } from './rules.ts';
import { sendEdition } from './send-edition.ts';
import { sendNewsletters } from './send-newsletters.job.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'vault-'))));
const { db } = database;
const api = testApi([community]);
const house = await theHouse();
const job = {
  db,
  log: createLog('test', 'silent'),
  config: readConfig({ PUBLIC_URL: 'https://herd.example' }),
};
const run = () => sendNewsletters.run(job, {} as never);
let writer: TestMember;
let week = new Date(Date.UTC(2025, 0, 8));

async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community/newsletters${path}`, body);
  return { status: answer.status, body: (await answer.json()) as T };
}

/** Posts of the week before a moment, in this order of their worth. */
async function writeBefore(
  moment: Date,
  titles: string[],
  facets: { industries?: string[]; roles?: string[] } = {},
) {
  const ids: number[] = [];
  for (const title of titles) {
    const id = await testPost(writer, { kind: 'article', title });
    await sql`update community.post set published_at = ${mondayOf(moment)}::date - interval '1 day', score = ${titles.length - ids.length},
      industries = ${facets.industries ?? []}, for_roles = ${facets.roles ?? []} where id = ${id}`.execute(
      db,
    );
    ids.push(id);
  }
  return ids;
}

/** An edition of a week of its own, with these posts. */
async function edition(titles: string[]) {
  week = new Date(week.getTime() + 14 * 86_400_000);
  const posts = await writeBefore(week, titles);
  await sendEdition(house, 'en', week);
  const { rows } = await sql<{ id: number }>`
    select id from community.newsletter_edition where week = ${mondayOf(week)}::date and locale = 'en'`.execute(
    db,
  );
  return { id: rows[0]?.id ?? 0, posts };
}

beforeEach(async () => {
  writer = await testMember();
});

test('an edition is written once a week in each language, and has an address of its own', async () => {
  const { id } = await edition(['The best of all', 'The second best']);
  await Promise.all(Array.from({ length: 5 }, () => sendEdition(house, 'en', week)));
  const { body } = await call<{ items: EditionSummary[] }>(null, 'GET', '?locale=en');
  const ours = body.items.filter((one) => one.week === mondayOf(week));
  expect(ours).toEqual([{ id, locale: 'en', week: mondayOf(week), count: 2, corrections: 0 }]);
  const { body: read } = await call<Edition>(null, 'GET', `/${id}`);
  expect(read.entries.map(({ post }) => post?.title)).toEqual(['The best of all', 'The second best']);
  expect(read).toMatchObject({ mayCorrect: false, corrections: [] });
  // A week without anything has none.
  await sendEdition(house, 'zh-CN', new Date(week.getTime() + 7 * 86_400_000));
  expect((await call<{ items: unknown[] }>(null, 'GET', '?locale=zh-CN')).body.items).toEqual([]);
  expect((await call(null, 'GET', '/999999999')).status).toBe(404);
});

test('what was sent stays as it was: its words, its entries and its corrections, whoever tries', async () => {
  const { id, posts } = await edition(['As it was sent']);
  await sql`update community.post set title = 'As it is called now', excerpt = 'Other words' where id = ${posts[0]}`.execute(
    db,
  );
  const words = async () => (await call<Edition>(null, 'GET', `/${id}`)).body.entries[0]?.post;
  expect(await words()).toMatchObject({ title: 'As it was sent', excerpt: 'Words.' });
  const late = await testPost(writer, { kind: 'article', title: 'Too late for it' });
  expect((await call(house, 'POST', `/${id}/corrections`, { markdown: 'It is 18, not 17.' })).status).toBe(
    201,
  );
  const attempts = [
    sql`update community.newsletter_edition set week = week + 7 where id = ${id}`,
    sql`update community.newsletter_entry set title = 'Something else' where edition_id = ${id}`,
    sql`delete from community.newsletter_entry where edition_id = ${id}`,
    sql`insert into community.newsletter_entry (edition_id, position, post_id, title, excerpt, industries, for_roles)
      values (${id}, 9, ${late}, 'Too late', '', '{}', '{}')`,
    sql`update community.newsletter_correction set markdown = 'It is 17.' where edition_id = ${id}`,
    sql`delete from community.newsletter_correction where edition_id = ${id}`,
    sql`delete from community.newsletter_edition where id = ${id}`,
    sql`truncate community.newsletter_edition cascade`,
  ];
  for (const attempt of attempts) await expect(attempt.execute(db)).rejects.toMatchObject({ code: '23001' });
  expect(await words()).toMatchObject({ title: 'As it was sent' });
  // No route changes one either.
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect((await api.call(house, method, `/api/community/newsletters/${id}`, {})).status).toBe(404);
});

test('a correction stands below its edition with who wrote it and when; only editors add one', async () => {
  const { id } = await edition(['With a mistake in it']);
  const plain = await testMember();
  for (const [who, status] of [
    [null, 401],
    [plain.ctx, 403],
  ] as const)
    expect((await call(who, 'POST', `/${id}/corrections`, { markdown: 'Mine.' })).status).toBe(status);
  expect((await call(house, 'POST', `/${id}/corrections`, { markdown: '  ' })).status).toBe(422);
  expect((await call(house, 'POST', '/999999999/corrections', { markdown: 'Of nothing.' })).status).toBe(404);
  for (const markdown of ['It is **18**.', 'And 17.1 as well.'])
    await call(house, 'POST', `/${id}/corrections`, { markdown });
  const { body } = await call<Edition>(null, 'GET', `/${id}`);
  expect(body.corrections.map(({ html }) => html.trim())).toEqual([
    '<p>It is <strong>18</strong>.</p>',
    '<p>And 17.1 as well.</p>',
  ]);
  expect(Date.now() - Date.parse(body.corrections[0]?.at ?? '')).toBeLessThan(60_000);
  expect(body.entries.map(({ post }) => post?.title)).toEqual(['With a mistake in it']);
  expect((await call<Edition>(house, 'GET', `/${id}`)).body.mayCorrect).toBe(true);
});

test('what was put right comes with the mail of the next edition, and with no other', async () => {
  const { id: first } = await edition(['With another mistake']);
  await call(house, 'POST', `/${first}/corrections`, { markdown: 'It was 17.2.' });
  const { id: second } = await edition(['The week after']);
  const { id: third } = await edition(['Two weeks after']);
  const told = (id: number) => listNewCorrections(db, { id, locale: 'en' }, 'https://herd.example');
  expect(await told(second)).toEqual([expect.stringContaining('It was 17.2.')]);
  expect((await told(second))[0]).toContain(`https://herd.example/newsletters/${first}`);
  expect(await told(third)).toEqual([]);
});

test('what is hidden since is not shown by the edition that told of it', async () => {
  const { id, posts } = await edition(['Soon hidden', 'Still here']);
  await inTransaction(house, (tx) => unpublishPost(tx, posts[0]!, 'hidden'));
  const { body } = await call<Edition>(null, 'GET', `/${id}`);
  expect(body.entries.map(({ post }) => post?.title ?? null)).toEqual([null, 'Still here']);
  expect(JSON.stringify(body)).not.toContain('Soon hidden');
});

const mailsTo = async ({ ctx }: TestMember) => {
  const { rows } = await sql<{ text: string; headers: unknown }>`
    select m.text, m.headers from platform.mail m join identity.account a on a.email = m.recipient
    where a.id = ${ctx.actor.id} order by m.created_at`.execute(db);
  return rows;
};
const ask = ({ ctx }: TestMember, more: Partial<ChangeWays> = {}) =>
  changeWays(ctx, { mails: true, digest: 'off', newsletter: true, ways: [], ...more });

test('each member who asks for it gets an edition once, in their language, limited to what they chose', async () => {
  const [all, banker, nobody, english] = [
    await testMember(),
    await testMember(),
    await testMember(),
    await testMember(),
  ];
  await ask(all);
  await ask(english);
  await sql`update identity.account set locale = 'en' where id = ${english.ctx.actor.id}`.execute(db);
  await ask(banker, { newsletterIndustries: ['finance'], newsletterRoles: ['dba'] });
  const now = new Date();
  await writeBefore(now, ['For everybody']);
  await writeBefore(now, ['For bankers'], { industries: ['finance'], roles: ['dba'] });
  await writeBefore(now, ['For shops'], { industries: ['retail'] });
  await writeBefore(now, ['For those who decide'], { industries: ['finance'], roles: ['decision-maker'] });
  await Promise.all([run(), run(), run()]);
  await run();
  const [mine, more] = await mailsTo(all);
  expect(more).toBeUndefined();
  for (const title of ['For everybody', 'For bankers', 'For shops', 'For those who decide'])
    expect(mine?.text).toContain(title);
  const [limited] = await mailsTo(banker);
  expect(limited?.text.indexOf('For bankers')).toBeLessThan(limited?.text.indexOf('For everybody') ?? -1);
  for (const title of ['For shops', 'For those who decide']) expect(limited?.text).not.toContain(title);
  expect(await mailsTo(nobody)).toEqual([]);
  const { body } = await call<{ items: EditionSummary[] }>(null, 'GET', '?locale=zh-CN');
  expect(mine?.text).toContain(`https://herd.example/newsletters/${body.items[0]?.id}`);
  expect((await mailsTo(english))[0]?.text).toContain('The whole edition: ');
  expect(JSON.stringify(limited?.headers)).toContain('List-Unsubscribe-Post');
});

test('of an edition everybody gets what is for them, in its order, and nothing that is for others only', () => {
  const some = fc.subarray(industries.slice(0, 5));
  fc.assert(
    fc.property(
      fc.array(fc.record({ industries: some, roles: fc.constant<'dba'[]>([]) })),
      some,
      (entries, wanted) => {
        const chosen = chooseEntries(entries, { industries: wanted, roles: [] }, 100);
        const fits = entries.filter(
          (one) =>
            wanted.length === 0 ||
            one.industries.length === 0 ||
            one.industries.some((industry) => wanted.includes(industry)),
        );
        expect(new Set(chosen)).toEqual(new Set(fits));
        expect(chosen).toHaveLength(fits.length);
        if (wanted.length === 0) expect(chosen).toEqual(entries);
        const named = chosen.map((one) => one.industries.length > 0);
        if (wanted.length > 0) expect(named).toEqual(named.toSorted((a, b) => Number(b) - Number(a)));
      },
    ),
  );
  expect(mondayOf(new Date('2026-11-29T23:59:59Z'))).toBe('2026-11-23');
  expect(mondayOf(new Date('2026-11-30T00:00:00Z'))).toBe('2026-11-30');
});
