create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create schema community;
comment on schema community is 'The people around PostgreSQL: members, organisations, what they write, ask, answer and decide. One community an installation, shared by all organisations.';

create table community.member (
  id               uuid primary key default gen_random_uuid(),
  account_id       uuid unique references identity.account on delete set null,
  handle           text not null unique check (handle ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'),
  name             text not null check (length(name) between 1 and 200),
  headline         text not null default '' check (length(headline) <= 200),
  about_markdown   text not null default '' check (length(about_markdown) <= 20000),
  about_html       text not null default '',
  location         text not null default '' check (length(location) <= 100),
  website          text not null default '' check (length(website) <= 500),
  avatar_file_id   uuid references platform.file on delete set null,
  roles            text[] not null default '{}' check (cardinality(roles) <= 20),
  skills           text[] not null default '{}' check (cardinality(skills) <= 50),
  industry         text not null default '' check (length(industry) <= 60),
  reputation       integer not null default 0,
  trust_level      smallint not null default 0 check (trust_level between 0 and 4),
  suspended_until  timestamptz,
  suspended_reason text check (length(suspended_reason) <= 2000),
  joined_at        timestamptz not null default now(),
  seen_at          timestamptz not null default now(),
  erased_at        timestamptz
);
create index member_by_reputation on community.member (reputation desc, id) where erased_at is null;
create index member_by_name on community.member using gin (name gin_trgm_ops);
comment on table community.member is 'A person in the community. The row outlives the account: erased, it keeps what was written and counted, and nothing about the person.';
comment on column community.member.handle is 'The name in addresses and mentions. Never made from an e-mail address.';
comment on column community.member.reputation is 'The sum of the member''s reputation entries, kept with them in one transaction.';
comment on column community.member.seen_at is 'Written at most once an hour.';

create table community.staff (
  id         uuid primary key default gen_random_uuid(),
  member_id  uuid not null references community.member,
  role       text not null check (role in ('editor', 'moderator', 'administrator')),
  granted_by uuid references community.member,
  starts_at  timestamptz not null default now(),
  ends_at    timestamptz,
  check (ends_at is null or ends_at > starts_at)
);
create index staff_by_member on community.staff (member_id);
comment on table community.staff is 'Who looks after the community, for how long. People of the organisation that runs this Elepherd have what their role there says as well.';

create table community.organisation (
  id             uuid primary key default gen_random_uuid(),
  slug           text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,58}[a-z0-9]$'),
  name           text not null check (length(name) between 1 and 200),
  kind           text not null check (kind in ('end-user', 'cloud-vendor', 'database-vendor', 'support-provider',
                   'training-company', 'university', 'media-partner')),
  about_markdown text not null default '' check (length(about_markdown) <= 20000),
  about_html     text not null default '',
  website        text not null default '' check (length(website) <= 500),
  country        text not null default '' check (length(country) <= 60),
  logo_file_id   uuid references platform.file on delete set null,
  state          text not null default 'pending' check (state in ('pending', 'verified', 'refused', 'merged')),
  evidence       text not null default '' check (length(evidence) <= 4000),
  refused_reason text check (length(refused_reason) <= 2000),
  verified_at    timestamptz,
  verified_by    uuid references community.member,
  confirmed_at   timestamptz not null default now(),
  merged_into    uuid references community.organisation,
  created_by     uuid references community.member,
  created_at     timestamptz not null default now(),
  check ((state = 'merged') = (merged_into is not null))
);
create index organisation_by_kind on community.organisation (kind, name) where state = 'verified';
create index organisation_by_name on community.organisation using gin (name gin_trgm_ops);
comment on table community.organisation is 'A company, university or media house in the community. Not the tenant of the fleet: that one is identity.organisation.';
comment on column community.organisation.confirmed_at is 'When a manager last said that the page is right; after twelve months it leaves the lists until it is said again.';

create table community.organisation_manager (
  organisation_id uuid not null references community.organisation on delete cascade,
  member_id       uuid not null references community.member on delete cascade,
  since           timestamptz not null default now(),
  primary key (organisation_id, member_id)
);
create index organisation_manager_by_member on community.organisation_manager (member_id);
comment on table community.organisation_manager is 'Who may change an organisation''s page and speak for it.';

