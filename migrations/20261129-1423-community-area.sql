create table community.area (
  id             bigint generated always as identity primary key,
  committee_id   uuid not null references community.committee,
  kind           text not null check (kind in ('site-section', 'chapter', 'manual-part', 'other')),
  name           text not null check (length(name) between 1 and 200),
  about          text not null default '' check (length(about) <= 2000),
  measure        text check (measure ~ '^[a-z][a-z-]{1,59}$'),
  monthly_target integer check (monthly_target between 1 and 1000000),
  created_by     uuid references community.member,
  created_at     timestamptz not null default now(),
  ended_at       timestamptz,
  check (num_nonnulls(measure, monthly_target) in (0, 2))
);
create index area_by_committee on community.area (committee_id, name);
comment on table community.area is 'What somebody answers for: a section of the site, a chapter, a part of the manual. Its measure is counted each month.';

create table community.area_owner (
  id         uuid primary key default gen_random_uuid(),
  area_id    bigint not null references community.area on delete cascade,
  member_id  uuid not null references community.member,
  period     tstzrange not null check (not isempty(period) and not lower_inf(period)),
  granted_by uuid references community.member,
  exclude using gist (area_id with =, period with &&)
);
create index area_owner_by_member on community.area_owner (member_id);
comment on table community.area_owner is 'Who answers for an area, from when until when: never two at once.';

create table community.area_month (
  area_id   bigint not null references community.area on delete cascade,
  month     date not null check (extract(day from month) = 1),
  member_id uuid not null references community.member,
  value     integer not null,
  target    integer not null,
  is_met    boolean not null generated always as (value >= target) stored,
  at        timestamptz not null default now(),
  primary key (area_id, month)
);
create index area_month_by_member on community.area_month (member_id);
comment on table community.area_month is 'What was measured of an area in a month that is over, and who answered for it through the whole of it.';

create table community.volunteer_hours (
  id           bigint generated always as identity primary key,
  member_id    uuid not null references community.member,
  area_id      bigint not null references community.area,
  day          date not null,
  minutes      integer not null check (minutes between 5 and 1440),
  what         text not null check (length(what) between 1 and 300),
  confirmed_by uuid references community.member,
  confirmed_at timestamptz,
  logged_at    timestamptz not null default now(),
  check (confirmed_by is distinct from member_id)
);
create index volunteer_hours_by_area on community.volunteer_hours (area_id, day);
create index volunteer_hours_by_member on community.volunteer_hours (member_id, day desc);
comment on table community.volunteer_hours is 'Time that members gave to an area; it counts once somebody else confirmed it.';

create table community.goal (
  id           bigint generated always as identity primary key,
  year         integer not null check (year between 2000 and 2200),
  title        text not null check (length(title) between 1 and 200),
  measure      text not null check (measure ~ '^[a-z][a-z-]{1,59}$'),
  target       integer not null check (target between 1 and 1000000000),
  committee_id uuid not null references community.committee,
  owner_id     uuid references community.member,
  created_by   uuid references community.member,
  created_at   timestamptz not null default now(),
  dropped_at   timestamptz
);
create index goal_by_year on community.goal (year, id);
comment on table community.goal is 'What the community wants to reach in a year: a measure and its target. How far it is, is counted from the rows and never typed.';
