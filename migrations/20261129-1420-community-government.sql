create table community.committee (
  id         uuid primary key default gen_random_uuid(),
  slug       text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,58}[a-z0-9]$'),
  position   integer not null unique,
  name_en    text not null check (length(name_en) between 1 and 100),
  name_zh    text not null check (length(name_zh) between 1 and 100),
  mission_en text not null check (length(mission_en) <= 400),
  mission_zh text not null check (length(mission_zh) <= 400)
);
comment on table community.committee is 'Who governs the community: the board with chair and deputies first, then the committees. What the seats of each may do stands in the code.';

insert into community.committee (position, slug, name_en, name_zh, mission_en, mission_zh) values
  (0, 'board', 'Board', '主席团', 'Leads the community, fills the seats of committees, answers for its goals.', '领导社区，任命各委员会成员，对年度目标负责。'),
  (1, 'ecosystem', 'Ecosystem', '生态委员会', 'Products, tools and services around PostgreSQL, and what they are worth.', '建设 PostgreSQL 周边产品、工具与服务的生态。'),
  (2, 'training', 'Training', '培训委员会', 'Courses, teaching material and answers that are kept right.', '课程体系、培训资料与常见问题的维护。'),
  (3, 'website', 'Website', '官方网站委员会', 'This site: its pages, tags and settings.', '官方网站的页面、标签与设置。'),
  (4, 'media', 'Media', '官方媒体委员会', 'What the community publishes under its own name.', '社区官方媒体的内容与发布。'),
  (5, 'translation', 'Documentation translation', '文档翻译委员会', 'The manual and the documents in Chinese.', '官方手册与文档的中文翻译。'),
  (6, 'business', 'Business', '商务委员会', 'Sponsors, cooperation and what is agreed with them.', '赞助、商务合作与合作协议。'),
  (7, 'press', 'Press relations', '媒体对接委员会', 'Partner media, and the swaps with them.', '对接合作媒体，管理资源互换。'),
  (8, 'corporate-members', 'Corporate members', '企业会员管理委员会', 'Companies of the community: verified, cared for, heard.', '企业会员的审核、服务与沟通。'),
  (9, 'individual-members', 'Individual members', '个人会员管理委员会', 'Members, what they write, and how they treat one another.', '个人会员管理、内容审核与社区秩序。'),
  (10, 'experts', 'Experts', '专家管理委员会', 'Who is listed as an expert, on which evidence.', '专家的审核与名录管理。'),
  (11, 'universities', 'Universities', '高校委员会', 'Universities, their teachers and students, and chapters on campus.', '高校、师生合作与校园分会。'),
  (12, 'chapters', 'Chapters', '分舵委员会', 'Local groups, and those who lead them.', '各地分舵及其负责人。');

create table community.core_application (
  id              bigint generated always as identity primary key,
  committee_id    uuid not null references community.committee,
  member_id       uuid not null references community.member,
  who_i_am        text not null check (length(who_i_am) between 1 and 4000),
  reason          text not null check (length(reason) between 1 and 4000),
  value_offered   text not null check (length(value_offered) between 1 and 4000),
  view_of_present text not null check (length(view_of_present) between 1 and 4000),
  area            text not null check (length(area) between 1 and 4000),
  yearly_measure  text not null check (length(yearly_measure) between 1 and 4000),
  consequence     text not null check (length(consequence) between 1 and 4000),
  state           text not null default 'open' check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  applied_at      timestamptz not null default now(),
  votes_until     timestamptz not null,
  decided_at      timestamptz,
  check ((state = 'open') = (decided_at is null))
);
create unique index core_application_open on community.core_application (member_id, committee_id) where state = 'open';
create index core_application_by_committee on community.core_application (committee_id, applied_at desc);
create index core_application_due on community.core_application (votes_until) where state = 'open';
comment on table community.core_application is 'Somebody asks to join the core group, in the words of its questions; the committee they ask for votes.';
comment on column community.core_application.consequence is 'What shall follow when the yearly measure is missed.';

create table community.core_application_vote (
  application_id bigint not null references community.core_application on delete cascade,
  member_id      uuid not null references community.member,
  choice         text not null check (choice in ('yes', 'no', 'abstain')),
  note           text not null default '' check (length(note) <= 500),
  at             timestamptz not null default now(),
  primary key (application_id, member_id)
);
create index core_application_vote_by_member on community.core_application_vote (member_id);
comment on table community.core_application_vote is 'What those who hold a seat said of an application; the committee reads it.';

