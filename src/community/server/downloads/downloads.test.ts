// Over 300 lines: everything that befalls the file of a case study, each on one made the same way.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { tinyPng } from '#tests/support/pictures.ts';
import type { Article, WrittenArticle } from '#src/community/contract/articles.ts';
import type { DownloadPage, Lead } from '#src/community/contract/downloads.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { type Context, noOrg } from '#src/platform/server/context.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { createLog } from '#src/platform/server/log.ts';
import { platform } from '#src/platform/server/platform.ts';
import { purgeLeads } from '../leads/purge-leads.job.ts';
import { eraseMember } from '../privacy/erase-member.ts';
import { exportEverything } from '../privacy/export-everything.ts';
import { community } from '../room.ts';
import { sendDownloadLink } from './send-download-link.job.ts';

const api = testApi([platform, community]);
const { db } = database;
const job = {
  db,
  log: createLog('test', 'silent'),
  config: readConfig({ PUBLIC_URL: 'https://herd.example' }),
};
await writeAtAnyPace();
const pdf = Buffer.from('%PDF-1.7 how a bank sleeps again');
let home: string;
let author: TestMember;
let seller: TestMember;
let buyer: TestMember;
let publisher: string;
let customer: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'elepherd-downloads-'));
  setFilePlace(openFilePlace(readConfig({ ELEPHERD_HOME: home })));
});
afterAll(() => rm(home, { recursive: true }));
beforeEach(async () => {
  [author, seller, buyer] = [await testMember(), await testMember(), await testMember()];
  publisher = await organisation('Herd Works', seller);
  customer = await organisation('Reliable Bank', buyer);
  await sql`insert into community.employment (member_id, organisation_id, period, standing)
    select ${author.id}, id, '[2020-01-01,)', 'confirmed' from community.organisation where slug = ${publisher}`.execute(
    db,
  );
});

async function organisation(name: string, manager: TestMember): Promise<string> {
  const slug = `org-${randomUUID().slice(0, 8)}`;
  const { id } = await db
    .insertInto('community.organisation')
    .values({ slug, name, kind: 'end-user', state: 'verified' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('community.organisation_manager')
    .values({ organisation_id: id, member_id: manager.id })
    .execute();
  return slug;
}

async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community/${path}`, body);
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
}
const attach = (who: Context | null, id: number, bytes: Uint8Array = pdf, name = 'Bank.pdf') =>
  api.call(who, 'PUT', `/api/community/downloads/${id}/file?name=${encodeURIComponent(name)}`, bytes, {
    'content-type': 'application/octet-stream',
  });
const mark = (who: Context | null, id: number, isGated: boolean) =>
  call(who, 'PUT', `downloads/${id}`, { isGated });
const pageOf = async (who: Context | null, id: number) =>
  (await call<DownloadPage>(who, 'GET', `downloads/${id}`)).body;
const fetchFile = (who: Context | null, id: number, token?: string) =>
  api.call(who, 'GET', `/api/community/downloads/${id}/file${token === undefined ? '' : `?token=${token}`}`);
const approve = async (id: number, revision = 1) => {
  const file = (await pageOf(buyer.ctx, id)).download?.file ?? null;
  return (await call(buyer.ctx, 'PUT', `case-studies/${id}/approval`, { revision, file })).status;
};
const leadsOf = (who: Context | null, slug = publisher) =>
  call<{ items: Lead[] }>(who, 'GET', `leads/${slug}`);
const isPublic = async (id: number) => (await call(null, 'GET', `articles/${id}`)).status === 200;

/** A case study of the author that waits for its customer. */
async function write(): Promise<number> {
  const { body } = await call<WrittenArticle>(author.ctx, 'POST', 'articles', {
    title: 'How a bank sleeps again',
    markdown: `Words. ${randomUUID()}`,
    locale: 'en',
    caseStudy: {
      customer,
      industry: 'finance',
      companySize: '1000-4999',
      figures: [{ measure: 'Nightly report', before: 240, after: 12, unit: 'min' }],
    },
  });
  return body.id;
}

/** A public case study whose file asks for names. */
async function gated(): Promise<number> {
  const id = await write();
  expect((await attach(author.ctx, id)).status).toBe(204);
  expect((await mark(author.ctx, id, true)).status).toBe(204);
  expect(await approve(id)).toBe(204);
  return id;
}

const form = async (id: number, more: object = {}) => ({
  name: 'Anna Tusk',
  email: `anna-${randomUUID().slice(0, 8)}@example.com`,
  company: 'Tusk & Co',
  agrees: true,
  ...(({ version, keepUntil }) => ({ version, keepUntil }))((await pageOf(null, id)).consent),
  ...more,
});
const give = async (who: Context | null, id: number, more: object = {}) =>
  call<{ next: string }>(who, 'POST', `downloads/${id}/leads`, await form(id, more));

/** Sends the mails that wait, and gives the newest to this address. */
async function mailTo(email: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from community.download_grant where member_id is null and token_hash is null`.execute(db);
  for (const { id } of rows) await sendDownloadLink.run(job, { grant: id } as never);
  const mail = await db
    .selectFrom('platform.mail')
    .select(['text', 'permission'])
    .where('recipient', '=', email)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  if (mail) expect(mail.permission).toBe('identity.owner.grant');
  return mail?.text ?? undefined;
}
const tokenIn = (mail: string | undefined) => /token=([\w-]{43})/.exec(mail ?? '')?.[1] ?? '';

test('a free file is given to everybody as an attachment, and its author sees how often', async () => {
  const id = await write();
  expect((await attach(author.ctx, id, pdf, 'Schlaf (2026) 银行.pdf')).status).toBe(204);
  expect((await fetchFile(null, id)).status).toBe(404);
  expect(await approve(id)).toBe(204);
  const answer = await fetchFile(null, id);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer()).equals(pdf)).toBe(true);
  expect(answer.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''Schlaf%20%282026%29%20%E9%93%B6%E8%A1%8C.pdf",
  );
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  await fetchFile(null, id);
  expect((await pageOf(null, id)).download?.count).toBe(null);
  // The same reader within an hour counts once.
  expect((await pageOf(author.ctx, id)).download?.count).toBe(1);
});

