import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitiseCapsule } from './sanitise.rules.ts';

const clean = (part: Partial<Parameters<typeof sanitiseCapsule>[0]>) =>
  sanitiseCapsule({ schema: '', settings: '', plan: '', ...part });

test('a schema keeps its types and structure, and none of its names and values', () => {
  const { schema } = clean({
    schema: `-- the patients of Dr. Li
      create table patients (id bigint primary key, name varchar(80) not null default 'Wang',
        weight numeric(5,2) check (weight > 3), "Blood Type" text /* A /* B */ 0 */);
      create index on patients using gin (name gin_trgm_ops) where weight > 99;
      comment on table patients is 'secret';`,
  });
  expect(schema).toBe(
    [
      'create table n1 (n2 bigint primary key, name varchar(80) not null default ?,',
      '        n3 numeric(5,2) check (n3 > ?), n4 text );',
      '      create index on n1 using gin (name gin_trgm_ops) where n3 > ?;',
      '      comment on table n1 is ?;',
    ].join('\n'),
  );
});

test('a plan keeps its shape and figures, and the same names as the schema', () => {
  const { plan } = clean({
    schema: 'create table patients (weight int);',
    plan: `Sort  (cost=1.05..1.06 rows=3 width=36) (actual time=0.021..0.022 rows=3 loops=1)
  Sort Key: patients.weight
  Sort Method: quicksort  Memory: 25kB
  Buffers: shared hit=12 read=3
  ->  Seq Scan on patients  (cost=0.00..1.04 rows=3 width=36) (actual time=0.009..0.010 rows=3 loops=1)
        Filter: ((name)::text = 'Wang'::text AND weight > 4711)
        Rows Removed by Filter: 1
Planning Time: 0.061 ms`,
  });
  expect(plan).toBe(`Sort  (cost=1.05..1.06 rows=3 width=36)  (actual time=0.021..0.022 rows=3 loops=1)
  Sort Key: n1.n2
  Sort Method: quicksort  Memory: 25kB
  Buffers: shared hit=12 read=3
  -> Seq Scan on n1  (cost=0.00..1.04 rows=3 width=36)  (actual time=0.009..0.010 rows=3 loops=1)
        Filter: ((name)::text = ?::text AND n2 > ?)
        Rows Removed by Filter: 1
Planning Time: 0.061 ms`);
});

test('a plan as JSON keeps the same', () => {
  const json = [
    {
      Plan: {
        'Node Type': 'Seq Scan',
        'Relation Name': 'patients',
        'Plan Rows': 3,
        Filter: "(weight > 4711) AND (name = 'Wang')",
      },
      Settings: { work_mem: '4MB' },
    },
  ];
  const { plan } = clean({ plan: JSON.stringify(json) });
  expect(JSON.parse(plan)).toMatchObject([
    {
      Plan: {
        'Node Type': 'Seq Scan',
        'Relation Name': 'n1',
        'Plan Rows': 3,
        Filter: '(n2 > ?) AND (name = ?)',
      },
    },
  ]);
});

test('settings keep figures, units and their own words; texts and names of others go', () => {
  const { settings } = clean({
    settings: `shared_buffers = 4GB  # of 16
wal_level = 'logical'
primary_conninfo = 'host=10.1.2.3 password=secret'
search_path = 'patients, public'
acme.tenant = 17
 work_mem | 4096 | kB
archive_command = 'cp %p /mnt/patients/%f'`,
  });
  expect(settings).toBe(`shared_buffers = 4GB
wal_level = logical
primary_conninfo = ?
search_path = ?
work_mem = 4096 kB
archive_command = ?`);
});

test('rows of a dump go', () => {
  const { schema } = clean({
    schema:
      'COPY public.patients (id, name) FROM stdin;\n1\tWang Wei\n2\tLi Na\n\\.\n\ncreate table b (c int);',
  });
  expect(schema).not.toMatch(/wang|li|na\b/i);
  expect(schema).toContain('create table');
});

/** Words that no list has: each names itself, so that one that survives is found. */
const canary = fc
  .tuple(
    fc.constantFrom('zq', 'Zq', '张', 'ÆØ', 'ZQX_', '13800'),
    fc.integer({ min: 100_000, max: 999_999_999 }),
  )
  .map(([head, tail]) => `${head}${tail}`);

