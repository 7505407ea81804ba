create schema platform;
comment on schema platform is 'The floor: operations, jobs, facts between rooms, audit, mail, files. Knows no room.';

create table platform.operation (
  id              uuid primary key default gen_random_uuid(),
  org_id          uuid,
  kind            text not null check (kind ~ '^[a-z]+\.[a-z0-9-]+$'),
  subject_id      uuid,
  state           text not null default 'running'
                  check (state in ('running', 'cancelling', 'succeeded', 'failed', 'cancelled')),
  step            text not null,
  attempt         integer not null default 0,
  input           jsonb not null default '{}',
  data            jsonb not null default '{}',
  reason          jsonb,
  started_by      text,
  created_at      timestamptz not null default now(),
  step_started_at timestamptz not null default now(),
  ended_at        timestamptz,
  deadline_at     timestamptz,
  overdue         boolean not null default false
);
create index operation_by_subject on platform.operation (subject_id, created_at desc);
create index operation_by_org on platform.operation (org_id, created_at desc, id desc);
create index operation_live on platform.operation (state) where state in ('running', 'cancelling');
comment on table platform.operation is 'Long work: which step it is at and how it stands. A row with state running always has a job in graphile_worker.';
comment on column platform.operation.data is 'What steps remember for later steps; never a secret in the clear.';
comment on column platform.operation.attempt is 'Consecutive runs of the present step that ended in an unexpected error.';

create table platform.operation_step (
  operation_id uuid not null references platform.operation on delete cascade,
  position     integer generated always as identity,
  name         text not null,
  state        text not null check (state in ('running', 'waiting', 'done', 'failed')),
  started_at   timestamptz not null default now(),
  ended_at     timestamptz,
  primary key (operation_id, position)
);
comment on table platform.operation_step is 'The way an operation took, in order; a step entered again has a row each time.';

create table platform.operation_log (
  id           bigint generated always as identity primary key,
  operation_id uuid not null references platform.operation on delete cascade,
  at           timestamptz not null default clock_timestamp(),
  step         text not null,
  level        text not null default 'info' check (level in ('info', 'warning', 'error')),
  text         jsonb not null
);
create index operation_log_by_operation on platform.operation_log (operation_id, id);
comment on table platform.operation_log is 'What an operation says while it works, each line in every language.';

create table platform.event (
  id         bigint generated always as identity primary key,
  fact       text not null check (fact ~ '^[a-z]+\.[a-z0-9-]+$'),
  subject_id uuid,
  payload    jsonb not null default '{}',
  at         timestamptz not null default now()
);
comment on table platform.event is 'Facts that one room tells the others, written in the transaction that made them true.';

create table platform.audit (
  id            bigint generated always as identity primary key,
  at            timestamptz not null default clock_timestamp(),
  org_id        uuid,
  actor_kind    text not null check (actor_kind in ('anonymous', 'user', 'key', 'agent', 'system')),
  actor_id      text,
  actor_name    text not null,
  ip            inet,
  request_id    text,
  action        text not null check (action ~ '^[a-z]+\.[a-z-]+\.[a-z-]+$'),
  subject_id    text,
  details       jsonb not null default '{}',
  previous_hash bytea not null,
  hash          bytea not null
);
create index audit_by_org on platform.audit (org_id, id desc);
create index audit_by_subject on platform.audit (subject_id, id desc);
comment on table platform.audit is 'Who did what. Append-only: each row carries the hash of the row before it, so a change or a gap shows.';

create function platform.audit_content(row_ platform.audit) returns text
language sql immutable as $$
  select jsonb_build_array(row_.id, extract(epoch from row_.at)::text, row_.org_id, row_.actor_kind, row_.actor_id,
    row_.actor_name, host(row_.ip), row_.request_id, row_.action, row_.subject_id, row_.details)::text
$$;
comment on function platform.audit_content is 'What the hash of an audit row covers, in one canonical form.';

create function platform.audit_chain() returns trigger
language plpgsql as $$
begin
  -- One writer at a time keeps the chain a line and not a tree; the number is taken inside the lock so that ids follow the chain.
  perform pg_advisory_xact_lock(hashtext('platform.audit'));
  new.id := nextval(pg_get_serial_sequence('platform.audit', 'id'));
  new.at := clock_timestamp();
  select coalesce((select hash from platform.audit order by id desc limit 1), '\x00'::bytea) into new.previous_hash;
  new.hash := sha256(new.previous_hash || convert_to(platform.audit_content(new), 'UTF8'));
  return new;
end $$;

create trigger audit_chain before insert on platform.audit
  for each row execute function platform.audit_chain();

create function platform.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'rows of %.% are never changed or removed', tg_table_schema, tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger audit_append_only before update or delete or truncate on platform.audit
  for each statement execute function platform.refuse_change();

create table platform.worker (
  id           uuid primary key,
  name         text not null,
  graphile_ids text[] not null default '{}',
  started_at   timestamptz not null default now(),
  seen_at      timestamptz not null default now()
);
comment on table platform.worker is 'Worker processes that live; one that has not been seen for 9 seconds is dead and its jobs are freed.';

create table platform.signing_key (
  name       text primary key,
  sealed     bytea not null,
  created_at timestamptz not null default now()
);
comment on table platform.signing_key is 'Keys Elepherd made for itself, sealed with the key file of its home.';
