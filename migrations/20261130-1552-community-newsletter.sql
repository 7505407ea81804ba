create table community.newsletter_edition (
  id      bigint generated always as identity primary key,
  locale  text not null check (locale in ('en', 'zh-CN')),
  week    date not null check (extract(isodow from week) = 1),
  sent_at timestamptz not null default now(),
  unique (locale, week)
);
comment on table community.newsletter_edition is 'The newsletter of one week in one language, as it was mailed. Never changed: a mail cannot be called back.';
comment on column community.newsletter_edition.week is 'The Monday on which it was sent; it tells of the seven days before.';

create table community.newsletter_entry (
  edition_id bigint not null references community.newsletter_edition,
  position   smallint not null check (position between 1 and 100),
  post_id    bigint not null references community.post,
  title      text not null check (length(title) between 1 and 200),
  excerpt    text not null check (length(excerpt) <= 400),
  industries text[] not null,
  for_roles  text[] not null,
  primary key (edition_id, position)
);
create index newsletter_entry_by_post on community.newsletter_entry (post_id);
comment on table community.newsletter_entry is 'A post as an edition told of it, in the words it had then. What is hidden since is not shown, and its row stays.';

create table community.newsletter_correction (
  id         bigint generated always as identity primary key,
  edition_id bigint not null references community.newsletter_edition,
  author_id  uuid not null references community.member,
  markdown   text not null check (length(markdown) between 1 and 4000),
  html       text not null,
  at         timestamptz not null default now()
);
create index newsletter_correction_by_edition on community.newsletter_correction (edition_id, id);
create index newsletter_correction_by_author on community.newsletter_correction (author_id);
comment on table community.newsletter_correction is 'What is put right about an edition that was sent: it stands below the edition, with its date.';

create trigger newsletter_edition_append_only before update or delete or truncate on community.newsletter_edition
  for each statement execute function platform.refuse_change();
create trigger newsletter_entry_append_only before update or delete or truncate on community.newsletter_entry
  for each statement execute function platform.refuse_change();
create trigger newsletter_correction_append_only before update or delete or truncate on community.newsletter_correction
  for each statement execute function platform.refuse_change();

-- Nor does an edition get an entry later: sent_at and now() are the beginning of one and the same transaction, or it is too late.
create function community.refuse_late_entry() returns trigger
language plpgsql as $$
begin
  if (select sent_at from community.newsletter_edition where id = new.edition_id) is distinct from now() then
    raise exception 'edition % of the newsletter was sent', new.edition_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger newsletter_entry_in_time before insert on community.newsletter_entry
  for each row execute function community.refuse_late_entry();

alter table community.notification_setting
  add newsletter_industries text[] not null default '{}' check (cardinality(newsletter_industries) <= 20),
  add newsletter_roles      text[] not null default '{}' check (cardinality(newsletter_roles) <= 20);
comment on column community.notification_setting.newsletter_industries is 'With the roles after it: to what the member''s own copy of the newsletter is limited; empty: to nothing.';
