import { expect, test, vi } from 'vitest';
import { slugOf } from '../posts/slug.rules.ts';
import { database } from '#tests/support/context.ts';
import { drawPlan } from './draw-plan.ts';
import { misjudged, type PlanNode, readPlan, shareOf } from './plan.rules.ts';
import { renderMarkdown } from './render-markdown.ts';

test('tables, code, formulas and lists come out, scripts do not', () => {
  const { html, excerpt } = renderMarkdown(
    'Hello **world** $a^2$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sql\nselect 1;\n```\n\n<script>alert(1)</script><img src=x onerror=alert(1)>',
  );
  expect(html).toContain('<table tabindex="0">');
  expect(html).toContain('hljs-keyword');
  expect(html).toContain('<math');
  expect(html).not.toMatch(/script|onerror/);
  expect(excerpt).toMatch(/^Hello world/);
});

test('a formula that LaTeX would not take fills no log of the server', () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  expect(renderMarkdown('$\\href{https://pg.example}{数据} \\htmlId{x}{y}$').html).toContain('<math');
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

test('a price is no formula', () => {
  expect(renderMarkdown('from $5 to $10 a month').html).toBe('<p>from $5 to $10 a month</p>\n');
});

test('an address keeps Chinese letters and nothing that is none', () => {
  expect(slugOf('PG 索引: 怎么选?  ../x')).toBe('pg-索引-怎么选-x');
  expect(slugOf('!!!')).toBe('');
});

const html = (text: string) => renderMarkdown(text).html;

test('GFM: alignment, strikethrough, tasks, bare addresses, footnotes', () => {
  expect(html('| a | b |\n|:-:|--:|\n| 1 | 2 |')).toMatch(
    /<th align="center">a<\/th>[^]*<td align="right">2<\/td>/,
  );
  expect(html('~~gone~~')).toContain('<s>gone</s>');
  expect(html('- [x] done\n- [ ] open\n- [y] neither')).toBe(
    '<ul>\n<li><input type="checkbox" disabled checked /> done</li>\n<li><input type="checkbox" disabled /> open</li>\n<li>[y] neither</li>\n</ul>\n',
  );
  expect(html('See www.postgresql.org/docs. README.md and main.rs are files.')).toBe(
    '<p>See <a href="https://www.postgresql.org/docs" rel="ugc nofollow noopener">www.postgresql.org/docs</a>. README.md and main.rs are files.</p>\n',
  );
  const noted = html('Fast[^1].\n\n[^1]: On my machine.');
  const [, id = ''] = /href="#(fn-[^"]+)"/.exec(noted) ?? [];
  expect(noted).toContain(`<li id="${id}">`);
  expect(noted).toContain('class="footnotes"');
});

test('headings can be linked to, in Chinese too, each by another name', () => {
  expect(html('## 索引 怎么选\n\n## Index!\n\n## index')).toBe(
    '<h2 id="h-索引-怎么选">索引 怎么选</h2>\n<h2 id="h-index">Index!</h2>\n<h2 id="h-index-2">index</h2>\n',
  );
});

test('SQL marked to run is a block of its own, after the set-up before it; other words make it another', () => {
  const text = [
    '```sql setup\ncreate table t (a int);\n```',
    '```sql run pg=18,17,17,x,999\nselect <b> from t;\n```',
    '> - ```postgres run\n>   select 2;\n>   ```',
    '```sql\nselect 3;\n```',
    '```js run\nlet a;\n```',
  ].join('\n\n');
  const { html: page, runnables } = renderMarkdown(text);
  expect(runnables).toMatchObject([
    { setup: 'create table t (a int);\n', code: 'select <b> from t;\n', majors: [17, 18] },
    { setup: 'create table t (a int);\n', code: 'select 2;\n', majors: [] },
  ]);
  expect(page).toContain(
    '<div class="com-run" data-run="setup"><pre tabindex="0"><code class="language-sql">',
  );
  expect(page).toContain(`<div class="com-run" data-run="${runnables[0]?.hash}"><pre tabindex="0">`);
  expect(page).toContain('&lt;b&gt;');
  expect(page.match(/com-run/g)).toHaveLength(3);
  expect(renderMarkdown(text.replace('(a int)', '(b int)')).runnables[0]?.hash).not.toBe(runnables[0]?.hash);
  // Nobody makes one by writing HTML.
  expect(html('<div class="com-run" data-run="setup"><pre>x</pre></div>')).not.toMatch(/com-run|data-run/);
});