test('no address of files gives it, free or gated, not even to who wrote it or runs this Elepherd', async () => {
  const id = await gated();
  const { download } = await pageOf(author.ctx, id);
  const alone: Context = { ...author.ctx, actor: { ...author.ctx.actor, orgId: noOrg } };
  for (const who of [null, author.ctx, alone, seller.ctx, buyer.ctx, await theHouse()])
    expect((await api.call(who, 'GET', `/api/platform/files/${download?.file}`)).status).toBeOneOf([
      401, 403, 404,
    ]);
});

test('a gated file is given to no one who did not give a name, but to who answers for it', async () => {
  const id = await gated();
  const stranger = await testMember();
  expect((await fetchFile(null, id)).status).toBe(403);
  expect((await fetchFile(stranger.ctx, id)).status).toBe(403);
  expect((await fetchFile(null, id, randomBytes(32).toString('base64url'))).status).toBe(422);
  for (const who of [author.ctx, seller.ctx, buyer.ctx]) expect((await fetchFile(who, id)).status).toBe(200);
});

test('a member gives a name once and has the file for good; managers of the publisher alone see it', async () => {
  const id = await gated();
  const reader = await testMember();
  const { email } = await db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', reader.ctx.actor.id)
    .executeTakeFirstOrThrow();
  expect((await pageOf(reader.ctx, id)).known).toEqual({ name: 'Test Person', email, company: '' });
  expect((await give(reader.ctx, id, { email })).body.next).toBe('file');
  expect((await give(reader.ctx, id, { email })).body.next).toBe('file');
  expect((await fetchFile(reader.ctx, id)).status).toBe(200);
  const { items } = (await leadsOf(seller.ctx)).body;
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ name: 'Anna Tusk', email, company: 'Tusk & Co', isProved: true });
  expect(items[0]?.consentWords).toContain('Herd Works gets my name');
  expect(items[0]?.consentWords).toContain(items[0]?.keepUntil);
  for (const who of [author.ctx, buyer.ctx, reader.ctx, await theHouse()])
    expect((await leadsOf(who)).status).toBe(404);
  expect((await leadsOf(null)).status).toBe(401);
  const lead = items[0]?.id;
  expect((await call(buyer.ctx, 'DELETE', `leads/${customer}/${lead}`)).status).toBe(404);
  expect((await call(buyer.ctx, 'DELETE', `leads/${publisher}/${lead}`)).status).toBe(404);
  expect((await call(seller.ctx, 'DELETE', `leads/${publisher}/${lead}`)).status).toBe(204);
  expect((await leadsOf(seller.ctx)).body.items).toEqual([]);
  expect((await fetchFile(reader.ctx, id)).status).toBe(200);
});

