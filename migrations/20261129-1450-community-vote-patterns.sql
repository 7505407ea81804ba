create table community.vote_pattern (
  id         bigint generated always as identity primary key,
  kind       text not null check (kind in ('ring', 'one-sided', 'same-place')),
  giver_id   uuid not null references community.member on delete cascade,
  taker_id   uuid not null references community.member on delete cascade,
  given      integer not null check (given > 0),
  given_all  integer not null check (given_all >= given),
  returned   integer not null check (returned >= 0),
  state      text not null default 'open' check (state in ('open', 'agreed', 'declined')),
  at         timestamptz not null default now(),
  decided_by uuid references community.member,
  decided_at timestamptz,
  check (giver_id <> taker_id),
  check ((decided_at is null) = (state = 'open'))
);
create unique index vote_pattern_open on community.vote_pattern (giver_id, taker_id) where state = 'open';
create index vote_pattern_waiting on community.vote_pattern (at, id) where state = 'open';
create index vote_pattern_by_taker on community.vote_pattern (taker_id);
comment on table community.vote_pattern is 'Votes from one member to another that look arranged, for reviewers to judge: many of one''s votes to the other, each to each, or from the same place.';
comment on column community.vote_pattern.given_all is 'All up-votes of the giver in the same ninety days.';
