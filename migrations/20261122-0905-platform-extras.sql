create table platform.vault (
  only_row   boolean primary key default true check (only_row),
  key_id     text not null,
  created_at timestamptz not null default now()
);
comment on table platform.vault is 'Which key file seals the secrets of this database, so that a wrong file is noticed before anything is read or written.';

comment on table platform.worker is 'Worker processes that live; one that has not been seen for 8 seconds is dead and its jobs are freed.';
comment on column platform.worker.graphile_ids is 'The names under which this process locks jobs in graphile_worker.';

create table platform.mail (
  id         uuid primary key default gen_random_uuid(),
  org_id     uuid,
  recipient  text not null check (length(recipient) between 3 and 320),
  subject    text not null check (length(subject) <= 500),
  text       text check (length(text) <= 200000),
  html       text check (length(html) <= 500000),
  state      text not null default 'queued' check (state in ('queued', 'kept', 'sent', 'dead')),
  attempts   integer not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  ended_at   timestamptz
);
create index mail_by_time on platform.mail (created_at desc, id desc);
create index mail_by_org on platform.mail (org_id, created_at desc, id desc);
comment on table platform.mail is 'Mails to people. kept = no mail server is set, read it on the outbox page; dead = given up.';
comment on column platform.mail.org_id is 'The organisation it is about; null for mails about a person, which only administrators of the whole installation may read.';
comment on column platform.mail.text is 'Null once sent: a mail may hold a one-time link, and whoever should read it has it.';

create table platform.file (
  id           uuid primary key default gen_random_uuid(),
  org_id       uuid not null,
  name         text not null check (length(name) between 1 and 200),
  content_type text not null,
  size_bytes   bigint not null,
  sha256       bytea not null,
  place        text not null unique,
  is_public    boolean not null default false,
  created_by   text,
  created_at   timestamptz not null default now()
);
create index file_by_org on platform.file (org_id, created_at desc, id desc);
comment on table platform.file is 'Uploads; the bytes lie in the file store under `place`, a random name that says nothing.';

create unlogged table platform.rate (
  key         text primary key check (length(key) <= 300),
  tokens      double precision not null,
  refilled_at timestamptz not null default clock_timestamp(),
  full_at     timestamptz not null
);
create index rate_by_full on platform.rate (full_at);
comment on table platform.rate is 'Token buckets of scarce things, shared by all server processes; a row that is full again may go. Unlogged: a crash forgives.';

create table platform.idempotency (
  actor        text not null,
  key_hash     bytea not null,
  request_hash bytea not null,
  state        text not null default 'running' check (state in ('running', 'done')),
  status       smallint,
  sealed       bytea,
  created_at   timestamptz not null default now(),
  primary key (actor, key_hash)
);
create index idempotency_by_time on platform.idempotency (created_at);
comment on table platform.idempotency is 'Answers to writes that carried an Idempotency-Key, kept for 24 hours. The key itself is not stored: it opens `sealed`.';

alter table platform.operation_step drop constraint operation_step_state_check;
alter table platform.operation_step add constraint operation_step_state_check
  check (state in ('running', 'waiting', 'done', 'failed', 'skipped'));
comment on column platform.operation_step.state is 'skipped = left half-way because somebody wished to cancel.';
