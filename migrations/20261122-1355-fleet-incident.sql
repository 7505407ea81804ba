create table fleet.guardian (
  host_id     uuid primary key references fleet.host,
  settings    jsonb not null default '{"mode": "act", "dropInactiveSlots": false}',
  servers     jsonb not null default '[]',
  reported_at timestamptz
);
comment on table fleet.guardian is 'The guardian of a host''s disks: what was wished of it, and how it last said the disks stand.';
comment on column fleet.guardian.servers is 'An array of GuardedServer.';

create table fleet.incident_event (
  id         uuid primary key default gen_random_uuid(),
  org_id     uuid not null references identity.organisation,
  host_id    uuid references fleet.host,
  cluster_id uuid references fleet.cluster on delete cascade,
  at         timestamptz not null,
  noted_at   timestamptz not null default now(),
  kind       text not null check (kind in ('guardian', 'promotion', 'kernel', 'agent')),
  severity   text not null check (severity in ('info', 'warning', 'critical')),
  key        text check (length(key) between 1 and 200),
  text       jsonb not null,
  detail     jsonb not null default '{}',
  unique (org_id, key)
);
create index incident_event_by_cluster on fleet.incident_event (cluster_id, at desc);
create index incident_event_by_host on fleet.incident_event (host_id, at desc);
comment on table fleet.incident_event is 'What happened to hosts and clusters that no other table tells: seen by agents, kept for a year.';
comment on column fleet.incident_event.key is 'The same happening seen from several hosts has the same key, and is here once.';

create table fleet.evidence (
  id           uuid primary key default gen_random_uuid(),
  org_id       uuid not null references identity.organisation,
  cluster_id   uuid not null references fleet.cluster on delete cascade,
  host_id      uuid not null references fleet.host,
  operation_id uuid references platform.operation on delete set null,
  taken_at     timestamptz not null default now(),
  items        jsonb not null,
  unique (operation_id, host_id)
);
create index evidence_by_cluster on fleet.evidence (cluster_id, taken_at desc);
comment on table fleet.evidence is 'What a host looked like before a repair changed it: ends of logs, control data, kernel messages. Passwords are taken out on the host.';