create table community.employment (
  id              uuid primary key default gen_random_uuid(),
  member_id       uuid not null references community.member on delete cascade,
  organisation_id uuid not null references community.organisation,
  period          daterange not null check (not isempty(period) and lower(period) is not null),
  title           text not null default '' check (length(title) <= 100),
  created_at      timestamptz not null default now(),
  exclude using gist (member_id with =, period with &&)
);
create index employment_by_organisation on community.employment using gist (organisation_id, period);
comment on table community.employment is 'Who worked where, from which day to which. At most one at a time, so that what a person does counts for one organisation.';

create table community.tag (
  id          bigint generated always as identity primary key,
  name        text not null unique check (length(name) between 1 and 40 and name = lower(name)),
  about       text not null default '' check (length(about) <= 1000),
  is_reserved boolean not null default false,
  post_count  integer not null default 0,
  created_at  timestamptz not null default now()
);
comment on table community.tag is 'A subject by its usual name, Chinese or English. A reserved one only staff may use.';

create table community.tag_synonym (
  name   text primary key check (length(name) between 1 and 40 and name = lower(name)),
  tag_id bigint not null references community.tag on delete cascade
);
create index tag_synonym_by_tag on community.tag_synonym (tag_id);
comment on table community.tag_synonym is 'Other names of a tag: they lead to it and are stored as it.';

create table community.series (
  id          bigint generated always as identity primary key,
  author_id   uuid not null references community.member,
  title       text not null check (length(title) between 1 and 200),
  about       text not null default '' check (length(about) <= 2000),
  created_at  timestamptz not null default now()
);
create index series_by_author on community.series (author_id);
comment on table community.series is 'Articles of one author that belong together, in an order.';

create table community.post (
  id                 bigint generated always as identity primary key,
  kind               text not null check (kind in ('article', 'question', 'answer')),
  parent_id          bigint references community.post,
  author_id          uuid not null references community.member,
  organisation_id    uuid references community.organisation,
  state              text not null default 'published'
                     check (state in ('draft', 'scheduled', 'pending', 'published', 'hidden', 'removed')),
  locale             text not null default 'zh-CN' check (locale in ('en', 'zh-CN')),
  title              text check (length(title) between 1 and 200),
  slug               text not null default '' check (length(slug) <= 120),
  markdown           text not null check (length(markdown) <= 400000),
  html               text not null default '',
  excerpt            text not null default '' check (length(excerpt) <= 400),
  rendered_as        integer not null default 0,
  revision           integer not null default 1,
  score              integer not null default 0,
  up_votes           integer not null default 0,
  down_votes         integer not null default 0,
  comment_count      integer not null default 0,
  answer_count       integer not null default 0,
  view_count         bigint not null default 0,
  accepted_answer_id bigint references community.post,
  accepted_at        timestamptz,
  duplicate_of       bigint references community.post,
  closed_at          timestamptz,
  closed_reason      text check (closed_reason in ('duplicate', 'off-topic', 'unclear', 'spam', 'resolved')),
  closed_by          uuid references community.member,
  origin             text not null default 'original' check (origin in ('original', 'reposted', 'translated')),
  source_url         text check (length(source_url) <= 2000),
  source_author      text check (length(source_author) <= 200),
  licence            text not null default 'all-rights-reserved' check (length(licence) <= 40),
  media              jsonb,
  series_id          bigint references community.series on delete set null,
  series_position    integer,
  featured_at        timestamptz,
  featured_by        uuid references community.member,
  imported_from      text unique check (length(imported_from) <= 500),
  created_at         timestamptz not null default now(),
  published_at       timestamptz,
  publish_at         timestamptz,
  edited_at          timestamptz,
  active_at          timestamptz not null default now(),
  check ((kind = 'answer') = (parent_id is not null)),
  check ((kind = 'answer') = (title is null)),
  check (origin = 'original' or source_url is not null),
  check (state <> 'published' or published_at is not null)
);
create index post_published on community.post (kind, published_at desc, id desc) where state = 'published' and kind <> 'answer';
create index post_active on community.post (kind, active_at desc, id desc) where state = 'published' and kind <> 'answer';
create index post_by_score on community.post (kind, score desc, id desc) where state = 'published' and kind <> 'answer';
create index post_featured on community.post (featured_at desc) where featured_at is not null and state = 'published';
create index post_unanswered on community.post (published_at desc, id desc)
  where kind = 'question' and state = 'published' and answer_count = 0 and closed_at is null;
