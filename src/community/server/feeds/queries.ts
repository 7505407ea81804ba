import { sql } from 'kysely';
import { chapterPath, memberPath, organisationPath, tagPath } from '#src/community/contract/addresses.ts';
import type { Feed, FeedQuery } from '#src/community/contract/feeds.ts';
import { feedText } from '#src/community/contract/feeds.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { tagNames } from '../posts/queries.ts';
import { findTag } from '../tags/queries.ts';

const entriesAtMost = 30;
/** A longer post is in a feed by its first words: readers fetch the whole feed again and again. */
const htmlCharactersAtMost = 60_000;

type Scope = {
  name: string | null;
  path: string;
  key: string;
  column?: 'author' | 'organisation' | 'chapter' | 'tag';
  id?: string | number;
};

/** The newest public posts of one subject; refuses a subject that is not public. */
export async function getFeed(ctx: Context, query: FeedQuery): Promise<Feed> {
  const scope = await findScope(ctx, query);
  if (!scope) throw new AppError('not_found', feedText.noSuch);
  if (query.about === 'wishes') return { ...scope, about: 'wishes', entries: await listWishEntries(ctx) };
  const kind = query.about === 'questions' ? 'question' : query.about === 'articles' ? 'article' : undefined;
  const rows = await ctx.db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(['p.id', 'p.kind', 'p.title', 'p.slug', 'p.locale', 'p.excerpt', 'p.published_at', 'p.edited_at'])
    .select(
      sql<string>`case when length(p.html) <= ${htmlCharactersAtMost} then p.html else '' end`.as('html'),
    )
    .select(tagNames.as('tags'))
    .select(cardColumns)
    .where('p.state', '=', 'published')
    .where('p.kind', 'in', kind ? [kind] : ['article', 'question'])
    .$if(scope.column === 'author', (q) => q.where('p.author_id', '=', String(scope.id)))
    .$if(scope.column === 'organisation', (q) => q.where('p.organisation_id', '=', String(scope.id)))
    // What members of a chapter write, whoever else they are.
    .$if(scope.column === 'chapter', (q) =>
      q.where('p.author_id', 'in', (eb) =>
        eb
          .selectFrom('community.chapter_member as cm')
          .select('cm.member_id')
          .where('cm.chapter_id', '=', String(scope.id)),
      ),
    )
    .$if(scope.column === 'tag', (q) =>
      q.where('p.id', 'in', (eb) =>
        eb
          .selectFrom('community.post_tag as pt')
          .select('pt.post_id')
          .where('pt.tag_id', '=', Number(scope.id)),
      ),
    )
    .orderBy('p.published_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return {
    about: query.about,
    name: scope.name,
    path: scope.path,
    key: scope.key,
    entries: rows.map((row) => {
      const publishedAt = (row.published_at ?? new Date(0)).toISOString();
      return {
        id: row.id,
        kind: row.kind,
        title: row.title ?? '',
        slug: row.slug,
        locale: row.locale,
        html: row.html,
        excerpt: row.excerpt,
        author: cardOf(row, ctx.locale),
        tags: row.tags,
        publishedAt,
        updatedAt: row.edited_at?.toISOString() ?? publishedAt,
      };
    }),
  };
}

/** The newest public wishes: a private one is in no feed. */
async function listWishEntries({ db, locale }: Context): Promise<Feed['entries']> {
  const rows = await db
    .selectFrom('community.wish as w')
    .innerJoin('community.member as m', 'm.id', 'w.author_id')
    .select([
      'w.id',
      'w.title',
      'w.slug',
      'w.locale',
      'w.problem',
      'w.industry',
      'w.created_at',
      'w.state_since',
    ])
    .select(cardColumns)
    .where('w.is_private', '=', false)
    .where('w.state', 'not in', ['pending', 'duplicate'])
    .orderBy('w.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: 'wish',
    title: row.title,
    slug: row.slug,
    locale: row.locale,
    html: '',
    excerpt: row.problem.slice(0, 400).toWellFormed(),
    author: cardOf(row, locale),
    tags: [row.industry],
    publishedAt: row.created_at.toISOString(),
    updatedAt: row.state_since.toISOString(),
  }));
}

async function findScope({ db }: Context, { about, name }: FeedQuery): Promise<Scope | undefined> {
  if (about === 'all' || about === 'questions' || about === 'articles' || about === 'wishes')
    return name === undefined
      ? { name: null, path: about === 'all' ? '/community' : `/${about}`, key: about }
      : undefined;
  if (name === undefined) return undefined;
  if (about === 'tags') {
    const tag = await findTag(db, name.toLowerCase());
    return tag && scopeOf(tag.name, tagPath(tag.name), 'tag', tag.id);
  }
  if (about === 'members') {
    const member = await db
      .selectFrom('community.member')
      .select(['id', 'name', 'handle'])
      .where('handle', '=', name)
      .where('erased_at', 'is', null)
      .executeTakeFirst();
    return member && scopeOf(member.name, memberPath(member.handle), 'author', member.id);
  }
  if (about === 'chapters') {
    const chapter = await db
      .selectFrom('community.chapter')
      .select(['id', 'name', 'slug'])
      .where('slug', '=', name)
      .where('state', '=', 'approved')
      .executeTakeFirst();
    return chapter && scopeOf(chapter.name, chapterPath(chapter.slug), 'chapter', chapter.id);
  }
  const organisation = await db
    .selectFrom('community.organisation')
    .select(['id', 'name', 'slug'])
    .where('slug', '=', name)
    .where('state', '=', 'verified')
    .executeTakeFirst();
  return (
    organisation &&
    scopeOf(organisation.name, organisationPath(organisation.slug), 'organisation', organisation.id)
  );
}

/** The address of the feed is made of the address of the page it follows. */
const scopeOf = (
  name: string,
  path: string,
  column: NonNullable<Scope['column']>,
  id: string | number,
): Scope => ({ name, path, key: path.slice(1), column, id });
