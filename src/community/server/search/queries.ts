import { sql, type RawBuilder } from 'kysely';
import { tagPath } from '#src/community/contract/addresses.ts';
import type {
  SearchHit,
  SearchKind,
  SearchQuery,
  SearchResult,
  Suggestion,
} from '#src/community/contract/search.ts';
import type { Context } from '#src/platform/server/context.ts';
import { likeLiteral } from '#src/platform/server/db.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { readableText } from './index-document.ts';
import { segmentQuery } from './segment-text.ts';
import { findableOf, findableKinds, type FindableRow } from './findable-kinds.ts';
import { snippetOf } from './snippet.rules.ts';
import { isEmptyWish, readWish, type Wish } from './wish.rules.ts';

/** Documents that are counted and ranked; beyond, those of the highest standing are taken. */
const candidatesAtMost = 400;
/** Of how many that have all words of a phrase the text itself is looked at. */
const phraseCandidatesAtMost = 1500;
/** Of the documents of the highest standing so many are looked at first; when so many of them fit, a wish is a common one. */
const lookedAt = 1500;
const commonFrom = 30;

/** So many words that look like a mistyped one are looked at. */
const meantAtMost = 5;

const config = sql`'community.words'::regconfig`;
const asWords = (words: readonly string[]) => sql`plainto_tsquery(${config}, ${words.join(' ')})`;
const joined = (parts: RawBuilder<unknown>[], operator: RawBuilder<unknown>) => sql.join(parts, operator);

/** The wish in the words of PostgreSQL. */
function tsqueryOf({ groups, phraseWords, without }: Wish): RawBuilder<unknown> {
  const must = [
    ...groups.map((names) => sql`(${joined(names.map(asWords), sql` || `)})`),
    ...(phraseWords.length === 0 ? [] : [asWords(phraseWords)]),
  ];
  const not = without.map((word) => sql`!!plainto_tsquery(${config}, ${word})`);
  return sql`(${joined([...must, ...not], sql` && `)})`;
}

/** Words say nothing of their order, so the text itself is looked at. */
function saysPhrase(phrase: string): RawBuilder<unknown> {
  const like = `%${likeLiteral(phrase)}%`;
  // Scalar on purpose: an EXISTS would be answered by a look at every post there is.
  const says = Object.values(findableKinds).map(
    ({
      column,
      rows,
    }) => sql`(select r.title ilike ${like} or r.names ilike ${like} or r.lead ilike ${like} or r.markdown ilike ${like}
      from (${rows}) r where r.id = d.${sql.ref(column)} and r.kind = d.kind)`,
  );
  return sql`and coalesce(${sql.join(says)})`;
}

type Candidate = { id: number; kind: SearchKind; root: string; tags: string[]; rank: number };

/**
 * What fits a wish, best first: title before tags before text, then standing. Counts and facets are exact up to the
 * candidates that are looked at.
 */
export async function searchCommunity(ctx: Context, query: SearchQuery): Promise<SearchResult> {
  const nothing = {
    items: [],
    nextCursor: null,
    total: 0,
    isMore: false,
    kinds: [],
    tags: [],
    didYouMean: null,
  };
  const wish = readWish(query.q, segmentQuery);
  if (isEmptyWish(wish)) return nothing;
  const skip = readNumberCursor(query.cursor) ?? 0;
  const rows = await findCandidates(ctx, query, wish);
  const isMore = rows.length > candidatesAtMost;
  const hits = oneForEachRoot(rows.slice(0, candidatesAtMost));
  const shown = hits.slice(skip, skip + query.limit);
  const hasNext = hits.length > skip + query.limit;
  return {
    items: await present(ctx, shown, wordsOfWish(wish)),
    nextCursor: hasNext ? writeCursor([skip + query.limit]) : null,
    total: hits.length,
    isMore,
    kinds: countBy(hits.map(({ kind }) => kind)).map(([kind, count]) => ({
      kind: kind as SearchKind,
      count,
    })),
    tags: countBy(hits.flatMap(({ tags }) => tags))
      .slice(0, 12)
      .map(([tag, count]) => ({ tag, count })),
    didYouMean: hits.length < 3 ? await findMeant(ctx, wish) : null,
  };
}

/**
 * The candidates of a wish in their order. Words that are common together are found by walking down the standing until
 * there are enough; rare ones by their index. The planner cannot know which it is, because it takes words to be
 * independent of one another, and is wrong by seconds: a look at the first documents tells.
 */
async function findCandidates(ctx: Context, query: SearchQuery, wish: Wish): Promise<Candidate[]> {
  const tsquery = tsqueryOf(wish);
  const wanted = wish.phrases.length === 0 ? candidatesAtMost + 1 : phraseCandidatesAtMost;
  const ofKind = query.kind === undefined ? sql`true` : sql`d.kind = ${query.kind}`;
  const narrowed = sql`${query.tag === undefined ? sql`true` : sql`${query.tag} = any (d.tags)`}
    and ${query.locale === undefined ? sql`true` : sql`d.locale = ${query.locale}`}`;
  const { rows: looked } = await sql<{ fit: number }>`
    select count(*) as fit from (select * from community.search_document d where ${ofKind} order by d.standing desc limit ${lookedAt}) d,
      (select ${tsquery} as q) w
    where ts_match_vq(d.words, w.q) and ${narrowed}`.execute(ctx.db);
  const isCommon = (looked[0]?.fit ?? 0) >= commonFrom;
  // As a function the match cannot be answered by the index of words, as a sum the order not by that of standings.
  const fits = isCommon ? sql`ts_match_vq(d.words, w.q)` : sql`d.words @@ w.q`;
  const order = isCommon ? sql`d.standing` : sql`d.standing + 0`;
  const { rows } = await sql<Candidate>`
    select id, kind, coalesce('q' || root_id, kind || id) as root, tags,
      ts_rank('{0.05, 0.1, 0.5, 1}', words, q) * 8 + standing as rank
    from (
      select d.*, w.q from community.search_document d, (select ${tsquery} as q) w
      where ${fits} and ${ofKind} and ${narrowed} order by ${order} desc limit ${wanted}
    ) d where true ${joined(wish.phrases.map(saysPhrase), sql` `)}
    order by rank desc, id limit ${candidatesAtMost + 1}`.execute(ctx.db);
  return rows;
}

