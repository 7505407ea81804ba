import { sql } from 'kysely';
import type { OwnMember } from '#src/community/server/members/queries.ts';
import { requireMember } from '#src/community/server/members/require-member.ts';
import { insertPost, type Writing } from '#src/community/server/posts/insert-post.ts';
import { inTransaction, systemContext, type Context } from '#src/platform/server/context.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { type GovernmentThings, makeGovernmentThings } from './government-things.ts';
import { makeOrganisationThings, type OrganisationThings } from './organisation-things.ts';
import { makePointThings, type PointThings } from './point-things.ts';
import { makeWishThings, type WishThings } from './wish-things.ts';

/**
 * One of each thing of the community. It is everybody's: these rows are no organisation's own, so they stand apart from
 * what must stay hidden from strangers.
 */
export type CommunityThings = {
  /** Asked by the owner; a colleague gave its answer, and asked the other one. */
  question: string;
  answer: string;
  otherQuestion: string;
  importRun: string;
  /** Written by the colleague, in a series of theirs, about a tag that has another name. */
  article: string;
  series: string;
  /** An edition of the newsletter that told of nothing but the article. */
  edition: string;
  tag: string;
  synonym: string;
  colleagueHandle: string;
  /** The owner's, below their question. */
  comment: string;
  /** Other words that the owner suggested for the article. */
  edit: string;
  bounty: string;
  faq: string;
  organisations: OrganisationThings;
  points: PointThings;
  government: GovernmentThings;
  wishes: WishThings;
  /** The colleague's; a member that no test signs in. */
  handle: string;
  /** The colleague asked the owner to exchange messages. */
  conversation: string;
  /** The colleague's in the staff. */
  seat: string;
};

export async function makeCommunityThings(
  { db }: TestDatabase,
  people: { orgId: string; owner: string; colleague: string },
  word: string,
): Promise<CommunityThings> {
  const as = async (accountId: string): Promise<{ ctx: Context; member: OwnMember }> => {
    const system = systemContext(db, people.orgId);
    const ctx: Context = { ...system, actor: { ...system.actor, kind: 'user', id: accountId } };
    return { ctx, member: await requireMember(ctx) };
  };
  const [owner, colleague] = [await as(people.owner), await as(people.colleague)];
  const write = (who: typeof owner, writing: Pick<Writing, 'kind' | 'title' | 'parentId' | 'tags'>) =>
    inTransaction(who.ctx, (tx) =>
      insertPost(tx, who.member, { ...writing, markdown: 'Words.', locale: 'en', state: 'published' }),
    );
  const question = await write(owner, { kind: 'question', title: `How do ${word} vacuum a table?` });
  const answer = await write(colleague, { kind: 'answer', parentId: question });
  const otherQuestion = await write(colleague, {
    kind: 'question',
    title: `Why do ${word} wait for a lock?`,
  });
  const [tag, synonym] = [`${word}-tag`, `${word}-other-tag`];
  const { id: tagId } = await db
    .insertInto('community.tag')
    .values({ name: tag })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('community.tag_synonym').values({ name: synonym, tag_id: tagId }).execute();
  const article = await write(colleague, { kind: 'article', title: `What ${word} learnt`, tags: [tag] });
  const series = await db
    .insertInto('community.series')
    .values({ author_id: colleague.member.id, title: `The ${word} series` })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('community.post')
    .set({ series_id: series.id, series_position: 1 })
    .where('id', '=', article)
    .execute();
  const edition = await inTransaction(colleague.ctx, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      insert into community.newsletter_edition (locale, week)
      select 'en', coalesce(max(week), date '2026-01-05') + 7 from community.newsletter_edition returning id`.execute(
      tx.db,
    );
    const id = rows[0]?.id ?? 0;
    await sql`insert into community.newsletter_entry (edition_id, position, post_id, title, excerpt, industries, for_roles)
      values (${id}, 1, ${article}, 'Words', '', '{}', '{}')`.execute(tx.db);
    return id;
  });
  const comment = await db
    .insertInto('community.comment')
    .values({ post_id: question, author_id: owner.member.id, markdown: 'Words.', html: '<p>Words.</p>' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const edit = await db
    .insertInto('community.suggested_edit')
    .values({
      post_id: article,
      editor_id: owner.member.id,
      base_revision: 1,
      title: `What ${word} learnt`,
      markdown: 'Other words.',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const bounty = await db
    .insertInto('community.bounty')
    .values({
      question_id: question,
      offered_by: owner.member.id,
      amount: 50,
      ends_at: sql<Date>`now() + interval '7 days'`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('community.capsule')
    .values({ question_id: question, author_id: owner.member.id, schema_sql: '', settings: '', plan: '' })
    .execute();
  const faq = await db
    .insertInto('community.faq')
    .values({
      title: `How ${word} ask often`,
      slug: 'often',
      locale: 'en',
      markdown: 'Words.',
      html: '<p>Words.</p>',
      excerpt: 'Words.',
      pg_from: 13,
      curator_id: owner.member.id,
      verified_by: owner.member.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  // Enough for whatever takes reputation or points.
  await db
    .updateTable('community.member')
    .set({ reputation: 5000, points: 5000 })
    .where('id', '=', owner.member.id)
    .execute();
  const organisations = await makeOrganisationThings(db, owner.member, colleague.member, word);
  const points = await makePointThings(
    db,
    { owner: owner.member, colleague: colleague.member, organisation: organisations.organisation },
    word,
  );
  const wishes = await makeWishThings(db, {
    colleague: colleague.member,
    organisation: organisations.organisation,
  });
  const { id: importRun } = await db
    .insertInto('community.import_run')
    .values({ source: 'markdown', site: word, is_dry: true, started_by: owner.member.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  const government = await makeGovernmentThings(
    systemContext(db, people.orgId),
    owner.member,
    colleague.member,
  );
  // Facts and jobs of the making are nobody's work here.
  await sql`delete from platform.event`.execute(db);
  const conversation = await db
    .insertInto('community.conversation')
    .values({ starter_id: colleague.member.id, other_id: owner.member.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  const seat = await db
    .insertInto('community.staff')
    .values({ member_id: colleague.member.id, role: 'editor' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    question: String(question),
    answer: String(answer),
    otherQuestion: String(otherQuestion),
    importRun,
    article: String(article),
    series: String(series.id),
    edition: String(edition),
    tag,
    synonym,
    colleagueHandle: colleague.member.handle,
    comment: String(comment.id),
    edit: String(edit.id),
    bounty: String(bounty.id),
    faq: String(faq.id),
    organisations,
    points,
    government,
    wishes,
    handle: colleague.member.handle,
    conversation: String(conversation.id),
    seat: seat.id,
  };
}
