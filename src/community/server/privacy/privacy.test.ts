import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { accountColumns } from '#src/identity/server/public.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { answerRequest } from '../messages/answer-request.ts';
import { beginConversation } from '../messages/begin-conversation.ts';
import { followSubject } from '../follows/follow-subject.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { changeHandle } from '../profiles/change-handle.ts';
import { editProfile } from '../profiles/edit-profile.ts';
import { getProfile } from '../profiles/queries.ts';
import { awardPoints } from '../points/change-points.ts';
import { appointStaff } from '../staff/appoint-staff.ts';
import { decideConsent } from './decide-consent.ts';
import { eraseMember } from './erase-member.ts';
import { exportEverything, showPrivacy } from './export-everything.ts';
import { memberColumns } from './rules.ts';

const operator = await testContext({ may: ['*'] });
const { db } = database;
const canary = 'wg7-canary';

/** A member of an organisation that has another owner, with something of each kind, each text with the canary. */
async function somebody() {
  const ctx = await testContext({ may: [], orgId: operator.actor.orgId });
  const member = await requireMember(ctx);
  await db.updateTable('community.member').set({ trust_level: 2 }).where('id', '=', member.id).execute();
  return { ctx, ...member };
}

test('every column that refers to a member or an account is in the export, or in the list of what is kept back with a reason', async () => {
  const { rows } = await sql<{ place: string }>`
    select format('%s.%s', c.conrelid::regclass, a.attname) as place
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
    where c.contype = 'f' and c.confrelid in ('community.member'::regclass, 'identity.account'::regclass)
      and c.connamespace in ('community'::regnamespace, 'identity'::regnamespace)
    union
    select format('%I.%I.%I', table_schema, table_name, column_name) from information_schema.columns
    where table_schema in ('community', 'identity') and column_name in ('email', 'account_id', 'member_id')
    order by 1`.execute(db);
  const listed = new Set(
    [...accountColumns, ...memberColumns].map(({ table, column }) => `${table}.${column}`),
  );
  // A new table: say in privacy/rules.ts what of it an export gives, and in erase-member.ts what becomes of it.
  expect(
    rows
      .map(({ place }) => place)
      .filter((place) => !listed.has(place) && place !== 'identity.account.email'),
  ).toEqual([]);
  const there = new Set(rows.map(({ place }) => place));
  const own = (place: string) => ['community.member.id', 'identity.account.id'].includes(place);
  expect([...listed].filter((place) => !there.has(place) && !own(place))).toEqual([]);
});

async function liveALife(name: string) {
  const me = await somebody();
  const other = await somebody();
  await editProfile(me.ctx, {
    name: `${canary} ${name}`,
    headline: canary,
    about: canary,
    location: canary,
    website: `https://${canary}.example.com`,
    roles: ['dba'],
    skills: [canary],
    industry: 'finance',
  });
  const write = (kind: 'question' | 'article', state: 'published' | 'draft') =>
    inTransaction(me.ctx, async (tx) =>
      insertPost(tx, await requireMember(tx), {
        kind,
        title: `A public ${kind}`,
        markdown: 'Words that stay.',
        locale: 'en',
        state,
      }),
    );
  const post = await write('question', 'published');
  const draft = await write('article', 'draft');
  await inTransaction(me.ctx, (tx) =>
    awardPoints(tx, { memberId: me.id, cause: 'up-vote', key: `${post}:x`, postId: post }),
  );
  await db.insertInto('community.vote').values({ post_id: post, member_id: other.id, value: 1 }).execute();
  await followSubject(me.ctx, 'member', other.handle);
  await followSubject(other.ctx, 'member', me.handle);
  const { id: conversation } = await beginConversation(me.ctx, {
    handle: other.handle,
    markdown: `${canary} hello`,
  });
  await answerRequest(other.ctx, conversation, 'accept');
  await decideConsent(me.ctx, 'search-engines', false);
  await decideConsent(me.ctx, 'search-engines', true);
  return { me, other, post, draft, conversation };
}

