import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { generateDatabaseTypes, literalsOfCheck } from './db-types.ts';

const schema = `
create extension citext;
create schema fleet;
create domain fleet.port as int check (value between 1 and 65535);
create domain fleet.colour as text check (value in ('red', 'green'));
create type fleet.mood as enum ('ok', 'it''s');
create table fleet.a (
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
  mood fleet.mood not null, port fleet.port not null, colour fleet.colour, sizes int8[], "odd name" text
);
comment on table fleet.a is 'A table. */ Still the comment.';
comment on column fleet.a.state is 'Where it is';
create table fleet.part (id int) partition by range (id);
create table fleet.part_1 partition of fleet.part for values from (1) to (2);
create view fleet.view as select state, at, body from fleet.a;
create table public.not_a_room (id int);
`;

const expected = `
/** A table. * / Still the comment. */
export interface FleetATable {
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

export interface FleetPartTable {
  id: number | null;
}

export interface FleetViewTable {
  state: GeneratedAlways<string | null>;
  at: GeneratedAlways<Date | null>;
  body: GeneratedAlways<JsonValue | null>;
}

export interface DB {
  'fleet.a': FleetATable;
  'fleet.part': FleetPartTable;
  'fleet.view': FleetViewTable;
}
`;

test('writes every kind of column as what the driver gives and takes', { timeout: 60_000 }, async () => {
  const home = await mkdtemp(join(tmpdir(), 'db-types-'));
  await chmod(home, 0o755);
  const postgres = await startEmbeddedPostgres({ home, log: () => {}, durable: false });
  try {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(schema);
    await client.end();
    const types = await generateDatabaseTypes(postgres.url);
    expect(types.slice(types.indexOf('\n/** A table.'))).toBe(expected);
    expect(await generateDatabaseTypes(postgres.url)).toBe(types);
  } finally {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
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
