create table platform.self_backup (
  id         uuid primary key default gen_random_uuid(),
  at         timestamptz not null default now(),
  file       text,
  size_bytes bigint,
  row_count  bigint,
  seconds    double precision not null,
  error      text check (length(error) <= 2000),
  check ((file is null) = (error is not null))
);
create index self_backup_by_time on platform.self_backup (at desc);
comment on table platform.self_backup is 'Backups of Elepherd itself, and tries that failed; a backup cannot hold its own row.';