test('a diagram is drawn as shapes; what is none, or too large, stays code', () => {
  const drawn = html('```mermaid\ngraph LR\n A[主库] -->|WAL| B[备库]\n```');
  expect(drawn).toMatch(/^<figure class="com-diagram"><svg viewBox=/);
  expect(drawn).toContain('>主库</text>');
  expect(drawn).not.toMatch(/<style|style=|@import|fonts/);
  expect(html('```mermaid\nnot a diagram\n```')).toContain(
    '<pre tabindex="0"><code class="language-mermaid">',
  );
  expect(html(`\`\`\`mermaid\ngraph LR\n${'A-->B\n'.repeat(200)}\`\`\``)).toContain('<pre tabindex="0">');
});

test('a picture of our own is shown; one elsewhere is a link that fetches nothing', () => {
  const own = `/api/platform/files/${crypto.randomUUID()}`;
  expect(html(`![p](${own})`)).toBe(`<p><img src="${own}" alt="p" loading="lazy" /></p>\n`);
  expect(html('![p](https://elsewhere.example/p.png)')).toBe(
    '<p><a href="https://elsewhere.example/p.png" rel="ugc nofollow noopener">🖼 p</a></p>\n',
  );
});

const nodes = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(nodes)];

test('plans that PostgreSQL explains, as text and as JSON, are the same tree', async () => {
  const { pool } = database;
  await pool.query(
    'create temp table big as select g as id, g % 100 as kind from generate_series(1, 20000) g',
  );
  await pool.query(
    'create table if not exists plan_t as select g as id, g % 100 as kind from generate_series(1, 20000) g',
  );
  await pool.query('analyze plan_t');
  const query =
    'with k as materialized (select kind, count(*) from plan_t group by kind) ' +
    'select *, (select max(id) from plan_t) from plan_t t join k using (kind) where t.id < 500 order by t.id limit 10';
  for (const options of ['', 'analyze', 'analyze, buffers, verbose', 'analyze, costs off, timing off']) {
    const as = async (format: string) => {
      const { rows } = await pool.query<Record<string, unknown>>(
        `explain (${[options, `format ${format}`].filter(Boolean).join(', ')}) ${query}`,
      );
      const lines = rows.map((row) => Object.values(row)[0]);
      return typeof lines[0] === 'string' ? lines.join('\n') : JSON.stringify(lines[0]);
    };
    const [text, json] = [readPlan(await as('text')), readPlan(await as('json'))];
    const names = (plan: typeof text) =>
      nodes(plan!.root).map(({ label }) =>
        label
          .replace(/^(?:Finalize |Partial )?(?:Hash|Group)?Aggregate$/, 'Aggregate')
          .replace(/ on (?:\w+\.)?/, ' on '),
      );
    expect(names(text).length, options).toBeGreaterThan(8);
    expect(names(json), options).toEqual(names(text));
    const all = nodes(text!.root);
    const whole = all.reduce((sum, node) => sum + shareOf(node, text!.root), 0);
    if (!options.includes('off')) expect(whole, options).toBeGreaterThan(0.9);
    expect(drawPlan(await as('text'))).toMatch(/^<div class="com-plan"><ul><li>/);
  }
  await pool.query('drop table plan_t');
});

test('a plan out of psql, with its frame, never run parts, workers and rows that nobody expected', () => {
  const text = `                          QUERY PLAN
---------------------------------------------------------------
 Gather  (cost=1000.00..9000.00 rows=10 width=8) (actual time=1.0..100.0 rows=9000 loops=1)
   Workers Planned: 2
   Workers Launched: 2
   ->  Nested Loop  (cost=0.00..8000.00 rows=4 width=8) (actual time=0.5..90.0 rows=3000 loops=3)
         ->  Parallel Seq Scan on a  (cost=0.00..4000.00 rows=4 width=8) (actual time=0.4..60.0 rows=3000 loops=3)
               Filter: (x > 1)
         ->  Index Scan using b_pkey on b  (cost=0.42..8.44 rows=1 width=8) (never executed)
 Planning Time: 0.2 ms
 Execution Time: 101.0 ms
(9 rows)`;
  const plan = readPlan(text)!;
  expect(plan.foot).toEqual(['Planning Time: 0.2 ms', 'Execution Time: 101.0 ms']);
  const [gather, loop, scan, index] = nodes(plan.root);
  expect([gather, loop, scan, index].map((node) => shareOf(node!, plan.root).toFixed(2))).toEqual([
    '0.10',
    '0.30',
    '0.60',
    '0.00',
  ]);
  expect(misjudged(gather!)).toBe(900);
  expect(scan!.notes).toEqual(['Filter: (x > 1)']);
  expect(index!.isNeverRun).toBe(true);
});

test.each(['select 1', '', 'Sort', '{}', '[1]', '{"Plan": 1}', 'Some words (with brackets)'])(
  '%j is no plan and stays code',
  (code) => {
    expect(drawPlan(code)).toBeUndefined();
    expect(html(`\`\`\`explain\n${code}\n\`\`\``)).toContain('<pre tabindex="0"><code');
  },
);
