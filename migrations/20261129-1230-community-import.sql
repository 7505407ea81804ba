alter table community.member add column imported_from text unique check (length(imported_from) <= 500);
comment on column community.member.imported_from is 'Of a writer that an import brought and who has no account yet: where it was found.';
alter table community.post add column imported_hash bytea;
comment on column community.post.imported_hash is 'Of what the import wrote: the same again changes nothing, also where somebody has edited the post since.';

create table community.import_run (
  id         uuid primary key default gen_random_uuid(),
  source     text not null check (source in ('markdown', 'discourse', 'nodebb')),
  site       text not null check (length(site) between 1 and 100),
  is_dry     boolean not null,
  started_by uuid not null references community.member,
  begun_at   timestamptz not null default now()
);
create index import_run_by_time on community.import_run (begun_at desc, id desc);
comment on table community.import_run is 'One import of writings from elsewhere. A dry one looked at everything and kept nothing.';
comment on column community.import_run.site is 'A name for where it comes from: with it, a second run finds what the first one brought.';

create table community.import_item (
  run_id   uuid not null references community.import_run on delete cascade,
  key      text not null check (length(key) between 1 and 400),
  title    text not null default '' check (length(title) <= 200),
  outcome  text not null check (outcome in ('created', 'updated', 'unchanged', 'refused')),
  reason   jsonb,
  warnings jsonb not null default '[]',
  post_id  bigint references community.post,
  primary key (run_id, key)
);
comment on table community.import_item is 'What became of each file or topic of an import.';
