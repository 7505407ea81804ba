import type pg from 'pg';
import { renderedAs, renderMarkdown } from '#src/community/server/markdown/render-markdown.ts';
import { slugOf } from '#src/community/server/posts/slug.rules.ts';
import { plainText } from '#src/community/server/search/plain-text.rules.ts';
import { indexedAs, pairsOf, segmentText } from '#src/community/server/search/segment-text.ts';
import { say } from './figures.ts';
import {
  chineseFrames,
  chineseTerms,
  englishFrames,
  englishTerms,
  familyNames,
  givenNames,
} from './site-words.ts';

/** How much of everything there is. */
export type SiteSize = {
  members: number;
  questions: number;
  articles: number;
  answers: number;
  comments: number;
};
export const wholeSite: SiteSize = {
  members: 100_000,
  questions: 250_000,
  articles: 150_000,
  answers: 600_000,
  comments: 300_000,
};

/** The version of what is made here: another one is made anew. */
export const siteDataVersion = 1;
const paragraphs = 6000;
const titles = 20_000;
const tags = 300;

/** A random number that is the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Early ones much more often than late ones, as words are. */
const pick = <T>(random: () => number, from: readonly T[]): T =>
  from[Math.floor(random() ** 2.2 * from.length)]!;

function sentence(random: () => number, isChinese: boolean): string {
  const terms = isChinese ? chineseTerms : englishTerms;
  const frame = pick(() => random() ** 0.45, isChinese ? chineseFrames : englishFrames);
  return frame
    .replace(/\{[abc]\}/g, () => pick(random, terms))
    .replace('{n}', () => String(10 + Math.floor(random() * 900)))
    .replace('{v}', () => String(13 + Math.floor(random() * 6)));
}

/** Fills an empty migrated database with a community whose texts are put together from rendered and segmented paragraphs. */
export async function fillSite(pool: pg.Pool, size: SiteSize): Promise<void> {
  const client = await pool.connect();
  const run = async (what: string, sql: string, values: unknown[] = []) => {
    const began = Date.now();
    await client.query(sql, values);
    say(`${what}: ${Math.round((Date.now() - began) / 1000)} s`);
  };
  try {
    await client.query(
      `set statement_timeout = 0; set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'`,
    );
    const indexes = await dropIndexes(client);
    await writeParts(client);
    await run(
      'members',
      `
      insert into community.member (handle, name, headline, reputation, trust_level, joined_at)
      select 'member-' || n, ($2::text[])[1 + n % $4::int] || ($3::text[])[1 + n / $4::int % $5::int] || ($3::text[])[1 + n / 7 % $5::int], '', n % 4000, 2, now() - n * interval '20 minutes'
      from generate_series(1, $1::int) n`,
      [size.members, familyNames, givenNames, familyNames.length, givenNames.length],
    );
    await client.query(
      'create temp table who as select row_number() over (order by handle) - 1 as n, id from community.member; create unique index on who (n); analyze who',
    );
    const roots = size.questions + size.articles;
    const total = roots + size.answers;
    // Question 1 has 20 answers; the others have what chance gives them.
    await run(
      'posts',
      `
      insert into community.post (id, kind, parent_id, author_id, state, locale, title, slug, markdown, html, excerpt, rendered_as,
        score, up_votes, view_count, created_at, published_at, active_at)
      overriding system value
      select p.n, kind, parent, w.id, 'published', a.locale, t.title, coalesce(t.slug, ''), a.markdown || E'\\n\\n' || b.markdown || E'\\n\\n' || c.markdown,
        a.html || b.html || c.html, a.excerpt, ${renderedAs}, greatest(0, p.n % 41 - 20), greatest(0, p.n % 41 - 20), p.n % 5000, at, at, at
      from (
        select n, case when n <= $1::int8 then 'question' when n <= $2::int8 then 'article' else 'answer' end as kind,
          case when n <= $2::int8 then null when n <= $2::int8 + 20 then 1 else 2 + ((hashint8(n)::int8 & 2147483647) % ($1::int8 - 1)) end as parent,
          now() - (n * 7919 % 2000) * interval '1 day' - n * interval '1 second' as at,
          case when n % 3 = 0 then 1 else 0 end as english
        from generate_series(1, $3::int8) n) p
      join who w on w.n = (p.n * 31) % $4::int8
      left join bench_title t on p.kind <> 'answer' and t.n = p.n % ${titles / 2} * 2 + english
      join bench_paragraph a on a.n = (p.n * 17) % ${paragraphs / 2} * 2 + english
      join bench_paragraph b on b.n = (p.n * 101 + p.n / 3000) % ${paragraphs / 2} * 2 + english
      join bench_paragraph c on c.n = (p.n * 1009 + p.n / 7000) % ${paragraphs / 2} * 2 + english`,
      [size.questions, roots, total, size.members],
    );
    await client.query(`select setval(pg_get_serial_sequence('community.post', 'id'), ${total})`);
    await run(
      'tags',
      `
      with made as (insert into community.tag (name) select 'tag-' || n from generate_series(1, ${tags}) n returning id)
      insert into community.post_tag (post_id, tag_id)
      select distinct p.id, 1 + (p.id * k * k) % ${tags} from community.post p, generate_series(1, 2) k
      where p.kind <> 'answer' and (select count(*) from made) > 0`,
    );
    // A hundred thousand times one more is slower than counting once, below.
    await client.query('alter table community.comment disable trigger comment_counted');
    await run(
      'comments',
      `
      insert into community.comment (post_id, author_id, markdown, html, created_at)
      select 1 + (c.n * 13) % ${total}, w.id, 'A short word on this.', '<p>A short word on this.</p>', now() - c.n * interval '1 minute'
      from generate_series(1, $1::int8) c (n) join who w on w.n = c.n % ${size.members}`,
      [size.comments],
    );
    await client.query('alter table community.comment enable trigger comment_counted');
    await run(
      'documents',
      `
      insert into community.search_document (kind, post_id, root_id, locale, tags, words, standing, indexed_as)
      select p.kind, p.id, case p.kind when 'article' then null when 'question' then p.id else p.parent_id end, p.locale,
        array(select g.name from community.post_tag pt join community.tag g on g.id = pt.tag_id where pt.post_id = p.id),
        coalesce(t.words, '') || a.words || b.words || c.words,
        log(2, 1 + p.score) * 0.25 + extract(epoch from p.published_at - '2020-01-01') / (2 * 31557600), ${indexedAs}
      from community.post p
      left join bench_title t on p.kind <> 'answer' and t.n = p.id % ${titles / 2} * 2 + (p.id % 3 = 0)::int
      join bench_paragraph a on a.n = (p.id * 17) % ${paragraphs / 2} * 2 + (p.id % 3 = 0)::int
      join bench_paragraph b on b.n = (p.id * 101 + p.id / 3000) % ${paragraphs / 2} * 2 + (p.id % 3 = 0)::int
      join bench_paragraph c on c.n = (p.id * 1009 + p.id / 7000) % ${paragraphs / 2} * 2 + (p.id % 3 = 0)::int`,
    );
    for (const sql of indexes) await run(/INDEX (\S+)/.exec(sql)?.[1] ?? sql, sql);
    await run(
      'counts',
      `
      update community.post q set answer_count = c.answers, active_at = c.last, accepted_answer_id = case when q.id % 2 = 0 then c.best end
      from (select parent_id, count(*) as answers, max(published_at) as last, min(id) as best from community.post where kind = 'answer' group by 1) c
      where c.parent_id = q.id`,
    );
    await run(
      'counts of tags',
      `update community.tag t set post_count = c.posts from (select tag_id, count(*) as posts from community.post_tag group by 1) c where c.tag_id = t.id`,
    );
    await run(
      'counts of comments',
      `update community.post p set comment_count = c.comments from (select post_id, count(*) as comments from community.comment group by 1) c where c.post_id = p.id`,
    );
    await run(
      'words',
      `insert into community.search_word select distinct lower(w) from bench_title, regexp_split_to_table(title, '[^[:alnum:]]+') w where length(w) between 2 and 60 on conflict do nothing`,
    );
    await client.query('drop table bench_paragraph, bench_title');
    await run('vacuum', 'vacuum (analyze)');
  } finally {
    client.release(true);
  }
}