create table community.committee_seat (
  id             uuid primary key default gen_random_uuid(),
  committee_id   uuid not null references community.committee,
  member_id      uuid not null references community.member,
  office         text not null check (office in ('chair', 'deputy', 'member')),
  period         tstzrange not null check (not isempty(period) and not lower_inf(period) and not upper_inf(period)),
  origin         text not null check (origin in ('appointed', 'applied', 'elected')),
  application_id bigint references community.core_application on delete set null,
  granted_by     uuid references community.member,
  created_at     timestamptz not null default now(),
  exclude using gist (committee_id with =, period with &&) where (office = 'chair')
);
create index committee_seat_by_member on community.committee_seat (member_id);
create index committee_seat_by_committee on community.committee_seat using gist (committee_id, period);
comment on table community.committee_seat is 'Who holds which office in a committee, from when until when. What a seat permits begins and ends with its period; an ended one stays as the record of who held it. A committee never has two chairs at once.';

create table community.committee_matter (
  id           bigint generated always as identity primary key,
  committee_id uuid not null references community.committee,
  title        text not null check (length(title) between 1 and 200),
  markdown     text not null default '' check (length(markdown) <= 20000),
  html         text not null default '',
  filed_by     uuid not null references community.member,
  filed_at     timestamptz not null default now(),
  assigned_to  uuid references community.member,
  state        text not null default 'open' check (state in ('open', 'done', 'declined')),
  answer       text not null default '' check (length(answer) <= 4000),
  closed_by    uuid references community.member,
  closed_at    timestamptz,
  check ((state = 'open') = (closed_at is null))
);
create index committee_matter_open on community.committee_matter (committee_id, filed_at) where state = 'open';
create index committee_matter_by_filer on community.committee_matter (filed_by, filed_at desc);
comment on table community.committee_matter is 'What a member brings before a committee. Its filer and those with a seat read it.';

create table community.plan_entry (
  id            bigint generated always as identity primary key,
  uid           uuid not null default gen_random_uuid() unique,
  committee_id  uuid not null references community.committee,
  kind          text not null check (kind in ('event', 'campaign', 'release', 'training', 'meeting', 'other')),
  title         text not null check (length(title) between 1 and 200),
  note_markdown text not null default '' check (length(note_markdown) <= 20000),
  note_html     text not null default '',
  place         text not null default '' check (length(place) <= 200),
  planned_on    date not null,
  planned_until date not null check (planned_until >= planned_on),
  starts_on     date not null,
  ends_on       date not null check (ends_on >= starts_on),
  state         text not null default 'planned' check (state in ('planned', 'done', 'cancelled')),
  closed_on     date,
  owner_id      uuid references community.member,
  sequence      integer not null default 0,
  created_by    uuid references community.member,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  check ((state = 'planned') = (closed_on is null))
);
create index plan_entry_by_day on community.plan_entry (starts_on, id);
create index plan_entry_by_committee on community.plan_entry (committee_id, starts_on);
comment on table community.plan_entry is 'The plan of the year and the calendar of each committee. What was first planned is never changed, so that every slip is in view.';
comment on column community.plan_entry.sequence is 'Counts changes, as calendars want it (SEQUENCE of RFC 5545).';

create function community.keep_first_plan() returns trigger language plpgsql as $$
begin
  if (new.planned_on, new.planned_until) is distinct from (old.planned_on, old.planned_until) then
    raise exception 'what was first planned is never changed';
  end if;
  return new;
end $$;
create trigger plan_entry_kept before update on community.plan_entry
  for each row execute function community.keep_first_plan();

create table community.plan_change (
  entry_id  bigint not null references community.plan_entry on delete cascade,
  sequence  integer not null,
  was_on    date not null,
  was_until date not null,
  reason    text not null check (length(reason) between 1 and 500),
  member_id uuid references community.member,
  at        timestamptz not null default now(),
  primary key (entry_id, sequence)
);
create index plan_change_by_member on community.plan_change (member_id);
comment on table community.plan_change is 'Each time an entry of the plan was moved: from which days, and why.';
