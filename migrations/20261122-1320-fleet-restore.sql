create table fleet.restore (
  id                uuid primary key default gen_random_uuid(),
  org_id            uuid not null references identity.organisation,
  cluster_id        uuid not null references fleet.cluster,
  plan_id           uuid not null references fleet.backup_plan,
  kind              text not null check (kind in ('in-place', 'new-cluster', 'scratch')),
  state             text not null default 'running'
                    check (state in ('running', 'done', 'failed', 'cancelled', 'removed')),
  target_at         timestamptz,
  newest            boolean not null default false,
  label             text not null,
  repository_id     uuid not null references fleet.repository,
  timeline          integer,
  needs_bytes       bigint not null,
  host_id           uuid not null references fleet.host,
  directory         text not null,
  port              integer,
  lifetime_seconds  integer,
  target_cluster_id uuid references fleet.cluster,
  aside             text,
  keep_until        timestamptz,
  restore_seconds   double precision,
  replay_seconds    double precision,
  bytes             bigint,
  reached_at        timestamptz,
  reached_timeline  integer,
  started_by        text not null,
  created_at        timestamptz not null default now(),
  ended_at          timestamptz
);
create index restore_by_cluster on fleet.restore (cluster_id, created_at desc);
comment on table fleet.restore is 'A cluster''s data brought back from its backups: in place, as a new cluster, or as a server of its own to look at.';
comment on column fleet.restore.target_at is 'The moment wished, in UTC; null means the end of the backup, or the newest there is.';
comment on column fleet.restore.timeline is 'Set when only an abandoned timeline knows the moment.';
comment on column fleet.restore.aside is 'Where the data of before is kept on the hosts of the cluster; null when nothing is kept.';
comment on column fleet.restore.keep_until is 'When what is kept goes by itself: the data of before, or the scratch server.';
comment on column fleet.restore.reached_at is 'The newest commit that the restored data holds, as PostgreSQL said.';

create table fleet.recovery_mark (
  cluster_id uuid not null references fleet.cluster on delete cascade,
  at         timestamptz not null,
  began_at   timestamptz not null,
  wal        text not null,
  xid        text not null,
  primary key (cluster_id, at)
);
comment on table fleet.recovery_mark is 'Commits that are known to have happened: by them a restore is judged, and the end of the window is known. Each is a message in the WAL; no table of the database is touched.';
comment on column fleet.recovery_mark.began_at is 'Clock of the primary just before the commit: a restore to this moment does not hold it, and finds it to stop at.';
comment on column fleet.recovery_mark.at is 'Clock of the primary just after the commit: a restore to this moment holds it.';

create table fleet.drill_plan (
  cluster_id     uuid primary key references fleet.cluster on delete cascade,
  org_id         uuid not null references identity.organisation,
  interval_hours integer not null check (interval_hours between 1 and 8784),
  host_id        uuid references fleet.host,
  next_at        timestamptz not null,
  created_at     timestamptz not null default now()
);
comment on table fleet.drill_plan is 'How often a cluster''s backups are proved by restoring them.';
comment on column fleet.drill_plan.host_id is 'Where; a member''s host with room when null.';

create table fleet.drill (
  id              uuid primary key default gen_random_uuid(),
  org_id          uuid not null references identity.organisation,
  cluster_id      uuid not null references fleet.cluster,
  plan_id         uuid not null references fleet.backup_plan,
  planned         boolean not null,
  state           text not null default 'running'
                  check (state in ('running', 'passed', 'backup-bad', 'infrastructure-failed', 'cancelled')),
  target_at       timestamptz,
  label           text not null,
  repository_id   uuid not null references fleet.repository,
  timeline        integer,
  needs_bytes     bigint not null,
  host_id         uuid not null references fleet.host,
  directory       text not null,
  port            integer not null,
  results         jsonb not null default '{}',
  recovery_seconds double precision,
  loss_seconds    double precision,
  reason          jsonb,
  evidence        jsonb,
  signature       text,
  started_by      text not null,
  created_at      timestamptz not null default now(),
  ended_at        timestamptz
);
create index drill_by_cluster on fleet.drill (cluster_id, created_at desc);
comment on table fleet.drill is 'A restore made only to prove that it can be: started, every page checked, rows counted, known commits looked for; then removed.';
comment on column fleet.drill.state is 'backup-bad is a judgement on the backup; infrastructure-failed says that none could be made.';
comment on column fleet.drill.recovery_seconds is 'From the first byte out of the repository to a server that answers.';
comment on column fleet.drill.loss_seconds is 'What would have been lost had the cluster died when the drill began: age of the newest commit that was safe in the repository.';
comment on column fleet.drill.evidence is 'DrillEvidence of the contract, exactly as signed.';
comment on column fleet.drill.signature is 'Ed25519 over the canonical evidence, in base64, by the key of drill_key.';

create table fleet.drill_key (
  id          uuid primary key default gen_random_uuid(),
  public_key  text not null,
  fingerprint text not null unique,
  secret      bytea not null,
  created_at  timestamptz not null default now()
);
comment on table fleet.drill_key is 'Elepherd''s own key for evidence of drills; the newest signs.';
comment on column fleet.drill_key.secret is 'The private key, sealed.';
