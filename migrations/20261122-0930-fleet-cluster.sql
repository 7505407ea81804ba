create table fleet.cluster (
  id                 uuid primary key default gen_random_uuid(),
  org_id             uuid not null references identity.organisation,
  name               text not null check (name ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  scope              text not null unique check (scope ~ '^[a-z][a-z0-9-]{1,50}$'),
  pg_version         smallint not null check (pg_version between 13 and 30),
  phase              text not null default 'building'
                     check (phase in ('building', 'ready', 'failed', 'deleting', 'deleted')),
  protection         text not null check (protection in ('async', 'sync', 'strict')),
  recovery           text not null check (recovery in ('fast', 'normal', 'wide')),
  slot               smallint not null check (slot between 0 and 99),
  networks           cidr[] not null default '{}',
  derived_settings   jsonb not null default '[]',
  settings           jsonb not null default '{}',
  deletion_protected boolean not null default true,
  delete_after       timestamptz,
  authority          text not null,
  secrets            bytea not null,
  contents           jsonb,
  contents_at        timestamptz,
  created_at         timestamptz not null default now()
);
create unique index cluster_name on fleet.cluster (org_id, name) where phase <> 'deleted';
comment on table fleet.cluster is 'A PostgreSQL cluster as it was wished. Who is primary is Patroni''s to say; what was last seen is in fleet.host.servers.';
comment on column fleet.cluster.scope is 'Its name for Patroni and in paths and units: unique for each generation, so that a new cluster of an old name never meets the old one''s state.';
comment on column fleet.cluster.slot is 'Offset of its ports on every host it is on.';
comment on column fleet.cluster.derived_settings is 'What Elepherd chose for the size of the hosts: an array of DerivedSetting.';
comment on column fleet.cluster.settings is 'What people chose over that.';
comment on column fleet.cluster.authority is 'Certificate of the authority that signs for its servers.';
comment on column fleet.cluster.secrets is 'Passwords and keys, sealed.';
comment on column fleet.cluster.contents is 'Databases, roles and extensions as last read from the primary.';

create table fleet.member (
  id         uuid primary key default gen_random_uuid(),
  cluster_id uuid not null references fleet.cluster on delete cascade,
  host_id    uuid not null references fleet.host,
  name       text not null check (name ~ '^[a-z][a-z0-9-]{1,60}$'),
  kind       text not null check (kind in ('server', 'witness')),
  phase      text not null default 'planned' check (phase in ('planned', 'ready', 'removing', 'gone')),
  has_etcd   boolean not null,
  secrets    bytea not null,
  created_at timestamptz not null default now(),
  unique (cluster_id, name)
);
create unique index member_host on fleet.member (cluster_id, host_id) where phase <> 'gone';
create index member_by_host on fleet.member (host_id) where phase <> 'gone';
comment on column fleet.member.secrets is 'Its certificate and key, sealed: made once, so that writing its files again changes nothing.';
comment on table fleet.member is 'A part of a cluster on one host: a PostgreSQL server, or a witness that only votes.';

create table fleet.port_slot (
  host_id    uuid not null references fleet.host,
  slot       smallint not null,
  cluster_id uuid not null references fleet.cluster on delete cascade,
  primary key (host_id, slot)
);
comment on table fleet.port_slot is 'Which cluster holds which offset of ports on a host; two clusters cannot take the same.';