/** Every place in which somebody's data may stand. */
const places: ((canary: string) => Partial<{ schema: string; settings: string; plan: string }>)[] = [
  (c) => ({ schema: `create table ${c} (a int)` }),
  (c) => ({ schema: `create table "${c}" ("${c} x" int)` }),
  (c) => ({ schema: `create table ${c}.${c} (a ${c})` }),
  (c) => ({ schema: `select '${c}', E'\\'${c}', U&'${c}', $$${c}$$, $x$ ' ${c} $x$, B'${c}'` }),
  (c) => ({ schema: `select 'never ends ${c}` }),
  (c) => ({ schema: `select $q$never ends ${c}` }),
  (c) => ({ schema: `select "never ends ${c}` }),
  (c) => ({ schema: `-- ${c}\n/* ${c} /* ${c} */ ${c} */ select 1 /* ${c}` }),
  (c) => ({ schema: `select * from a where b = ${c} and c in (1${c}, -${c}, ${c}.5, 1e${c})` }),
  (c) => ({ schema: `create table a (b varchar(${c}), c numeric(${c}, 2))` }),
  (c) => ({ schema: `copy a from stdin;\n${c}\t${c}\n\\.\n` }),
  (c) => ({ schema: `copy a from stdin;\n${c}\tnever ends` }),
  (c) => ({ schema: `\\connect ${c}\nfunction ${c}(${c} int) returns ${c}` }),
  (c) => ({ settings: `${c} = on\n${c}.${c} = ${c}\nsearch_path = ${c}\napplication_name = '${c}' # ${c}` }),
  (c) => ({ settings: ` shared_buffers | ${c} | ${c} | ${c}\n# ${c}\nport=${c}x` }),
  (c) => ({ plan: `Seq Scan on ${c} ${c}  (cost=0.00..1.04 rows=3 width=36)\n  Filter: (x = '${c}'::${c})` }),
  (c) => ({
    plan: `Index Scan using ${c} on public.${c}\n  Index Cond: (${c} = ${c})\n  Output: ${c}, '${c}'`,
  }),
  (c) => ({
    plan: `  Buffers: ${c}\n  Sort Method: ${c}\n  Worker 0: ${c}\n  ${c}: 12\n  Trigger ${c}: time=1 calls=2`,
  }),
  (c) => ({ plan: `Query Text: select '${c}' from ${c} -- ${c}` }),
  (c) => ({
    plan: JSON.stringify([
      { Plan: { 'Node Type': c, Filter: `(a = '${c}')`, [c]: c, Output: [c, `'${c}'`] } },
    ]),
  }),
  (c) => ({ plan: JSON.stringify({ 'Query Text': `select '${c}'`, Settings: { search_path: c }, [c]: 5 }) }),
  (c) => ({ plan: `{ not json ${c}` }),
];

test('whatever is pasted wherever, no canary survives', () => {
  fc.assert(
    fc.property(canary, fc.subarray(places, { minLength: 1 }), fc.nat(30), (word, chosen, cut) => {
      const given = { schema: '', settings: '', plan: '' };
      for (const place of chosen)
        for (const [field, text] of Object.entries(place(word)))
          given[field as keyof typeof given] += `${text}\n`;
      // Cut off anywhere, too: what is pasted is not always whole.
      given.schema = given.schema.slice(0, given.schema.length - cut);
      const kept = JSON.stringify(sanitiseCapsule(given));
      expect(kept.toLowerCase()).not.toContain(word.toLowerCase().slice(0, 7));
      expect(kept).not.toContain(word.replace(/\D/g, '').slice(0, 6));
    }),
    { numRuns: 500 },
  );
});

test('of any text only known words, made-up names, signs and figures that measure remain', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const { schema } = clean({ schema: text });
      // Nothing beyond ASCII is on any list.
      expect(schema).toMatch(/^[\n\x20-\x7e]*$/);
      for (const number of schema.match(/(?<![\w$])\d+/g) ?? []) expect(number.length).toBeLessThanOrEqual(5);
    }),
    { numRuns: 500 },
  );
});
