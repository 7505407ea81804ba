import { type SearchHit, searchKinds, SearchQuery, SearchResult } from '#src/community/contract/search.ts';
import { searchText as text } from '#src/community/contract/search.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Ago, Box, EmptyState, Notice, PageGrid, PageHead, Pager, Tabs, Tags } from '../site/parts.tsx';
import type { Route } from './+types/search.page.ts';
import { Marked } from './marked.tsx';
import './search.css';

export const handle = { isKept: true };

export const meta: Route.MetaFunction = (args) => {
  const locale = localeOf(args);
  const asked = args.loaderData?.query.q ?? '';
  return titleIn(locale, (asked === '' ? text.title : text.titleOf(asked))[locale]);
};

type Query = Pick<SearchQuery, 'q' | 'kind' | 'tag' | 'locale' | 'cursor'>;

export async function loader({ context, request }: Route.LoaderArgs) {
  const given = Object.fromEntries(
    [...new URL(request.url).searchParams].filter(([, value]) => value !== ''),
  );
  // An address that was typed or cut off is a search for what is left of it.
  const query: Query = SearchQuery.safeParse(given).data ?? { q: String(given['q'] ?? '').slice(0, 200) };
  const result = await context.get(apiContext).get(`/api/community/search?${searchOf(query)}`, SearchResult);
  return { query, result };
}

/** The query as the end of an address, with some of it changed; a change begins at the first page. */
function searchOf(query: Query, change: Partial<Query> = {}): string {
  const { cursor, ...rest } = query;
  const wanted = { ...rest, ...(Object.keys(change).length === 0 ? { cursor } : change) };
  return new URLSearchParams(
    Object.entries(wanted).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  ).toString();
}

export default function SearchPage({ loaderData }: Route.ComponentProps) {
  const { query, result } = loaderData;
  const t = useText();
  const hrefOf = (change: Partial<Query>) => `/search?${searchOf(query, change)}`;
  return (
    <PageGrid aside={query.q !== '' && <Facets query={query} result={result} hrefOf={hrefOf} />}>
      <PageHead title={t(text.title)} lead={t(text.hint)} />
      <form className="com-form com-row" action="/search">
        <label>
          <span className="el-hidden">{t(text.label)}</span>
          <input type="search" name="q" defaultValue={query.q} maxLength={200} />
        </label>
        <button className="com-button" type="submit">
          {t(text.submit)}
        </button>
      </form>
      {query.q !== '' && <Results query={query} result={result} hrefOf={hrefOf} />}
    </PageGrid>
  );
}

type Parts = { query: Query; result: SearchResult; hrefOf: (change: Partial<Query>) => string };

function Results({ query, result, hrefOf }: Parts) {
  const t = useText();
  const format = useFormat();
  // An answer is found with its question.
  const kinds = [undefined, ...searchKinds.filter((kind) => kind !== 'answer')];
  return (
    <>
      {result.didYouMean !== null && (
        <Notice>
          {t(text.didYouMean)} <a href={hrefOf({ q: result.didYouMean })}>{result.didYouMean}</a>?
        </Notice>
      )}
      <Tabs
        label={t(text.kinds)}
        tabs={kinds.map((kind) => ({
          href: hrefOf({ kind }),
          label: t(text[kind ?? 'all']),
          current: query.kind === kind,
        }))}
      />
      {result.items.length === 0 ? (
        <EmptyState title={t(text.nothing(query.q))} hint={t(text.nothingHint)}>
          <a className="com-button" href={`/questions/ask?title=${encodeURIComponent(query.q)}`}>
            {t(text.ask)}
          </a>
        </EmptyState>
      ) : (
        <>
          <p className="com-dim">{t(text.found(format.number(result.total), result.isMore))}</p>
          <ol className="com-hits">
            {result.items.map((hit) => (
              <Hit key={hit.path} hit={hit} />
            ))}
          </ol>
          <Pager
            next={result.nextCursor === null ? null : hrefOf({ cursor: result.nextCursor })}
            first={query.cursor === undefined ? null : hrefOf({ cursor: undefined })}
          />
        </>
      )}
    </>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const t = useText();
  const format = useFormat();
  return (
    <li>
      <p className="com-meta">
        <span className="com-mark" data-tone="idle">
          {t(text[hit.kind])}
        </span>
        {hit.isAccepted && (
          <span className="com-mark" data-tone="good">
            {t(text.accepted)}
          </span>
        )}
        {hit.answerCount > 0 && <span>{t(text.answers(format.number(hit.answerCount)))}</span>}
        {hit.author !== null && <bdi>{hit.author}</bdi>}
        <Ago at={hit.at} />
      </p>
      <h2>
        <a href={hit.path}>{hit.title}</a>
      </h2>
      <p>
        <Marked snippet={hit.snippet} />
      </p>
      {/* Skills are no tags. */}
      <Tags names={hit.kind === 'member' || hit.kind === 'expert' ? [] : hit.tags} />
    </li>
  );
}

function Facets({ query, result, hrefOf }: Parts) {
  const t = useText();
  const format = useFormat();
  if (result.tags.length === 0 && query.tag === undefined) return null;
  return (
    <Box title={t(text.withTag)}>
      {query.tag !== undefined && (
        <p>
          <a href={hrefOf({ tag: undefined })}>{t(text.withoutTag(query.tag))}</a>
        </p>
      )}
      <ul className="com-tags">
        {result.tags.map(({ tag, count }) => (
          <li key={tag}>
            <a
              className="com-tag"
              href={hrefOf({ tag })}
              aria-current={query.tag === tag ? 'true' : undefined}
            >
              <bdi>{tag}</bdi>
              <span className="com-count">{format.number(count)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Box>
  );
}