/** Takes the indexes of the large tables away that can be made again; answers how. */
async function dropIndexes(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; sql: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as sql from pg_index i
    where i.indrelid in ('community.post'::regclass, 'community.search_document'::regclass, 'community.comment'::regclass)
      and not i.indisunique`);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ sql }) => sql);
}

/** Paragraphs and titles in two tables, each with its HTML and its words; even numbers are Chinese, odd ones English. */
async function writeParts(client: pg.PoolClient): Promise<void> {
  await client.query(`
    create table bench_paragraph (n integer primary key, locale text, markdown text, html text, excerpt text, words tsvector);
    create table bench_title (n integer primary key, title text, slug text, words tsvector)`);
  const random = dice(20_261_129);
  const parts = Array.from({ length: paragraphs }, (_, n) => {
    const isChinese = n % 2 === 0;
    let markdown = '';
    // About a third of a kilobyte, so that three make an answer of one.
    while (Buffer.byteLength(markdown) < 300)
      markdown += (markdown === '' ? '' : ' ') + sentence(random, isChinese);
    if (n % 40 === 0)
      markdown +=
        '\n\n```sql\nselect relname, n_dead_tup from pg_stat_user_tables order by 2 desc limit 10;\n```';
    const { html, excerpt } = renderMarkdown(markdown);
    return {
      n,
      locale: isChinese ? 'zh-CN' : 'en',
      markdown,
      html,
      excerpt,
      words: segmentText(plainText(html)).join(' '),
    };
  });
  await client.query(
    `insert into bench_paragraph select n, locale, markdown, html, excerpt, strip(to_tsvector('community.words', words))
    from jsonb_to_recordset($1) r (n integer, locale text, markdown text, html text, excerpt text, words text)`,
    [JSON.stringify(parts)],
  );
  const heads = Array.from({ length: titles }, (_, n) => {
    const isChinese = n % 2 === 0;
    const [a, b, c] = [0, 1, 2].map(() => pick(random, isChinese ? chineseTerms : englishTerms));
    const title = isChinese
      ? `${a}与${b}：${c}的一次排查（${n}）`
      : `How ${a} and ${b} change the ${c} (${n})`;
    return { n, title, slug: slugOf(title), words: [...segmentText(title), ...pairsOf(title)].join(' ') };
  });
  await client.query(
    `insert into bench_title select n, title, slug, setweight(to_tsvector('community.words', words), 'A')
    from jsonb_to_recordset($1) r (n integer, title text, slug text, words text)`,
    [JSON.stringify(heads)],
  );
}
