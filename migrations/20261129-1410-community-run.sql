create table community.run_block (
  id           bigint generated always as identity primary key,
  post_id      bigint references community.post on delete cascade,
  faq_id       bigint references community.faq on delete cascade,
  position     smallint not null,
  hash         text not null check (hash ~ '^[0-9a-f]{16}$'),
  setup        text not null check (length(setup) <= 20000),
  code         text not null check (length(code) between 1 and 20000),
  majors       smallint[] not null default '{}' check (cardinality(majors) <= 4),
  is_proof     boolean not null default false,
  is_steady    boolean,
  held_against text not null default '',
  check (num_nonnulls(post_id, faq_id) = 1)
);
create unique index run_block_by_post on community.run_block (post_id, hash) where post_id is not null;
create unique index run_block_by_faq on community.run_block (faq_id, hash) where faq_id is not null;
comment on table community.run_block is 'Blocks of SQL of public writings that run on the server. Other words make it another block.';
comment on column community.run_block.majors is 'On which majors of PostgreSQL its author wants it run; none: in PostgreSQL as WebAssembly.';
comment on column community.run_block.is_steady is 'Whether it gave the same twice; null before it ran. Times and random numbers are no news.';
comment on column community.run_block.held_against is 'The versions that could be had when it last ran: others mean that it runs again.';

create table community.run_result (
  block_id    bigint not null references community.run_block on delete cascade,
  engine      text not null check (engine in ('pglite', 'sandbox')),
  major       smallint not null,
  version     text not null check (length(version) <= 40),
  ran_at      timestamptz not null default now(),
  outcome     jsonb not null,
  digest      text not null check (digest ~ '^[0-9a-f]{32}$'),
  shape       text not null check (shape ~ '^[0-9a-f]{32}$'),
  is_recorded boolean not null,
  primary key (block_id, engine, version)
);
comment on table community.run_result is 'What blocks gave, cut to what a page shows.';
comment on column community.run_result.digest is 'Of all that came out; of a refusal its SQLSTATE alone, because its words change between versions.';
comment on column community.run_result.shape is 'Of what stays the same where values do not: the names of columns.';
comment on column community.run_result.is_recorded is 'Whether it is what the author shows; the others are held against it.';

create table community.offered_postgres (
  engine  text not null check (engine in ('pglite', 'sandbox')),
  major   smallint not null,
  version text not null check (length(version) <= 40),
  since   timestamptz not null default now(),
  primary key (engine, major)
);
comment on table community.offered_postgres is 'On which versions of PostgreSQL blocks can run now, as last seen.';

alter table community.faq
  add column proved_on text check (length(proved_on) <= 40),
  add column broke_on text check (length(broke_on) <= 40);
comment on column community.faq.proved_on is 'The version on which a run of its proof held and verified it; null when a person did.';
comment on column community.faq.broke_on is 'The version on which its proof gave something else, or failed; null while it holds.';