test('nobody in particular gets a link by mail: it proves the address, gives this file alone, and ends', async () => {
  const [id, other] = [await gated(), await gated()];
  const email = `lin-${randomUUID()}@example.com`;
  expect((await give(null, id, { email })).body.next).toBe('mail');
  expect((await leadsOf(seller.ctx)).body.items).toEqual([]);
  const mail = await mailTo(email);
  expect(mail).toContain(`https://herd.example/downloads/${id}?token=`);
  expect(mail).not.toContain('Anna Tusk');
  const token = tokenIn(mail);
  // Opened by a program that looks at mails, it neither counts nor gives anything.
  expect((await fetchFile(null, id, token)).status).toBe(422);
  expect((await call(null, 'POST', `downloads/${other}/confirm`, { token })).status).toBe(422);
  expect((await call(null, 'POST', `downloads/${id}/confirm`, { token })).status).toBe(204);
  expect((await fetchFile(null, id, token)).status).toBe(200);
  expect((await fetchFile(null, other, token)).status).toBe(422);
  expect((await leadsOf(seller.ctx)).body.items).toMatchObject([{ email, isProved: true }]);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select payload::text as said from graphile_worker._private_jobs union all select details::text from platform.audit) t
    where said like ${`%${token}%`}`.execute(db);
  expect(rows[0]?.count).toBe(0);
  await sql`update community.download_grant set expires_at = now() - interval '1 second' where post_id = ${id}`.execute(
    db,
  );
  expect((await fetchFile(null, id, token)).status).toBe(422);
  expect((await call(null, 'POST', `downloads/${id}/confirm`, { token })).status).toBe(422);
});

test('whether an address has an account, or was asked too often, nobody learns', async () => {
  const id = await gated();
  const { email } = await db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', buyer.ctx.actor.id)
    .executeTakeFirstOrThrow();
  const answers = [];
  for (let n = 0; n < 5; n++) answers.push(await give(null, id, { email }));
  answers.push(await give(null, id));
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  await mailTo(email);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from platform.mail where recipient = ${email}`.execute(db);
  expect(rows[0]?.count).toBe(3);
});

test('nothing is kept without consent to the words of now, for a free file, or for one that is not public', async () => {
  const id = await gated();
  expect((await give(null, id, { agrees: false })).status).toBe(422);
  expect((await give(null, id, { version: 'older' })).status).toBe(409);
  expect((await give(null, id, { keepUntil: '2099-01-01' })).status).toBe(409);
  expect((await give(null, id, { email: 'no address' })).status).toBe(422);
  await mark(seller.ctx, id, false);
  expect((await give(null, id)).status).toBe(409);
  await mark(author.ctx, id, true);
  const body = await form(id);
  await call(buyer.ctx, 'DELETE', `case-studies/${id}/approval`);
  expect((await call(null, 'POST', `downloads/${id}/leads`, body)).status).toBe(404);
  const { rows } = await sql`select from community.lead where post_id = ${id}`.execute(db);
  expect(rows).toHaveLength(0);
});

test('only an organisation that knows the author asks for names', async () => {
  const id = await write();
  await sql`update community.employment set standing = 'stated' where member_id = ${author.id}`.execute(db);
  await attach(author.ctx, id);
  expect((await pageOf(author.ctx, id)).organisation).toBe(null);
  expect((await mark(author.ctx, id, true)).status).toBe(409);
  await sql`update community.employment set standing = 'confirmed' where member_id = ${author.id}`.execute(
    db,
  );
  expect((await mark(buyer.ctx, id, true)).status).toBe(404);
  expect((await mark(author.ctx, id, true)).status).toBe(204);
  expect((await pageOf(author.ctx, id)).download?.publisher?.slug).toBe(publisher);
});

