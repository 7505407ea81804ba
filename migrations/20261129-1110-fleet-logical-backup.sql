create table fleet.external_database (
  id            uuid primary key default gen_random_uuid(),
  org_id        uuid not null references identity.organisation,
  name          text not null check (name ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  host_id       uuid not null references fleet.host,
  server        jsonb not null,
  secrets       bytea not null,
  folder        text not null,
  databases     text[] not null default '{}',
  schedule      text not null,
  time_zone     text not null,
  keep          integer not null check (keep between 1 and 1000),
  considered_at timestamptz not null default now(),
  created_at    timestamptz not null default now(),
  unique (org_id, name)
);
create index external_database_by_host on fleet.external_database (host_id);
comment on table fleet.external_database is 'A PostgreSQL that Elepherd does not control: only an address and an account are known. Its backups are logical.';
comment on column fleet.external_database.host_id is 'The host whose agent dumps it and keeps the files.';
comment on column fleet.external_database.server is 'ExternalServer of the contract: where it is and as whom, without the password.';
comment on column fleet.external_database.secrets is 'The password, sealed.';
comment on column fleet.external_database.databases is 'Which of its databases; all when there are none.';
comment on column fleet.external_database.considered_at is 'Up to when the schedule has been looked at.';

create table fleet.logical_backup (
  id          uuid primary key default gen_random_uuid(),
  external_id uuid not null references fleet.external_database on delete cascade,
  label       text not null,
  state       text not null default 'running' check (state in ('running', 'done', 'failed', 'removed')),
  started_at  timestamptz not null default now(),
  ended_at    timestamptz,
  contents    jsonb,
  problem     jsonb,
  unique (external_id, label)
);
comment on table fleet.logical_backup is 'A dump of the databases, roles and tablespaces of an external database, in a folder of its own.';
comment on column fleet.logical_backup.contents is 'DumpContents of the contract: what the folder holds, with sizes and SHA-256.';
comment on column fleet.logical_backup.problem is 'Why it failed: a Text.';
