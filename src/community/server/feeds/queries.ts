import {
  chapterPath,
  committeePath,
  faqVersionPath,
  meetingPath,
  memberPath,
  offeringPath,
  organisationPath,
  seriesPath,
  tagPath,
  wishPath,
} from '#src/community/contract/addresses.ts';
import type { Feed, FeedEntry, FeedQuery } from '#src/community/contract/feeds.ts';
import { feedText } from '#src/community/contract/feeds.text.ts';
import { Industry } from '#src/community/contract/industries.ts';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { MemberRole } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findProduct } from '../offerings/queries.ts';
import { findTag } from '../tags/queries.ts';
import { isListedWish } from '../wishes/lock-wish.ts';
import { entriesAtMost, feedEntries } from './feed-entries.ts';

/** What is followed: how it is called, where its page stands, what its feed is called in its address, and its entries. */
type Scope = Omit<Feed, 'about' | 'entries'> & { list: (ctx: Context) => Promise<FeedEntry[]> };

/** The newest public things of one subject; refuses a subject that is not public. */
export async function getFeed(ctx: Context, query: FeedQuery): Promise<Feed> {
  const scope = await findScope(ctx, query);
  if (!scope) throw new AppError('not_found', feedText.noSuch);
  const { list, ...rest } = scope;
  return { ...rest, about: query.about, entries: await list(ctx) };
}

/** The scope of a feed whose address is made of the address of the page it follows. */
const scopeOf = (name: string, path: string, list: Scope['list']): Scope => ({
  name,
  path,
  key: path.slice(1),
  list,
});

async function findScope(ctx: Context, { about, name }: FeedQuery): Promise<Scope | undefined> {
  if (name === undefined) return findWhole(about);
  const { db, locale } = ctx;
  switch (about) {
    case 'tags': {
      const tag = await findTag(db, name.toLowerCase());
      return tag && scopeOf(tag.name, tagPath(tag.name), (on) => feedEntries.posts(on, { tag: tag.id }));
    }
    case 'members': {
      const member = await db
        .selectFrom('community.member')
        .select(['id', 'name', 'handle'])
        .where('handle', '=', name)
        .where('erased_at', 'is', null)
        .executeTakeFirst();
      return (
        member &&
        scopeOf(member.name, memberPath(member.handle), (on) => feedEntries.posts(on, { author: member.id }))
      );
    }
    case 'chapters': {
      const chapter = await db
        .selectFrom('community.chapter')
        .select(['id', 'name', 'slug'])
        .where('slug', '=', name)
        .where('state', '=', 'approved')
        .executeTakeFirst();
      return (
        chapter &&
        scopeOf(chapter.name, chapterPath(chapter.slug), (on) =>
          feedEntries.posts(on, { chapter: chapter.id }),
        )
      );
    }
    case 'organisations': {
      const one = await db
        .selectFrom('community.organisation')
        .select(['id', 'name', 'slug'])
        .where('slug', '=', name)
        .where('state', '=', 'verified')
        .executeTakeFirst();
      return (
        one &&
        scopeOf(one.name, organisationPath(one.slug), (on) => feedEntries.posts(on, { organisation: one.id }))
      );
    }
    case 'industries': {
      const { data: one } = Industry.safeParse(name);
      return (
        one && {
          name: facetText.feedIndustry(industryText[one][locale])[locale],
          path: `/articles?industry=${one}`,
          key: `industries/${one}`,
          list: (on) => feedEntries.posts(on, { industry: one }),
        }
      );
    }
    case 'roles': {
      const { data: one } = MemberRole.safeParse(name);
      return (
        one && {
          name: facetText.feedRole(memberText[one][locale])[locale],
          path: `/articles?role=${one}`,
          key: `roles/${one}`,
          list: (on) => feedEntries.posts(on, { role: one }),
        }
      );
    }
    case 'series': {
      // A series of nothing public is nobody's business yet.
      const series = await db
        .selectFrom('community.series as s')
        .select(['s.id', 's.title'])
        .where('s.id', '=', numberOf(name))
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('community.post as p')
              .select('p.id')
              .whereRef('p.series_id', '=', 's.id')
              .where('p.state', '=', 'published'),
          ),
        )
        .executeTakeFirst();
      return (
        series &&
        scopeOf(series.title, seriesPath(series.id), (on) => feedEntries.posts(on, { series: series.id }))
      );
    }
    case 'meetings': {
      const meeting = await db
        .selectFrom('community.meeting')
        .select(['id', 'title'])
        .where('id', '=', numberOf(name))
        .executeTakeFirst();
      return (
        meeting &&
        scopeOf(meeting.title, meetingPath(meeting.id), (on) => feedEntries.meeting(on, meeting.id))
      );
    }
    case 'faq': {
      const version = await db
        .selectFrom('community.postgres_version')
        .select('major')
        .where('major', '=', numberOf(name))
        .executeTakeFirst();
      return (
        version && {
          name: `PostgreSQL ${version.major}`,
          path: faqVersionPath(version.major),
          key: `faq/${version.major}`,
          list: (on) => feedEntries.faq(on, version.major),
        }
      );
    }
    case 'decisions': {
      const committee = await db
        .selectFrom('community.committee')
        .select(['id', 'slug', 'name_en', 'name_zh'])
        .where('slug', '=', name)
        .executeTakeFirst();
      return (
        committee && {
          name: locale === 'en' ? committee.name_en : committee.name_zh,
          path: committeePath(committee.slug),
          key: `decisions/${committee.slug}`,
          list: (on) => feedEntries.decisions(on, committee.id),
        }
      );
    }
    case 'wishes': {
      const wish = await db
        .selectFrom('community.wish as w')
        .select(['w.id', 'w.title', 'w.slug'])
        .where('w.id', '=', numberOf(name))
        .where(isListedWish)
        .executeTakeFirst();
      return (
        wish && {
          name: wish.title,
          path: wishPath(wish),
          key: `wishes/${wish.id}`,
          list: (on) => feedEntries.comments(on, wish.id),
        }
      );
    }
    case 'releases': {
      const product = await findProduct(ctx, numberOf(name));
      return (
        product && {
          name: product.name,
          path: offeringPath({ kind: 'product', id: product.id }),
          key: `releases/${product.id}`,
          list: (on) => feedEntries.releases(on, product.id),
        }
      );
    }
    default:
      return undefined;
  }
}

/** A number in an address; what is none is a number that nothing has. */
const numberOf = (name: string) => (/^[1-9]\d{0,8}$/.test(name) ? Number(name) : 0);

function findWhole(about: FeedQuery['about']): Scope | undefined {
  const whole = (path: string, list: Scope['list']): Scope => ({ name: null, path, key: about, list });
  switch (about) {
    case 'all':
      return whole('/community', (on) => feedEntries.posts(on, {}));
    case 'questions':
      return whole('/questions', (on) => feedEntries.posts(on, { kind: 'question' }));
    case 'articles':
      return whole('/articles', (on) => feedEntries.posts(on, { kind: 'article' }));
    case 'wishes':
      return whole('/wishes', feedEntries.wishes);
    case 'faq':
      return whole('/faq', (on) => feedEntries.faq(on));
    case 'decisions':
      return whole('/decisions', (on) => feedEntries.decisions(on));
    case 'releases':
      return whole('/products', async (on) =>
        [...(await feedEntries.releases(on)), ...(await feedEntries.majors(on))]
          .toSorted((a, b) => b.publishedAt.localeCompare(a.publishedAt))
          .slice(0, entriesAtMost),
      );
    default:
      return undefined;
  }
}
