create table fleet.repository (
  id              uuid primary key default gen_random_uuid(),
  org_id          uuid not null references identity.organisation,
  name            text not null check (name ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  kind            text not null check (kind in ('path', 's3', 'sftp')),
  place           jsonb not null,
  secrets         bytea not null,
  key_fingerprint text not null,
  key_shown_at    timestamptz,
  created_at      timestamptz not null default now(),
  unique (org_id, name)
);
comment on table fleet.repository is 'Where backups and archived WAL are kept. What is in it is pgBackRest''s to say.';
comment on column fleet.repository.place is 'RepositoryPlace of the contract: where it is, without any secret.';
comment on column fleet.repository.secrets is 'Access keys and the passphrase that encrypts it, sealed.';
comment on column fleet.repository.key_fingerprint is 'Of the passphrase: says which one it is and nothing about it.';
comment on column fleet.repository.key_shown_at is 'When the passphrase was last shown to a person, who keeps it for the day Elepherd is gone.';

create table fleet.backup_policy (
  id                      uuid primary key default gen_random_uuid(),
  org_id                  uuid not null references identity.organisation,
  name                    text not null check (name ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  schedule                jsonb not null,
  retention               jsonb not null,
  process_max             smallint not null check (process_max between 1 and 32),
  compression             text not null check (compression in ('lz4', 'zst', 'gz', 'none')),
  gentle                  boolean not null,
  archive_timeout_seconds integer not null check (archive_timeout_seconds between 5 and 86400),
  created_at              timestamptz not null default now(),
  unique (org_id, name)
);
comment on table fleet.backup_policy is 'When backups are taken and how long they are kept.';
comment on column fleet.backup_policy.schedule is 'BackupSchedule of the contract: cron lines of full, differential and incremental backups in a time zone.';
comment on column fleet.backup_policy.retention is 'BackupRetention of the contract: days of recovery to any second, then full backups a week and a month.';

create table fleet.backup_plan (
  id           uuid primary key default gen_random_uuid(),
  org_id       uuid not null references identity.organisation,
  cluster_id   uuid not null unique references fleet.cluster,
  policy_id    uuid not null references fleet.backup_policy,
  stanza       text not null unique check (stanza ~ '^[a-z][a-z0-9-]{1,50}$'),
  state        text not null default 'enabling' check (state in ('enabling', 'on', 'disabling', 'off')),
  archiving    boolean not null default false,
  considered_at timestamptz not null default now(),
  created_at   timestamptz not null default now()
);
comment on table fleet.backup_plan is 'How a cluster is protected by backups: which policy, which repositories. It stays when they are switched off or the cluster is deleted, because the backups stay.';
comment on column fleet.backup_plan.stanza is 'pgBackRest''s name of the cluster: its scope.';
comment on column fleet.backup_plan.archiving is 'The cluster''s archive_command is pgBackRest''s: the stanza is there to take WAL.';
comment on column fleet.backup_plan.considered_at is 'Up to when the schedule has been looked at.';

create table fleet.backup_plan_repository (
  plan_id       uuid not null references fleet.backup_plan,
  position      smallint not null check (position between 1 and 4),
  repository_id uuid not null references fleet.repository,
  seen_at       timestamptz,
  problem       jsonb,
  primary key (plan_id, position),
  unique (plan_id, repository_id)
);
create index backup_plan_repository_by_repository on fleet.backup_plan_repository (repository_id);
comment on table fleet.backup_plan_repository is 'Which repositories a plan writes to, and how pgBackRest last found each.';
comment on column fleet.backup_plan_repository.position is 'Its number in pgBackRest''s files: repo1, repo2.';
comment on column fleet.backup_plan_repository.problem is 'What pgBackRest complained of when it was last asked about it: a Text.';

create table fleet.backup (
  plan_id          uuid not null references fleet.backup_plan,
  repository_id    uuid not null references fleet.repository,
  label            text not null,
  type             text not null check (type in ('full', 'diff', 'incr')),
  prior            text,
  started_at       timestamptz not null,
  ended_at         timestamptz not null,
  lsn_start        pg_lsn,
  lsn_stop         pg_lsn,
  wal_start        text,
  wal_stop         text,
  database_bytes   bigint not null,
  backup_bytes     bigint not null,
  repository_bytes bigint not null,
  pg_version       text not null,
  database_id      integer not null,
  system_id        text not null,
  error            boolean not null,
  primary key (plan_id, repository_id, label)
);
comment on table fleet.backup is 'What pgbackrest info last said, one row a backup and repository. pgBackRest owns which backups exist.';

create table fleet.archive_range (
  plan_id       uuid not null references fleet.backup_plan,
  repository_id uuid not null references fleet.repository,
  archive_id    text not null,
  timeline      integer not null,
  wal_first     text not null,
  wal_last      text not null,
  first_at      timestamptz not null,
  last_at       timestamptz not null,
  files         integer not null,
  primary key (plan_id, repository_id, archive_id, wal_first)
);
comment on table fleet.archive_range is 'Archived WAL without a hole, as last listed; between two ranges of a timeline files are missing.';
