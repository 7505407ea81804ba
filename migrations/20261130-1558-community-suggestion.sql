create table community.suggestion (
  id          bigint generated always as identity primary key,
  question_id bigint not null references community.post on delete cascade,
  member_id   uuid not null references community.member,
  markdown    text not null check (length(markdown) between 1 and 12000),
  model       text not null check (length(model) between 1 and 100),
  sources     jsonb not null,
  dropped     integer not null default 0 check (dropped >= 0),
  made_at     timestamptz not null default now(),
  unique (question_id, member_id)
);
create index suggestion_by_member on community.suggestion (member_id);
comment on table community.suggestion is 'What a language model suggested to one member as an answer, from the FAQ and accepted answers. Nobody else sees it; nothing of it is published but by that member.';
comment on column community.suggestion.sources is 'What it cites, of what it was given.';
comment on column community.suggestion.dropped is 'Citations of what it was not given, which were taken out.';

alter table community.post add is_assisted boolean not null default false;
comment on column community.post.is_assisted is 'The author had a suggestion of a language model for the question when the answer was written.';
