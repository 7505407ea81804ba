create table community.play (
  post_id bigint not null references community.post on delete cascade,
  day     date not null,
  count   integer not null default 0,
  primary key (post_id, day)
);
comment on table community.play is 'How often a recording was played or fetched on a day, each listener at most once an hour.';
