import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { generateDatabaseTypes, literalsOfCheck } from './db-types.ts';

const schema = `
create extension citext;
create schema zoo;
create domain zoo.port as int check (value between 1 and 65535);
create domain zoo.colour as text check (value in ('red', 'green'));
create type zoo.mood as enum ('ok', 'it''s');
create table zoo.a (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  serial bigserial,
  state text not null default 'running' check (state in ('running', 'can''t', 'x\\y')),
  maybe text check (maybe in ('a', 'b')),
  maybe_null varchar(10) check (maybe_null is null or maybe_null = any (array['a', 'b'])),
  one text not null check (one = 'only'),
  major smallint not null check (major in (13, 14, -1)),
  price numeric not null check (price in (1, 2)),
  roles text[] not null check (roles <@ array['owner', 'member']),
  pattern text not null check (pattern ~ '^[a-z]+$' and length(pattern) in (1, 2)),
  two text not null, check (two in ('a') or one = 'z'),
  body jsonb not null, extra jsonb, meta jsonb not null default '{}',
  at timestamptz not null default now(), ended_at timestamptz, deadline_at timestamptz not null,
  mail citext, raw bytea, ip inet, big int8 not null, ok boolean not null default false,
  doubled int generated always as (1) stored,
  mood zoo.mood not null, port zoo.port not null, colour zoo.colour, sizes int8[], "odd name" text
);
comment on table zoo.a is 'A table. */ Still the comment.';
comment on column zoo.a.state is 'Where it is';
create table zoo.part (id int) partition by range (id);
create table zoo.part_1 partition of zoo.part for values from (1) to (2);
create view zoo.view as select state, at, body from zoo.a;
create table public.not_a_room (id int);
`;

const expected = `
/** A table. * / Still the comment. */
export interface ZooATable {
  id: Generated<string>;
  seq: GeneratedAlways<number>;
  serial: Generated<number>;
  /** Where it is */
  state: Generated<'running' | 'can\\'t' | 'x\\\\y'>;
  maybe: 'a' | 'b' | null;
  maybe_null: 'a' | 'b' | null;
  one: 'only';
  major: 13 | 14 | -1;
  price: string;
  roles: ('owner' | 'member')[];
  pattern: string;
  two: string;
  body: Json;
  extra: Json | null;
  meta: GeneratedJson;
  at: GeneratedTimestamp;
  ended_at: Timestamp | null;
  deadline_at: Timestamp;
  mail: string | null;
  raw: Buffer | null;
  ip: string | null;
  big: number;
  ok: Generated<boolean>;
  doubled: GeneratedAlways<number | null>;
  mood: 'ok' | 'it\\'s';
  port: number;
  colour: 'red' | 'green' | null;
  sizes: number[] | null;
  'odd name': string | null;
}

export interface ZooPartTable {
  id: number | null;
}

export interface ZooViewTable {
  state: GeneratedAlways<string | null>;
  at: GeneratedAlways<Date | null>;
  body: GeneratedAlways<JsonValue | null>;
}
`;

const { url, pool } = await testDatabase();

test('the types in the repository are what the migrations make', async () => {
  // Repair: node scripts/run.mjs scripts/db-types.ts
  const written = await readFile(new URL('../src/platform/server/db-types.gen.ts', import.meta.url), 'utf8');
  expect(written).toBe(await generateDatabaseTypes(url));
});

test('writes every kind of column as what the driver gives and takes', async () => {
  await pool.query(schema);
  const types = await generateDatabaseTypes(url);
  // The schema sorts after all others.
  const [tables, entries] = types.slice(types.indexOf('\n/** A table.')).split('\nexport interface DB {\n');
  expect(tables).toBe(expected);
  expect(entries).toContain(
    "  'zoo.a': ZooATable;\n  'zoo.part': ZooPartTable;\n  'zoo.view': ZooViewTable;\n}\n",
  );
  expect(entries).not.toContain('not_a_room');
});

test.each([
  [`CHECK ((x = ANY (ARRAY['a'::text, 'b'::text])))`, [`'a'`, `'b'`]],
  [
    `CHECK (((x)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))`,
    [`'a'`, `'b'`],
  ],
  [`CHECK (((x IS NULL) OR (x = 'a'::text)))`, [`'a'`]],
  [`CHECK ((x = ANY (ARRAY['a::text'::text]))) NOT VALID`, [`'a::text'`]],
  [`CHECK ((x = ANY (ARRAY[13, '-1'::integer])))`, ['13', `'-1'`]],
  [`CHECK ((x <> ALL (ARRAY['a'::text])))`, undefined],
  [`CHECK ((lower(x) = 'a'::text))`, undefined],
  [`CHECK (((x = 'a'::text) OR (x ~ 'b'::text)))`, undefined],
  [`CHECK ((y = 'a'::text))`, undefined],
  [`CHECK ((length(x) < 40))`, undefined],
])('reads %s', (definition, literals) => {
  expect(literalsOfCheck(definition, 'x')).toEqual(literals);
});
