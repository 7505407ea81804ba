create table community.download (
  post_id      bigint primary key references community.case_study on delete cascade,
  file_id      uuid not null unique references platform.file,
  is_gated     boolean not null default false,
  publisher_id uuid references community.organisation,
  count        bigint not null default 0 check (count >= 0),
  check (not is_gated or publisher_id is not null)
);
create index download_by_publisher on community.download (publisher_id);
comment on table community.download is 'The one file that goes with a case study. It is read through its case study alone, never by the address of files.';
comment on column community.download.is_gated is 'Who wants it gives name, address and organisation to the publisher first.';
comment on column community.download.publisher_id is 'The organisation of the author by which the file is published, and which gets the leads of a gated one.';
comment on column community.download.count is 'How often it was fetched, by one reader at most once an hour.';

create table community.download_grant (
  id           bigint generated always as identity primary key,
  post_id      bigint not null references community.post on delete cascade,
  member_id    uuid references community.member,
  token_hash   bytea unique,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  confirmed_at timestamptz,
  unique (post_id, member_id),
  check (member_id is null or (token_hash is null and expires_at is null)),
  check ((token_hash is null) = (expires_at is null))
);
create index download_grant_by_member on community.download_grant (member_id);
create index download_grant_by_end on community.download_grant (created_at) where member_id is null;
comment on table community.download_grant is 'Who may fetch a gated file: a member for good, or whoever holds a mailed link until it ends.';
comment on column community.download_grant.confirmed_at is 'When the mailed link was opened, by which the address is real; from then on it gives the file.';
comment on column community.download_grant.token_hash is 'SHA-256 of the token in the mailed link; empty until the mail is written.';

create table community.lead (
  id              bigint generated always as identity primary key,
  post_id         bigint not null references community.post on delete cascade,
  organisation_id uuid not null references community.organisation,
  member_id       uuid references community.member,
  grant_id        bigint references community.download_grant on delete set null,
  name            text not null check (length(name) between 1 and 200),
  email           text not null check (length(email) between 3 and 254),
  company         text not null check (length(company) between 1 and 200),
  locale          text not null check (locale in ('en', 'zh-CN')),
  consent_version text not null check (length(consent_version) between 1 and 20),
  consent_words   text not null check (length(consent_words) between 1 and 2000),
  is_proved       boolean not null default false,
  created_at      timestamptz not null default now(),
  confirmed_at    timestamptz,
  keep_until      date not null
);
create index lead_of_organisation on community.lead (organisation_id, id desc) where confirmed_at is not null;
create index lead_by_post on community.lead (post_id);
create index lead_by_member on community.lead (member_id);
create index lead_by_grant on community.lead (grant_id);
create index lead_by_email on community.lead (email);
create index lead_by_end on community.lead (keep_until);
comment on table community.lead is 'Who gave their name for a gated file, with the words they agreed to. Only managers of the organisation see it, once it is confirmed.';
comment on column community.lead.confirmed_at is 'When it counts: at once for a member, otherwise when the mailed link was opened.';
comment on column community.lead.is_proved is 'The address is known to be theirs: by the mailed link, or as the proved one of their account.';
comment on column community.lead.keep_until is 'The day on which it is erased, as the words say.';
