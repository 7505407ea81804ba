alter table community.vote_pattern
  drop constraint vote_pattern_kind_check,
  add constraint vote_pattern_kind_check check (kind in ('ring', 'one-sided', 'same-place', 'circle', 'chain')),
  add circle_id uuid;
create index vote_pattern_by_circle on community.vote_pattern (circle_id) where circle_id is not null;
comment on column community.vote_pattern.circle_id is 'The same for all votes of one circle of three or more.';
