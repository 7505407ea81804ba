create table community.suggested_edit (
  id            bigint generated always as identity primary key,
  post_id       bigint not null references community.post on delete cascade,
  editor_id     uuid not null references community.member,
  base_revision integer not null,
  title         text check (length(title) between 1 and 200),
  markdown      text not null check (length(markdown) <= 400000),
  tags          text[] check (cardinality(tags) <= 20),
  note          text not null default '' check (length(note) <= 200),
  state         text not null default 'pending' check (state in ('pending', 'approved', 'declined', 'withdrawn')),
  at            timestamptz not null default now(),
  decided_at    timestamptz,
  check ((decided_at is null) = (state = 'pending'))
);
create index suggested_edit_pending on community.suggested_edit (at, id) where state = 'pending';
create unique index suggested_edit_once on community.suggested_edit (post_id, editor_id) where state = 'pending';
comment on table community.suggested_edit is 'What members would change in others'' posts: taken over when reviewers agree and the post still says what it said.';
comment on column community.suggested_edit.base_revision is 'The revision of the post that the editor saw.';
