create table community.meeting (
  id               bigint generated always as identity primary key,
  committee_id     uuid not null references community.committee,
  title            text not null check (length(title) between 1 and 200),
  starts_at        timestamptz not null,
  for_all          boolean not null default false,
  agenda_markdown  text not null default '' check (length(agenda_markdown) <= 20000),
  agenda_html      text not null default '',
  minutes_markdown text not null default '' check (length(minutes_markdown) <= 50000),
  minutes_html     text not null default '',
  state            text not null default 'available' check (state in ('available', 'open', 'finished', 'closed')),
  opened_at        timestamptz,
  finished_at      timestamptz,
  closed_at        timestamptz,
  called_by        uuid references community.member,
  called_at        timestamptz not null default now(),
  check ((opened_at is null) = (state = 'available')),
  check ((closed_at is not null) = (state = 'closed'))
);
create index meeting_by_time on community.meeting (starts_at desc, id desc);
comment on table community.meeting is 'A meeting of a committee or of all members: available to join, then open, finished, and closed with its minutes.';
comment on column community.meeting.for_all is 'Every member may join; otherwise those who hold a seat.';

create table community.meeting_attendant (
  meeting_id bigint not null references community.meeting on delete cascade,
  member_id  uuid not null references community.member,
  primary key (meeting_id, member_id)
);
create index meeting_attendant_by_member on community.meeting_attendant (member_id);
comment on table community.meeting_attendant is 'Who takes part; nobody new once the meeting is open.';

create table community.meeting_proxy (
  meeting_id bigint not null references community.meeting on delete cascade,
  giver_id   uuid not null references community.member,
  holder_id  uuid not null references community.member,
  primary key (meeting_id, giver_id),
  check (giver_id <> holder_id)
);
create index meeting_proxy_by_holder on community.meeting_proxy (holder_id);
create index meeting_proxy_by_giver on community.meeting_proxy (giver_id);
comment on table community.meeting_proxy is 'Who votes for whom; the giver takes no part themself.';

create table community.meeting_poll (
  id         bigint generated always as identity primary key,
  meeting_id bigint not null references community.meeting on delete cascade,
  question   text not null check (length(question) between 1 and 500),
  options    text[] not null check (cardinality(options) between 2 and 10),
  closed_at  timestamptz
);
create index meeting_poll_by_meeting on community.meeting_poll (meeting_id, id);
comment on table community.meeting_poll is 'What was asked in a meeting.';

create table community.meeting_vote (
  poll_id   bigint not null references community.meeting_poll on delete cascade,
  member_id uuid not null references community.member,
  cast_by   uuid not null references community.member,
  option    integer not null check (option between 0 and 9),
  primary key (poll_id, member_id)
);
create index meeting_vote_by_member on community.meeting_vote (member_id);
create index meeting_vote_by_caster on community.meeting_vote (cast_by);
comment on table community.meeting_vote is 'One vote for each member who is present or represented, whoever cast it.';

create table community.meeting_remark (
  id         bigint generated always as identity primary key,
  meeting_id bigint not null references community.meeting on delete cascade,
  member_id  uuid not null references community.member,
  words      text not null check (length(words) between 1 and 1000),
  at         timestamptz not null default now()
);
create index meeting_remark_by_meeting on community.meeting_remark (meeting_id, id);
create index meeting_remark_by_member on community.meeting_remark (member_id);
comment on table community.meeting_remark is 'What was said while the meeting was open; nothing before and nothing after.';

create table community.resolution (
  id            bigint generated always as identity primary key,
  committee_id  uuid not null references community.committee,
  meeting_id    bigint references community.meeting,
  title         text not null check (length(title) between 1 and 200),
  markdown      text not null check (length(markdown) between 1 and 20000),
  html          text not null,
  decided_on    date not null,
  votes_yes     integer not null default 0 check (votes_yes >= 0),
  votes_no      integer not null default 0 check (votes_no >= 0),
  votes_abstain integer not null default 0 check (votes_abstain >= 0),
  owner_id      uuid references community.member,
  due_on        date,
  state         text not null default 'open' check (state in ('open', 'done', 'dropped')),
  follow_up     text not null default '' check (length(follow_up) <= 4000),
  recorded_by   uuid references community.member,
  recorded_at   timestamptz not null default now(),
  changed_at    timestamptz not null default now()
);
create index resolution_by_day on community.resolution (decided_on desc, id desc);
create index resolution_by_owner on community.resolution (owner_id) where owner_id is not null;
comment on table community.resolution is 'The decision log: what was decided, by which votes, who sees to it, what became of it.';

create function community.keep_resolution() returns trigger language plpgsql as $$
begin
  if (new.title, new.markdown, new.decided_on, new.votes_yes, new.votes_no, new.votes_abstain, new.committee_id)
    is distinct from (old.title, old.markdown, old.decided_on, old.votes_yes, old.votes_no, old.votes_abstain, old.committee_id) then
    raise exception 'what was decided is never changed, only followed up';
  end if;
  return new;
end $$;
create trigger resolution_kept before update on community.resolution
  for each row execute function community.keep_resolution();