function oneForEachRoot(rows: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return rows.filter(({ root }) => !seen.has(root) && seen.add(root));
}

const wordsOfWish = ({ groups, phraseWords }: Wish) => [...groups.flat(2), ...phraseWords];

function countBy(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** What was typed with each word that nothing has replaced by the most similar one that something has. */
async function findMeant(ctx: Context, { groups }: Wish): Promise<string | null> {
  const words = groups.map((names) => names[0]!.join(' '));
  const { rows } = await sql<{ typed: string; meant: string | null }>`
    select t.typed, (
      select w.word from (
        select w.word, similarity(w.word, t.typed) as alike from community.search_word w
        where w.word % t.typed and w.word <> t.typed order by alike desc, w.word limit ${meantAtMost}) w
      -- Words stay known after what said them is gone; only what is said now is offered.
      where exists (select from community.search_document d where d.words @@ plainto_tsquery(${config}, w.word))
      order by w.alike desc, w.word limit 1) as meant
    from unnest(${words}::text[]) with ordinality t (typed, at)
    where not exists (select from community.search_word w where w.word = t.typed) order by t.at`.execute(
    ctx.db,
  );
  const meant = new Map(rows.flatMap((row) => (row.meant === null ? [] : [[row.typed, row.meant] as const])));
  return meant.size === 0 ? null : words.map((word) => meant.get(word) ?? word).join(' ');
}

type Shown = Omit<FindableRow, 'id' | 'names' | 'locale' | 'tags' | 'isVerified' | 'isFeatured'> & {
  id: string;
  document: number;
  known: string[];
};

/** What is shown of documents, in their order: as each is now, and only what everybody may see now. */
async function present(
  ctx: Context,
  documents: readonly Pick<Candidate, 'id' | 'kind'>[],
  words: readonly string[],
): Promise<SearchHit[]> {
  if (documents.length === 0) return [];
  const ids = documents.map(({ id }) => id);
  const selects = [...new Set(documents.map(({ kind }) => findableOf(kind)))].map(
    ({
      column,
      kinds,
      rows,
    }) => sql`select d.id as document, d.tags as known, r.id::text as id, r.kind, r.title, r.lead, r.html,
        case when r.html is null then r.markdown else '' end as markdown, r.score, r."answerCount", r."isAccepted", r.at,
        r.place, r.slug, r.author
      from community.search_document d join (${rows}) r on r.id = d.${sql.ref(column)} and r.kind = d.kind
      where d.id = any(${ids}::bigint[]) and d.kind = any(${[...kinds]}::text[])`,
  );
  const { rows } = await sql<Shown>`${sql.join(selects, sql` union all `)}`.execute(ctx.db);
  const found = new Map(rows.map((row) => [row.document, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    if (!row) return [];
    const { kind, title, author, score, answerCount, isAccepted } = row;
    return [
      {
        kind,
        path: findableOf(kind).path(row),
        title,
        snippet: snippetOf(readableText(row), words),
        tags: row.known,
        author,
        score,
        answerCount,
        isAccepted,
        at: row.at.toISOString(),
      },
    ];
  });
}

const suggestionsAtMost = 8;

/** What somebody who has typed this much may look for: tags first, then titles and names that fit. */
export async function suggestSearch(ctx: Context, typed: string): Promise<Suggestion[]> {
  const words = segmentQuery(typed);
  const last = words.at(-1);
  if (last === undefined) return [];
  const begins = likeLiteral(typed.toLowerCase());
  const tags = await ctx.db
    .selectFrom('community.tag')
    .select(['name'])
    .where('name', 'like', `${begins}%`)
    .where('post_count', '>', 0)
    .orderBy('post_count', 'desc')
    .limit(3)
    .execute();
  // The last word may not be finished: whatever begins like it fits, in a title.
  const unfinished = `'${last.replace(/['\\]/g, '')}':*A`;
  const before = words.slice(0, -1);
  const { rows } = await sql<{ id: number; kind: SearchKind }>`
    select d.id, d.kind from community.search_document d
    where d.words @@ (${before.length === 0 ? sql`` : sql`${asWords(before)} && `}${unfinished}::tsquery) and d.kind <> 'answer'
    order by d.standing desc limit ${suggestionsAtMost - tags.length}`.execute(ctx.db);
  const hits = await present(ctx, rows, []);
  return [
    ...tags.map(({ name }) => ({
      kind: 'tag' as const,
      text: name,
      path: tagPath(name),
    })),
    ...hits.map(({ kind, title, path }) => ({
      kind: kind as Exclude<SearchKind, 'answer'>,
      text: title,
      path,
    })),
  ];
}
