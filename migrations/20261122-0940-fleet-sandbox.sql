create table fleet.sandbox_quota (
  org_id     uuid primary key references identity.organisation,
  sandboxes  integer not null default 20 check (sandboxes >= 0),
  memory_mb  integer not null default 8192 check (memory_mb >= 0),
  disk_mb    integer not null default 40960 check (disk_mb >= 0),
  minutes    integer not null default 1440 check (minutes > 0)
);
comment on table fleet.sandbox_quota is 'What an organisation may hold in sandboxes at once. Its row is the lock under which sandboxes are taken.';
comment on column fleet.sandbox_quota.minutes is 'The longest life of one sandbox, extensions counted in.';

create table fleet.sandbox_template (
  id         uuid primary key default gen_random_uuid(),
  org_id     uuid not null references identity.organisation,
  name       text not null check (name ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$' and name <> 'empty'),
  digest     text not null check (digest ~ '^[0-9a-f]{16}$'),
  init_sql   text not null check (length(init_sql) <= 900000),
  extensions text[] not null default '{}',
  created_at timestamptz not null default now(),
  unique (org_id, name)
);
comment on table fleet.sandbox_template is 'What a sandbox begins as. Hosts keep a made copy of each version by name and digest.';
comment on column fleet.sandbox_template.digest is 'Of script and extensions: another script is another template on the hosts.';

create table fleet.sandbox (
  id              uuid primary key default gen_random_uuid(),
  org_id          uuid not null references identity.organisation,
  host_id         uuid not null references fleet.host,
  state           text not null default 'making' check (state in ('making', 'ready', 'failed', 'expired', 'destroyed')),
  pg_version      smallint not null check (pg_version between 13 and 30),
  template        text not null,
  template_digest text not null,
  template_order  jsonb not null default '{}',
  memory_backed   boolean not null,
  limits          jsonb not null,
  memory_mb       integer not null,
  disk_mb         integer not null,
  purpose         text check (length(purpose) <= 200),
  made_by         uuid,
  made_by_name    text not null,
  secrets         bytea,
  authority       text,
  address         text,
  port            integer check (port between 1 and 65535),
  storage         text,
  limits_enforced jsonb,
  ready_ms        double precision,
  reason          jsonb,
  created_at      timestamptz not null default now(),
  ready_at        timestamptz,
  expires_at      timestamptz not null,
  ended_at        timestamptz
);
create index sandbox_live_by_org on fleet.sandbox (org_id) where state in ('making', 'ready');
create index sandbox_live_by_host on fleet.sandbox (host_id) where state in ('making', 'ready');
create index sandbox_live_by_end on fleet.sandbox (expires_at) where state in ('making', 'ready');
create index sandbox_by_org on fleet.sandbox (org_id, created_at desc, id desc);
comment on table fleet.sandbox is 'A disposable PostgreSQL on a host. Its agent ends it on time whether or not this row is looked at.';
comment on column fleet.sandbox.template_order is 'Script and extensions as they were wished, so that a template changed meanwhile does not change a sandbox.';
comment on column fleet.sandbox.memory_mb is 'Of limits, with the disk of a memory-backed one counted in: what quota and host capacity add up.';
comment on column fleet.sandbox.disk_mb is 'Of limits; 0 for a memory-backed one.';
comment on column fleet.sandbox.secrets is 'Password and private key, sealed; forgotten at its end.';
comment on column fleet.sandbox.address is 'Where clients reach it; null when only its host does.';
comment on column fleet.sandbox.made_by is 'The account or key that made it, and alone is told the password.';
