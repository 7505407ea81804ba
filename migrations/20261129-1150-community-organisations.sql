alter table community.organisation
  add revision   integer not null default 1,
  add flagged_at timestamptz;
comment on column community.organisation.flagged_at is 'When its managers were told that the page waits for their confirmation; empty again once they gave it.';

create table community.organisation_revision (
  organisation_id uuid not null references community.organisation on delete cascade,
  number          integer not null,
  editor_id       uuid not null references community.member,
  name            text not null,
  kind            text not null check (kind in ('end-user', 'cloud-vendor', 'database-vendor', 'support-provider',
                    'training-company', 'university', 'media-partner')),
  about_markdown  text not null,
  website         text not null,
  country         text not null,
  note            text not null default '' check (length(note) <= 200),
  at              timestamptz not null default now(),
  primary key (organisation_id, number)
);
create index organisation_revision_by_editor on community.organisation_revision (editor_id);
comment on table community.organisation_revision is 'What an organisation''s page said at each save.';

alter table community.employment
  add standing  text not null default 'stated' check (standing in ('stated', 'confirmed', 'disputed')),
  add judged_by uuid references community.member,
  add judged_at timestamptz;
comment on column community.employment.standing is 'What the organisation''s managers say of it. A disputed one counts for nobody.';

create function community.employer_on(member uuid, day date) returns uuid stable language sql as $$
  select organisation_id from community.employment
  where member_id = member and period @> day and standing <> 'disputed'
$$;
comment on function community.employer_on is 'Where a member worked on a day, as it counts.';

-- Whoever publishes, imports or moves a post: where it counts is decided here, so that totals are sums at every moment.
create function community.attribute_post() returns trigger language plpgsql as $$
begin
  if new.published_at is null then
    new.organisation_id := null;
    return new;
  end if;
  -- A change of the author's employment that is under way is waited for, and waits for this post.
  perform from community.member where id = new.author_id for key share;
  new.organisation_id := community.employer_on(new.author_id, (new.published_at at time zone 'UTC')::date);
  return new;
end $$;
create trigger post_attributed before insert or update of author_id, published_at on community.post
  for each row execute function community.attribute_post();
create index post_of_organisation on community.post (organisation_id, kind, published_at desc, id desc)
  where state = 'published' and organisation_id is not null;

create table community.offering (
  id              bigint generated always as identity primary key,
  organisation_id uuid not null references community.organisation,
  kind            text not null check (kind in ('product', 'service')),
  name            text not null check (length(name) between 1 and 200),
  is_withdrawn    boolean not null default false,
  shown_revision  integer,
  regions         text[] not null default '{}' check (cardinality(regions) <= 100),
  languages       text[] not null default '{}' check (cardinality(languages) <= 40),
  service_kinds   text[] not null default '{}' check (cardinality(service_kinds) <= 20),
  confirmed_at    timestamptz not null default now(),
  created_by      uuid references community.member,
  created_at      timestamptz not null default now()
);
create index offering_by_organisation on community.offering (organisation_id, kind, name);
create index offering_shown on community.offering (kind, name) where shown_revision is not null and not is_withdrawn;
comment on table community.offering is 'A product or a professional service of an organisation. Its words are in its revisions; only an approved one is shown.';
comment on column community.offering.shown_revision is 'The approved revision that readers see; empty until the first is approved. The columns after it repeat what it says, for filters.';
comment on column community.offering.confirmed_at is 'When a manager last said that it is right; after twelve months it leaves the lists.';

create table community.offering_revision (
  offering_id   bigint not null references community.offering on delete cascade,
  number        integer not null,
  state         text not null default 'pending' check (state in ('pending', 'approved', 'refused', 'replaced')),
  content       jsonb not null,
  editor_id     uuid not null references community.member,
  at            timestamptz not null default now(),
  reviewed_by   uuid references community.member,
  reviewed_at   timestamptz,
  refused_reason text check (length(refused_reason) <= 2000),
  primary key (offering_id, number)
);
create unique index offering_revision_pending on community.offering_revision (offering_id) where state = 'pending';
create index offering_revision_by_editor on community.offering_revision (editor_id);
comment on table community.offering_revision is 'What an offering said, or is wished to say, at each save: at most one waits for review, a newer wish replaces it.';

create table community.placement (
  id              bigint generated always as identity primary key,
  organisation_id uuid not null references community.organisation,
  direction       text not null check (direction in ('given', 'received')),
  title           text not null check (length(title) between 1 and 200),
  url             text not null default '' check (length(url) <= 500),
  value_minor     bigint not null check (value_minor between 1 and 100000000000),
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  day             date not null,
  entered_by      uuid references community.member,
  entered_at      timestamptz not null default now(),
  reverses        bigint unique references community.placement
);
create index placement_by_organisation on community.placement (organisation_id, day desc, id desc);
comment on table community.placement is 'What a media partner published for the community, and the community for it, at its value: never changed, only reversed.';
comment on column community.placement.direction is 'given: by the community to the partner; received: from the partner.';

create function community.keep_placement() returns trigger language plpgsql as $$
begin
  -- When two organisations are found to be one, their entries go to the one that stays; when a member is, so does who entered.
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'organisation_id' - 'entered_by') = (to_jsonb(old) - 'organisation_id' - 'entered_by') then
    return new;
  end if;
  raise exception 'entries of the swap ledger are never changed, only reversed';
