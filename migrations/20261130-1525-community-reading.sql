create table community.reading (
  member_id uuid not null references community.member on delete cascade,
  post_id   bigint not null references community.post on delete cascade,
  read_at   timestamptz not null default now(),
  primary key (member_id, post_id)
);
create index reading_by_post on community.reading (post_id);
comment on table community.reading is 'Which parts of series a member has read. Theirs alone: nobody else sees it, and it counts for nothing.';
