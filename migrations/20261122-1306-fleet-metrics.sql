create table fleet.query_text (
  org_id   uuid not null references identity.organisation,
  query_id text not null check (query_id ~ '^-?[0-9]{1,20}$'),
  text     text not null check (length(text) <= 4000),
  seen_at  timestamptz not null default now(),
  primary key (org_id, query_id)
);
comment on table fleet.query_text is 'Texts of statements that were among the expensive ones, once each; their figures are series of metrics. Literals are taken out on the host.';
comment on column fleet.query_text.query_id is 'PostgreSQL''s own hash of the normalised statement.';
comment on column fleet.query_text.seen_at is 'When an agent told of it last, to the day: what was not seen for longer than metrics are kept goes.';
