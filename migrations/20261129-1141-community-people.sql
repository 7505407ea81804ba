create function community.look_of(handle text) returns text immutable strict parallel safe language sql as $$
  select translate(replace(replace(handle, 'rn', 'm'), 'vv', 'w'), '01i5', 'olls')
$$;
comment on function community.look_of is 'What a handle looks like at a glance: signs that people take for one another become one. The rules of handles have the same.';
create index member_by_look on community.member (community.look_of(handle));

create table community.former_handle (
  handle     text primary key,
  member_id  uuid references community.member on delete set null,
  since      timestamptz not null default now(),
  kept_until timestamptz not null
);
create index former_handle_by_member on community.former_handle (member_id, since);
comment on table community.former_handle is 'Handles that members gave up. Until the end nobody else may take them, so that links and mentions never lead to another person.';
comment on column community.former_handle.member_id is 'Whom the old address leads to; null for the handle of an erased member, which leads nowhere.';

create table community.follow (
  member_id uuid not null references community.member on delete cascade,
  kind      text not null check (kind in ('member', 'tag', 'post')),
  key       text not null check (length(key) between 1 and 100),
  at        timestamptz not null default now(),
  primary key (member_id, kind, key)
);
create index follow_by_key on community.follow (kind, key);
comment on table community.follow is 'What members want to hear of: a member or tag or post, by its id.';

create table community.block (
  member_id  uuid not null references community.member on delete cascade,
  blocked_id uuid not null references community.member on delete cascade,
  at         timestamptz not null default now(),
  primary key (member_id, blocked_id),
  check (member_id <> blocked_id)
);
create index block_by_blocked on community.block (blocked_id);
comment on table community.block is 'Whom a member wants to hear nothing from: a blocked member cannot message, notify or follow them.';

create table community.conversation (
  id               bigint generated always as identity primary key,
  starter_id       uuid not null references community.member,
  other_id         uuid not null references community.member,
  state            text not null default 'requested' check (state in ('requested', 'open', 'refused')),
  starter_read_at  timestamptz not null default now(),
  other_read_at    timestamptz,
  created_at       timestamptz not null default now(),
  active_at        timestamptz not null default now(),
  check (starter_id <> other_id)
);
create unique index conversation_of_two on community.conversation (least(starter_id, other_id), greatest(starter_id, other_id));
create index conversation_by_starter on community.conversation (starter_id, active_at desc);
create index conversation_by_other on community.conversation (other_id, active_at desc);
comment on table community.conversation is 'Private messages between two members. The first is a request: nothing more is said before the other accepts it.';

create table community.message (
  id              bigint generated always as identity primary key,
  conversation_id bigint not null references community.conversation on delete cascade,
  author_id       uuid not null references community.member,
  markdown        text not null check (length(markdown) <= 10000),
  html            text not null,
  at              timestamptz not null default now(),
  emptied_at      timestamptz,
  check ((emptied_at is null) = (markdown <> ''))
);
create index message_by_conversation on community.message (conversation_id, id desc);
create index message_by_author on community.message (author_id);
comment on table community.message is 'What two members said to each other. Who leaves takes their words along: the row stays, empty.';

create table community.consent (
  id        bigint generated always as identity primary key,
  member_id uuid not null references community.member on delete cascade,
  kind      text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  is_given  boolean not null,
  at        timestamptz not null default now()
);
create index consent_by_member on community.consent (member_id, kind, id desc);
comment on table community.consent is 'What members agreed to and withdrew, when. The newest of a kind counts; none means as the code has it.';
