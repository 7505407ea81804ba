create index reputation_entry_by_day on community.reputation_entry (member_id, at) where cause = 'up-vote';

create table community.bounty (
  id          bigint generated always as identity primary key,
  question_id bigint not null references community.post on delete cascade,
  offered_by  uuid not null references community.member,
  amount      integer not null check (amount > 0),
  state       text not null default 'open' check (state in ('open', 'paid', 'returned')),
  answer_id   bigint references community.post,
  offered_at  timestamptz not null default now(),
  ends_at     timestamptz not null,
  ended_at    timestamptz,
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'paid') = (answer_id is not null))
);
create unique index bounty_open_once on community.bounty (question_id) where state = 'open';
create index bounty_by_question on community.bounty (question_id, id);
create index bounty_due on community.bounty (ends_at) where state = 'open';
create index bounty_by_member on community.bounty (offered_by, id desc);
comment on table community.bounty is 'Reputation that a member set aside for the best answer to a question: taken when it is offered, given to an answer or back when it ends.';

create table community.answer_invitation (
  question_id bigint not null references community.post on delete cascade,
  member_id   uuid not null references community.member on delete cascade,
  invited_by  uuid not null references community.member,
  at          timestamptz not null default now(),
  primary key (question_id, member_id)
);
create index answer_invitation_by_member on community.answer_invitation (member_id, at desc);
comment on table community.answer_invitation is 'Who was asked for an answer to a question. When they gave one is said by their answer.';

create table community.close_vote (
  question_id  bigint not null references community.post on delete cascade,
  member_id    uuid not null references community.member,
  wish         text not null check (wish in ('close', 'reopen')),
  reason       text check (reason in ('duplicate', 'off-topic', 'unclear', 'spam', 'resolved')),
  duplicate_of bigint references community.post,
  at           timestamptz not null default now(),
  primary key (question_id, member_id),
  check ((wish = 'close') = (reason is not null)),
  check (duplicate_of is null or reason = 'duplicate')
);
comment on table community.close_vote is 'Members who want a question closed, or open again; when enough do, it is, and their votes go.';

create table community.capsule (
  id          bigint generated always as identity primary key,
  question_id bigint not null references community.post on delete cascade,
  author_id   uuid not null references community.member,
  pg_version  smallint check (pg_version between 9 and 99),
  schema_sql  text not null check (length(schema_sql) <= 200000),
  settings    text not null check (length(settings) <= 50000),
  plan        text not null check (length(plan) <= 200000),
  created_at  timestamptz not null default now()
);
create unique index capsule_by_question on community.capsule (question_id);
comment on table community.capsule is 'Table definitions, settings and a plan that belong to a question, without any value or name of the asker''s data: those were taken out before this row was written.';

create table community.faq (
  id               bigint generated always as identity primary key,
  title            text not null check (length(title) between 5 and 200),
  slug             text not null check (length(slug) <= 120),
  locale           text not null check (locale in ('en', 'zh-CN')),
  markdown         text not null check (length(markdown) between 1 and 200000),
  html             text not null,
  excerpt          text not null check (length(excerpt) <= 400),
  tags             text[] not null default '{}' check (cardinality(tags) <= 6),
  signals          text[] not null default '{}' check (cardinality(signals) <= 20),
  pg_from          smallint not null check (pg_from between 9 and 99),
  pg_to            smallint check (pg_to between 9 and 99),
  proof_sql        text not null default '' check (length(proof_sql) <= 20000),
  answer_id        bigint references community.post on delete set null,
  curator_id       uuid not null references community.member,
  verified_at      timestamptz not null default now(),
  verified_by      uuid not null references community.member,
  is_retired       boolean not null default false,
  revision         integer not null default 1,
  created_at       timestamptz not null default now(),
  changed_at       timestamptz not null default now(),
  check (pg_to is null or pg_to >= pg_from)
);
create index faq_listed on community.faq (verified_at desc, id desc) where not is_retired;
create index faq_by_signal on community.faq using gin (signals) where not is_retired;
create index faq_by_title on community.faq using gin (title gin_trgm_ops) where not is_retired;
comment on table community.faq is 'Answers that were looked at and found right, each for a range of PostgreSQL versions; stale once a newer version is out, until somebody has verified it again.';
comment on column community.faq.signals is 'What raises it in alerts and at the service desk: sqlstate:53300, wait:Lock:transactionid, setting:max_connections, rule:disk-nearly-full.';
comment on column community.faq.pg_to is 'The last version it holds for; null while it holds for every version there is.';

create table community.faq_verification (
  id         bigint generated always as identity primary key,
  faq_id     bigint not null references community.faq on delete cascade,
  member_id  uuid not null references community.member,
  revision   integer not null,
  note       text not null default '' check (length(note) <= 500),
  at         timestamptz not null default now()
);
create index faq_verification_by_faq on community.faq_verification (faq_id, id desc);
comment on table community.faq_verification is 'Who found an entry of the FAQ right, and when.';

create table community.postgres_version (
  major       smallint primary key check (major between 9 and 99),
  released_on date not null,
  ends_on     date not null check (ends_on > released_on)
);
comment on table community.postgres_version is 'Major versions of PostgreSQL: since when there is one, and until when it is cared for.';

insert into community.postgres_version (major, released_on, ends_on) values
  (12, '2019-10-03', '2024-11-21'),
  (13, '2020-09-24', '2025-11-13'),
  (14, '2021-09-30', '2026-11-12'),
  (15, '2022-10-13', '2027-11-11'),
  (16, '2023-09-14', '2028-11-09'),
  (17, '2024-09-26', '2029-11-08'),
  (18, '2025-09-25', '2030-11-14');