/** Where a word stands in schemas community and identity, by table. */
async function tablesWith(word: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('community', 'identity') order by 1`.execute(db);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } =
      await sql`select 1 from ${sql.raw(name)} t where t::text like ${`%${word}%`} limit 1`.execute(db);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

test('the export has every row about me, no secret, and nothing of anybody else', async () => {
  const { me, other, post, draft } = await liveALife('Export');
  await sql`insert into identity.session (token, account_id, expires_at) values ('secret-token', ${me.ctx.actor.id}, now() + interval '1 day')`.execute(
    db,
  );
  const given = await exportEverything(me.ctx);
  const { parts } = given;
  expect(parts['profile']?.['community.member']).toMatchObject([{ handle: me.handle, headline: canary }]);
  expect(parts['writings']?.['community.post']?.map(({ id }) => id)).toEqual([post, draft]);
  expect(parts['people']?.['community.message']).toMatchObject([{ markdown: `${canary} hello` }]);
  expect(parts['profile']?.['community.consent']).toMatchObject([{ is_given: false }, { is_given: true }]);
  expect(parts['account']?.['identity.session']).toHaveLength(1);
  const text = JSON.stringify(given);
  for (const secret of ['secret-token', 'password_hash', 'token_hash', 'sha256'])
    expect(text).not.toContain(secret);
  const theirs = await db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', other.ctx.actor.id)
    .executeTakeFirstOrThrow();
  expect(text).not.toContain(theirs.email);
  const shown = await showPrivacy(me.ctx);
  expect(shown).toMatchObject({
    confirm: me.handle,
    ownedAlone: [],
    consents: [
      { kind: 'search-engines', isGiven: true },
      { kind: 'leaderboards', isGiven: true },
    ],
  });
  expect(shown.decisions.map(({ isGiven }) => isGiven)).toEqual([true, false]);
});

test('somebody who never took part exports the account, and becomes no member by it', async () => {
  const ctx = await testContext({ may: [] });
  const { parts } = await exportEverything(ctx);
  expect(parts['account']?.['identity.account']).toHaveLength(1);
  expect(
    await db.selectFrom('community.member').select('id').where('account_id', '=', ctx.actor.id).execute(),
  ).toEqual([]);
});

test('erased: nothing says who it was, what was written and every total stand, the handle is nobody’s for a year', async () => {
  const { me, other, post, draft, conversation } = await liveALife('Erase');
  await changeHandle(me.ctx, { handle: `${canary}-2` });
  await appointStaff(operator, { handle: `${canary}-2`, role: 'editor', months: null });
  const reader: Context = { ...other.ctx, actor: anonymous };
  const { email } = await db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', me.ctx.actor.id)
    .executeTakeFirstOrThrow();
  await expect(eraseMember(me.ctx, { confirm: 'something' })).rejects.toMatchObject({ code: 'invalid' });
  const totals = () =>
    sql`select (select count(*) from community.member) as members, (select sum(reputation) from community.member) as reputation,
      (select count(*) from community.post where state = 'published') as posts, (select count(*) from community.vote) as votes,
      (select sum(growth) from community.point_entry) as entries, (select count(*) from community.message) as messages`.execute(
      db,
    );
  const before = (await totals()).rows;
  // Others of this file wrote the canary as well.
  await sql`update community.member set name = 'x', headline = '', about_markdown = '', about_html = '', location = '', website = '', industry = '', skills = '{}'
    where id <> ${me.id}`.execute(db);
  await sql`delete from community.search_document where member_id <> ${me.id}`.execute(db);
  await sql`update community.message set markdown = 'x', html = '' where author_id <> ${me.id}`.execute(db);
  await sql`delete from community.notification where actor_id <> ${me.id}`.execute(db);
  await eraseMember(me.ctx, { confirm: `@${canary}-2` });
  expect((await totals()).rows).toEqual(before);
  // Only the name that nobody may take, and the words of search that all texts share.
  expect((await tablesWith(canary)).filter((name) => !/former_handle|search_/.test(name))).toEqual([]);
  expect(await tablesWith(email)).toEqual([]);
  expect(await tablesWith(me.ctx.actor.id!)).toEqual([]);
  const rows = await db
    .selectFrom('community.post')
    .select(['id', 'markdown'])
    .where('id', 'in', [post, draft])
    .execute();
  expect(rows).toEqual([{ id: post, markdown: 'Words that stay.' }]);
  const { rows: said } = await sql<{
    markdown: string;
  }>`select markdown from community.message where conversation_id = ${conversation}`.execute(db);
  expect(said).toEqual([{ markdown: '' }]);
  for (const handle of [me.handle, `${canary}-2`]) {
    await expect(getProfile(reader, handle, { view: 'articles', limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(changeHandle(other.ctx, { handle })).rejects.toMatchObject({ code: 'conflict' });
  }
  await sql`update community.former_handle set kept_until = now()`.execute(db);
  await changeHandle(other.ctx, { handle: me.handle });
});

test('the only owner of an organisation hands over first; nothing is erased before', async () => {
  const owner = await testContext({ may: ['*'] });
  const { handle } = await requireMember(owner);
  expect((await showPrivacy(owner)).ownedAlone).toHaveLength(1);
  await expect(eraseMember(owner, { confirm: handle })).rejects.toMatchObject({ code: 'conflict' });
  expect((await requireMember(owner)).handle).toBe(handle);
  const heir = await testContext({ may: [], orgId: owner.actor.orgId });
  await sql`update identity.membership set role = 'owner' where account_id = ${heir.actor.id}`.execute(db);
  await eraseMember(owner, { confirm: handle });
  expect(
    await db.selectFrom('identity.account').select('id').where('id', '=', owner.actor.id).execute(),
  ).toEqual([]);
});

test('of two owners who leave at the same moment one stays', async () => {
  const one = await testContext({ may: ['*'] });
  const other = await testContext({ may: [], orgId: one.actor.orgId });
  await sql`update identity.membership set role = 'owner' where account_id = ${other.actor.id}`.execute(db);
  const confirm = async (ctx: Context) => (await requireMember(ctx)).handle;
  const answers = await Promise.allSettled([
    eraseMember(one, { confirm: await confirm(one) }),
    eraseMember(other, { confirm: await confirm(other) }),
  ]);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