test('the customer approves the file as well: another one is held until then, and only what was read is approved', async () => {
  const id = await write();
  expect(await approve(id)).toBe(204);
  expect((await attach(author.ctx, id)).status).toBe(204);
  expect(await isPublic(id)).toBe(false);
  expect(
    (await call(buyer.ctx, 'PUT', `case-studies/${id}/approval`, { revision: 1, file: null })).status,
  ).toBe(409);
  expect(await approve(id)).toBe(204);
  const asked = await sql<{ count: number }>`select count(*)::int as count from community.notification
    where member_id = ${buyer.id} and kind = 'case-study'`.execute(db);
  expect(asked.rows[0]?.count).toBe(2);
  const before = (await pageOf(author.ctx, id)).download?.file;
  await attach(author.ctx, id, Buffer.from('PK\u0003\u0004 slides'), 'slides.PPTX');
  expect(await approve(id)).toBe(204);
  expect((await fetchFile(null, id)).headers.get('content-type')).toBe(
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  );
  const { rows } = await sql`select from platform.file where id = ${before}`.execute(db);
  expect(rows).toHaveLength(0);
  expect((await call(author.ctx, 'DELETE', `downloads/${id}`)).status).toBe(204);
  expect(await isPublic(id)).toBe(true);
  expect((await fetchFile(null, id)).status).toBe(404);
});

test('what is no document is refused, and so is everybody else’s', async () => {
  const id = await write();
  const files = async () =>
    Number((await sql<{ n: number }>`select count(*)::int as n from platform.file`.execute(db)).rows[0]?.n);
  const before = await files();
  for (const bytes of [tinyPng, Buffer.from('<html><script>alert(1)</script></html>'), Buffer.alloc(0)])
    expect((await attach(author.ctx, id, bytes)).status).toBe(422);
  for (const who of [seller.ctx, buyer.ctx, await theHouse()])
    expect((await attach(who, id)).status).toBe(404);
  expect((await attach(null, id)).status).toBe(401);
  expect(await files()).toBe(before);
  const { body } = await call<Article>(author.ctx, 'POST', 'articles', {
    title: 'No case',
    markdown: `Words. ${randomUUID()}`,
    locale: 'en',
  });
  expect((await attach(author.ctx, body.id)).status).toBe(404);
});

test('leads come as a table in which no cell is a formula', async () => {
  const id = await gated();
  const reader = await testMember();
  await give(reader.ctx, id, { name: '=HYPERLINK("https://evil.example")', company: '@SUM(1), "Ltd"' });
  const answer = await api.call(seller.ctx, 'GET', `/api/community/leads/${publisher}/csv`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="leads-${publisher}.csv"`);
  const csv = await answer.text();
  expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"")","'@SUM(1), ""Ltd"""`);
  expect((await call(author.ctx, 'GET', `leads/${publisher}/csv`)).status).toBe(404);
});

test('leads go on their day, without proof after the link’s, and with their member; an export has them', async () => {
  const id = await gated();
  const [reader, leaver] = [await testMember(), await testMember()];
  await give(reader.ctx, id);
  await give(leaver.ctx, id);
  const { email } = await db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', leaver.ctx.actor.id)
    .executeTakeFirstOrThrow();
  await give(null, id, { email });
  const { parts } = await exportEverything(leaver.ctx);
  expect(parts['organisations']?.['community.lead']).toMatchObject([{ company: 'Tusk & Co' }]);
  const left = async () =>
    (
      await sql<{ member: string | null }>`select member_id as member from community.lead
        where post_id = ${id} order by id`.execute(db)
    ).rows.map(({ member }) => member);
  expect(await left()).toEqual([reader.id, leaver.id, null]);
  await db.deleteFrom('identity.membership').where('account_id', '=', leaver.ctx.actor.id).execute();
  await eraseMember(leaver.ctx, { confirm: leaver.handle });
  expect(await left()).toEqual([reader.id]);
  await give(null, id);
  await purgeLeads.run(job, {} as never);
  expect(await left()).toEqual([reader.id, null]);
  await sql`update community.lead set created_at = now() - interval '4 days' where member_id is null`.execute(
    db,
  );
  await purgeLeads.run(job, {} as never);
  expect(await left()).toEqual([reader.id]);
  await sql`update community.lead set keep_until = current_date where post_id = ${id}`.execute(db);
  expect((await leadsOf(seller.ctx)).body.items).toEqual([]);
  await purgeLeads.run(job, {} as never);
  expect(await left()).toEqual([]);
  expect((await fetchFile(reader.ctx, id)).status).toBe(200);
});
