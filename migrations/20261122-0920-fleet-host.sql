create schema fleet;
comment on schema fleet is 'Hosts, the PostgreSQL clusters on them, and sandboxes.';

create table fleet.host (
  id             uuid primary key default gen_random_uuid(),
  org_id         uuid not null references identity.organisation,
  name           text not null check (name ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  phase          text not null default 'active' check (phase in ('active', 'draining', 'removed')),
  address        text not null check (length(address) between 1 and 253),
  failure_domain text check (length(failure_domain) between 1 and 60),
  facts          jsonb not null default '{}',
  facts_at       timestamptz,
  servers        jsonb not null default '[]',
  agent_version  text,
  boot_id        text,
  connected      boolean not null default false,
  last_seen_at   timestamptz,
  created_at     timestamptz not null default now()
);
create unique index host_name on fleet.host (org_id, name) where phase <> 'removed';
-- Seen times are written every second; free room in each page lets PostgreSQL do it in place.
alter table fleet.host set (fillfactor = 50);
comment on table fleet.host is 'A machine with an agent. What the agent last said of it is in facts and servers.';
comment on column fleet.host.address is 'How other hosts and clients reach it: an IP address or a name.';
comment on column fleet.host.servers is 'What runs here as the agent last saw it: an array of ServerSeen.';
comment on column fleet.host.failure_domain is 'What fails together with it: a rack, a room, a power feed; null means nothing is known.';

create table fleet.enrolment (
  id          uuid primary key default gen_random_uuid(),
  org_id      uuid not null references identity.organisation,
  token_hash  bytea not null unique,
  host_name   text,
  created_by  text not null,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  used_at     timestamptz,
  host_id     uuid references fleet.host
);
create index enrolment_by_org on fleet.enrolment (org_id, created_at desc);
comment on column fleet.enrolment.host_id is 'The host it became; set from the start when a known host is to be let in again.';
comment on table fleet.enrolment is 'One-time tokens that turn a machine into a host; only their hash is kept.';

create table fleet.certificate (
  serial      text primary key,
  host_id     uuid not null references fleet.host,
  fingerprint text not null unique,
  not_before  timestamptz not null,
  not_after   timestamptz not null,
  revoked_at  timestamptz,
  issued_at   timestamptz not null default now()
);
create index certificate_by_host on fleet.certificate (host_id);
comment on table fleet.certificate is 'Client certificates given to agents by Elepherd''s own CA. One that is not here, or revoked, opens nothing.';

create table fleet.task (
  id           uuid primary key default gen_random_uuid(),
  host_id      uuid not null references fleet.host,
  operation_id uuid references platform.operation on delete set null,
  key          text not null check (length(key) between 1 and 200),
  kind         text not null,
  input        jsonb not null default '{}',
  secrets      bytea,
  state        text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  output       jsonb,
  error        jsonb,
  while_cancelling boolean not null default false,
  created_at   timestamptz not null default now(),
  taken_at     timestamptz,
  reported_at  timestamptz,
  ended_at     timestamptz,
  unique (host_id, key)
);
create index task_waiting on fleet.task (host_id, created_at) where state in ('queued', 'running');
create index task_by_operation on fleet.task (operation_id);
comment on column fleet.task.while_cancelling is 'Wished by an operation on its way out, so that the wish to cancel does not stop it.';
comment on column fleet.task.input is 'What it is about, without anything secret; all of the input is sealed in secrets.';
comment on table fleet.task is 'Work for an agent. The key makes a task that is asked for twice one task; secrets are sealed and forgotten when it ends.';

create table fleet.agents_port (
  only_row   boolean primary key default true check (only_row),
  urls       text[] not null check (cardinality(urls) between 1 and 40),
  key_pin    text not null,
  updated_at timestamptz not null default now()
);
comment on table fleet.agents_port is 'How hosts reach the agents'' port, as the server that started last knows it, and the hash of its public key that pasted commands pin.';

create table fleet.agent_release (
  version    text primary key check (version ~ '^[0-9a-f]{64}$'),
  signature  text not null,
  bundle     bytea not null,
  wished_at  timestamptz not null default now()
);
comment on table fleet.agent_release is 'Agents a server brought. The one wished last is what every agent should run.';