end $$;
create trigger placement_kept before update or delete on community.placement
  for each row execute function community.keep_placement();

create table community.expert (
  member_id      uuid primary key references community.member on delete cascade,
  state          text not null default 'applied' check (state in ('applied', 'approved', 'refused', 'withdrawn')),
  about_markdown text not null check (length(about_markdown) between 1 and 20000),
  about_html     text not null,
  skills         text[] not null check (cardinality(skills) between 1 and 30),
  languages      text[] not null check (cardinality(languages) between 1 and 20),
  availability   text not null check (availability in ('open', 'limited', 'closed')),
  rate_minor     bigint check (rate_minor between 1 and 100000000000),
  rate_currency  text check (rate_currency ~ '^[A-Z]{3}$'),
  rate_unit      text check (rate_unit in ('hour', 'day')),
  applied_at     timestamptz not null default now(),
  decided_at     timestamptz,
  decided_by     uuid references community.member,
  refused_reason text check (length(refused_reason) <= 2000),
  check (num_nonnulls(rate_minor, rate_currency, rate_unit) in (0, 3))
);
create index expert_by_skill on community.expert using gin (skills) where state = 'approved';
comment on table community.expert is 'Who offers to be asked as an expert: what they can do, when, at what rate; listed once the committee approved.';

create table community.expert_evidence (
  id        bigint generated always as identity primary key,
  member_id uuid not null references community.member on delete cascade,
  position  integer not null,
  post_id   bigint references community.post on delete cascade,
  url       text check (length(url) between 1 and 500),
  note      text not null default '' check (length(note) <= 200),
  check (num_nonnulls(post_id, url) = 1)
);
create index expert_evidence_by_member on community.expert_evidence (member_id, position);
create index expert_evidence_by_post on community.expert_evidence (post_id) where post_id is not null;
comment on table community.expert_evidence is 'What shows an expert''s skill: posts here, or addresses elsewhere.';

create table community.chapter (
  id              uuid primary key default gen_random_uuid(),
  slug            text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,58}[a-z0-9]$'),
  name            text not null check (length(name) between 1 and 200),
  country         text not null check (country ~ '^[A-Z]{2}$'),
  city            text not null default '' check (length(city) <= 100),
  locale          text not null default 'zh-CN' check (locale in ('en', 'zh-CN')),
  about_markdown  text not null default '' check (length(about_markdown) <= 20000),
  about_html      text not null default '',
  website         text not null default '' check (length(website) <= 500),
  organisation_id uuid references community.organisation,
  state           text not null default 'pending' check (state in ('pending', 'approved', 'refused', 'closed')),
  refused_reason  text check (length(refused_reason) <= 2000),
  decided_by      uuid references community.member,
  decided_at      timestamptz,
  created_by      uuid references community.member,
  created_at      timestamptz not null default now()
);
create index chapter_by_place on community.chapter (country, city, name) where state = 'approved';
create index chapter_by_organisation on community.chapter (organisation_id) where organisation_id is not null;
comment on table community.chapter is 'A local group of the community, in a country and mostly a city.';

create table community.chapter_member (
  chapter_id uuid not null references community.chapter on delete cascade,
  member_id  uuid not null references community.member on delete cascade,
  is_leader  boolean not null default false,
  since      timestamptz not null default now(),
  primary key (chapter_id, member_id)
);
create index chapter_member_by_member on community.chapter_member (member_id);
comment on table community.chapter_member is 'Who takes part in a chapter, and who leads it.';

alter table community.member add merged_into uuid references community.member;
create index member_by_merged on community.member (merged_into) where merged_into is not null;
comment on column community.member.merged_into is 'The member that this one was found to be: the account acts as that one. A merged member is in no list.';

create table community.merge (
  id         uuid primary key default gen_random_uuid(),
  kind       text not null check (kind in ('member', 'organisation')),
  from_id    uuid not null,
  into_id    uuid not null,
  from_name  text not null,
  into_name  text not null,
  reason     text not null check (length(reason) between 1 and 2000),
  done_by    uuid references community.member,
  done_at    timestamptz not null default now(),
  undo_until timestamptz not null,
  undone_by  uuid references community.member,
  undone_at  timestamptz,
  purged_at  timestamptz,
  check (from_id <> into_id)
);
create index merge_by_time on community.merge (done_at desc, id desc);
create index merge_by_ends on community.merge (into_id, from_id);
comment on table community.merge is 'Two members or two organisations that were found to be one, who found it, and until when it can be undone.';

create table community.merge_change (
  merge_id    uuid not null references community.merge on delete cascade,
  position    integer not null,
  table_name  text not null,
  column_name text not null,
  action      text not null check (action in ('moved', 'deleted', 'inserted', 'changed')),
  rows        jsonb not null,
  primary key (merge_id, position)
);
comment on table community.merge_change is 'What a merge did, in its order, so that it can be undone exactly; gone when it can no longer be.';
comment on column community.merge_change.rows is 'Of moved and inserted rows their keys, of deleted and changed ones all they were.';