create index post_by_parent on community.post (parent_id, score desc, id) where parent_id is not null;
create index post_by_author on community.post (author_id, published_at desc, id desc);
create index post_by_organisation on community.post (organisation_id, published_at desc) where organisation_id is not null;
create index post_by_series on community.post (series_id, series_position) where series_id is not null;
create index post_due on community.post (publish_at) where state = 'scheduled';
create index post_by_title on community.post using gin (title gin_trgm_ops) where state = 'published' and title is not null;
comment on table community.post is 'What members write: articles, questions, answers. One table, so that votes, comments, revisions, flags and search are one thing each.';
comment on column community.post.organisation_id is 'Where the author worked on the day of publication; follows the author''s employment when that is corrected.';
comment on column community.post.html is 'The markdown as rendered and sanitised when it was saved.';
comment on column community.post.rendered_as is 'The version of the renderer that wrote html; a newer one renders again.';
comment on column community.post.licence is 'An SPDX name such as CC-BY-4.0, or all-rights-reserved.';
comment on column community.post.media is 'Of a video, an audio, slides or a session: where it is, how long, when, who speaks.';
comment on column community.post.active_at is 'When the post, an answer or a comment below it last came or changed.';
comment on column community.post.imported_from is 'Where an import found it, so that a second run changes it instead of adding one.';

create table community.post_revision (
  post_id   bigint not null references community.post on delete cascade,
  number    integer not null,
  editor_id uuid not null references community.member,
  title     text,
  markdown  text not null,
  tags      text[] not null default '{}',
  note      text not null default '' check (length(note) <= 200),
  at        timestamptz not null default now(),
  primary key (post_id, number)
);
comment on table community.post_revision is 'What a post said at each save that others could see.';

create table community.post_tag (
  post_id bigint not null references community.post on delete cascade,
  tag_id  bigint not null references community.tag,
  primary key (post_id, tag_id)
);
create index post_tag_by_tag on community.post_tag (tag_id, post_id desc);
comment on table community.post_tag is 'Which subjects a post is about.';

create table community.comment (
  id         bigint generated always as identity primary key,
  post_id    bigint not null references community.post on delete cascade,
  author_id  uuid not null references community.member,
  state      text not null default 'published' check (state in ('pending', 'published', 'hidden', 'removed')),
  markdown   text not null check (length(markdown) between 1 and 4000),
  html       text not null,
  created_at timestamptz not null default now(),
  edited_at  timestamptz
);
create index comment_by_post on community.comment (post_id, id);
create index comment_by_author on community.comment (author_id, id desc);
comment on table community.comment is 'Short words below a post.';

create table community.vote (
  post_id   bigint not null references community.post on delete cascade,
  member_id uuid not null references community.member,
  value     smallint not null check (value in (-1, 1)),
  at        timestamptz not null default now(),
  primary key (post_id, member_id)
);
create index vote_by_member on community.vote (member_id, at desc);
comment on table community.vote is 'One vote a member and post; its sums stand on the post and change with it in one transaction.';

create table community.reputation_entry (
  id         bigint generated always as identity primary key,
  member_id  uuid not null references community.member,
  amount     integer not null check (amount <> 0),
  cause      text not null check (cause ~ '^[a-z][a-z-]{1,39}$'),
  cause_key  text collate "C" not null check (length(cause_key) between 1 and 100),
  post_id    bigint references community.post,
  reverses   bigint unique references community.reputation_entry,
  at         timestamptz not null default now()
);
create unique index reputation_entry_once on community.reputation_entry (member_id, cause, cause_key) where reverses is null;
create index reputation_entry_by_member on community.reputation_entry (member_id, id desc);
comment on table community.reputation_entry is 'Why a member''s reputation is what it is. Append-only: what no longer holds is reversed by an entry of its own.';
comment on column community.reputation_entry.cause_key is 'Names the cause within its kind, such as 512:anna''s id for a vote: the same cause never counts twice.';

create trigger reputation_append_only before update or delete or truncate on community.reputation_entry
  for each statement execute function platform.refuse_change();

create table community.setting (
  name       text primary key check (length(name) <= 60),
  value      jsonb not null,
  changed_at timestamptz not null default now()
);
comment on table community.setting is 'What this community decided for itself; what is not here stands as the code has it.';
