alter table community.member
  add column silenced_until    timestamptz,
  add column silenced_reason   text check (length(silenced_reason) <= 2000),
  add column trust_locked      boolean not null default false,
  add column trust_grace_until timestamptz;
comment on column community.member.suspended_until is 'Until then the member may only read.';
comment on column community.member.silenced_until is 'Until then the member publishes nothing, but may vote, flag and change the own profile.';
comment on column community.member.trust_locked is 'Staff set the level by hand: the rules leave it alone.';
comment on column community.member.trust_grace_until is 'The level no longer has what it needs; it is lowered when that is still so at this time.';

create index post_pending on community.post (created_at, id) where state = 'pending';
create index comment_pending on community.comment (created_at, id) where state = 'pending';

create table community.writing_pace (
  member_id    uuid primary key references community.member on delete cascade,
  day_began_at timestamptz not null,
  topics       integer not null default 0,
  replies      integer not null default 0,
  messages     integer not null default 0,
  edits        integer not null default 0,
  flags        integer not null default 0,
  topics_at    timestamptz,
  replies_at   timestamptz,
  messages_at  timestamptz,
  edits_at     timestamptz,
  flags_at     timestamptz,
  text_hash    bytea
) with (fillfactor = 70);
comment on table community.writing_pace is 'How much a member wrote in the day that began with the first writing, and when last: what limits of pace are judged by.';
comment on column community.writing_pace.text_hash is 'Of the last text, so that the same one is not sent twice.';

create table community.moderation_rule (
  id         bigint generated always as identity primary key,
  kind       text not null check (kind in ('word', 'domain')),
  pattern    text not null check (length(pattern) between 1 and 200),
  effect     text not null check (effect in ('allow', 'hold', 'refuse')),
  note       text not null default '' check (length(note) <= 500),
  created_by uuid references community.member,
  created_at timestamptz not null default now(),
  unique (kind, pattern)
);
comment on table community.moderation_rule is 'Words and linked domains that staff decided about: let through, held for review, or refused.';

create table community.declined_text (
  hash bytea primary key,
  at   timestamptz not null default now()
);
comment on table community.declined_text is 'Hashes of texts that were declined as spam: the same text from somebody else waits for review.';

create table community.flag (
  id         bigint generated always as identity primary key,
  post_id    bigint references community.post on delete cascade,
  comment_id bigint references community.comment on delete cascade,
  profile_id uuid references community.member on delete cascade,
  author_id  uuid not null references community.member,
  member_id  uuid not null references community.member,
  kind       text not null check (kind in ('spam', 'off-topic', 'rude', 'wrong', 'copyright', 'other')),
  note       text not null default '' check (length(note) <= 2000),
  weight     integer not null check (weight between 1 and 100),
  state      text not null default 'open' check (state in ('open', 'agreed', 'declined', 'withdrawn')),
  at         timestamptz not null default now(),
  decided_at timestamptz,
  check (num_nonnulls(post_id, comment_id, profile_id) = 1),
  check ((decided_at is null) = (state = 'open'))
);
create unique index flag_of_post on community.flag (post_id, member_id) where state <> 'withdrawn';
create unique index flag_of_comment on community.flag (comment_id, member_id) where state <> 'withdrawn';
create unique index flag_of_profile on community.flag (profile_id, member_id) where state <> 'withdrawn';
create index flag_open on community.flag (at, id) where state = 'open';
create index flag_by_author on community.flag (author_id, at desc);
create index flag_by_member on community.flag (member_id, at desc);
comment on table community.flag is 'What members say is not as it should be. Each says it once of one thing.';
comment on column community.flag.author_id is 'Who wrote what is flagged.';
comment on column community.flag.weight is 'How much it counts, in tenths of a flag: by trust, and by how often the flagger was right.';

create table community.moderation_action (
  id         bigint generated always as identity primary key,
  kind       text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  actor_id   uuid references community.member,
  member_id  uuid references community.member,
  post_id    bigint references community.post on delete set null,
  comment_id bigint references community.comment on delete set null,
  reason     text not null default '' check (length(reason) <= 2000),
  before     jsonb not null default '{}',
  undoes     bigint unique references community.moderation_action,
  at         timestamptz not null default now()
);
create index moderation_action_by_member on community.moderation_action (member_id, id desc);
create index moderation_action_by_post on community.moderation_action (post_id) where post_id is not null;
create index moderation_action_by_comment on community.moderation_action (comment_id) where comment_id is not null;
comment on table community.moderation_action is 'What was done to writings and members, by whom and why, and what was before: each can be undone once.';
comment on column community.moderation_action.actor_id is 'Who did it; null for the rules themselves.';
comment on column community.moderation_action.member_id is 'Whom it was done to: who may appeal.';
comment on column community.moderation_action.before is 'What an undo brings back.';

create table community.review_vote (
  subject     text not null check (subject ~ '^(post|comment|edit):[0-9]+$'),
  reviewer_id uuid not null references community.member,
  verdict     text not null check (verdict in ('approve', 'decline')),
  note        text not null default '' check (length(note) <= 2000),
  at          timestamptz not null default now(),
  primary key (subject, reviewer_id)
);
comment on table community.review_vote is 'Verdicts on what still waits, where it takes more than one reviewer; gone once it is decided.';

create table community.appeal (
  id         bigint generated always as identity primary key,
  action_id  bigint not null unique references community.moderation_action,
  member_id  uuid not null references community.member,
  words      text not null check (length(words) between 1 and 4000),
  state      text not null default 'open' check (state in ('open', 'granted', 'denied')),
  at         timestamptz not null default now(),
  due_at     timestamptz not null,
  decided_by uuid references community.member,
  decided_at timestamptz,
  answer     text not null default '' check (length(answer) <= 4000),
  check ((decided_at is null) = (state = 'open'))
);
create index appeal_open on community.appeal (due_at) where state = 'open';
create index appeal_by_member on community.appeal (member_id, id desc);
comment on table community.appeal is 'What a member says against an action; somebody else than who acted answers, until a day that was promised.';

create table community.takedown (
  id          bigint generated always as identity primary key,
  post_id     bigint not null references community.post on delete cascade,
  claimant_id uuid not null references community.member,
  work        text not null check (length(work) between 1 and 2000),
  claim       text not null check (length(claim) between 1 and 4000),
  state       text not null default 'open' check (state in ('open', 'answered', 'removed', 'refused', 'withdrawn')),
  at          timestamptz not null default now(),
  due_at      timestamptz not null,
  answer      text check (length(answer) <= 4000),
  answered_at timestamptz,
  action_id   bigint references community.moderation_action,
  decided_by  uuid references community.member,
  decided_at  timestamptz,
  decision    text not null default '' check (length(decision) <= 2000),
  check ((decided_at is null) = (state in ('open', 'answered')))
);
create index takedown_open on community.takedown (due_at) where state in ('open', 'answered');
create unique index takedown_once on community.takedown (post_id, claimant_id) where state in ('open', 'answered');
comment on table community.takedown is 'Claims that a post breaks a copyright. The author answers until a day; without an answer the post goes.';

create table community.trust_change (
  id         bigint generated always as identity primary key,
  member_id  uuid not null references community.member on delete cascade,
  from_level smallint not null,
  to_level   smallint not null,
  by_member  uuid references community.member,
  reason     text not null default '' check (length(reason) <= 2000),
  at         timestamptz not null default now()
);
create index trust_change_by_member on community.trust_change (member_id, id desc);
comment on table community.trust_change is 'How a member''s trust level came to be what it is: by the rules, or by somebody of the staff.';

create table community.notification (
  id         bigint generated always as identity primary key,
  member_id  uuid not null references community.member on delete cascade,
  kind       text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  key        text not null check (length(key) between 1 and 200),
  actor_id   uuid references community.member,
  post_id    bigint references community.post on delete cascade,
  comment_id bigint references community.comment on delete cascade,
  payload    jsonb not null default '{}',
  in_page    boolean not null default true,
  mail       text not null default 'off' check (mail in ('off', 'now', 'digest')),
  mailed_at  timestamptz,
  push       boolean not null default false,
  pushed_at  timestamptz,
  at         timestamptz not null default now(),
  read_at    timestamptz,
  unique (member_id, key)
);
create index notification_by_member on community.notification (member_id, id desc) where in_page;
create index notification_unread on community.notification (member_id) where read_at is null and in_page;
create index notification_to_mail on community.notification (member_id, mail) where mail <> 'off' and mailed_at is null;
create index notification_to_push on community.notification (member_id) where push and pushed_at is null;
comment on table community.notification is 'What a member is told, once for each event; on which ways is decided when it happens.';
comment on column community.notification.key is 'Names the event: the same one never comes twice.';

create table community.notification_preference (
  member_id uuid not null references community.member on delete cascade,
  kind      text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  in_page   boolean not null,
  mail      text not null check (mail in ('off', 'now', 'digest')),
  push      boolean not null,
  primary key (member_id, kind)
);
comment on table community.notification_preference is 'On which ways a member wants to hear of a kind of event; what is not here is as the code has it.';

create table community.notification_setting (
  member_id     uuid primary key references community.member on delete cascade,
  mails         boolean not null default true,
  digest        text not null default 'weekly' check (digest in ('off', 'daily', 'weekly')),
  newsletter    boolean not null default false,
  digest_at     timestamptz,
  newsletter_at timestamptz,
  bounced_at    timestamptz,
  bounce        text check (length(bounce) <= 1000)
);
comment on table community.notification_setting is 'Mails to a member as a whole: all or none, how often the digest, and whether the address takes them.';
comment on column community.notification_setting.newsletter is 'The week''s best, mailed to those who asked for it.';
comment on column community.notification_setting.bounced_at is 'The mail server refused the address for good: nothing more is sent until the member says that it works again.';

create table community.push_subscription (
  id         uuid primary key default gen_random_uuid(),
  member_id  uuid not null references community.member on delete cascade,
  endpoint   text not null unique check (length(endpoint) <= 1000),
  p256dh     bytea not null check (length(p256dh) = 65),
  auth       bytea not null check (length(auth) = 16),
  browser    text not null default '' check (length(browser) <= 200),
  created_at timestamptz not null default now(),
  failures   integer not null default 0
);
create index push_subscription_by_member on community.push_subscription (member_id);
comment on table community.push_subscription is 'Browsers that asked to be told by web push.';

create table community.push_key (
  only_one   boolean primary key default true check (only_one),
  public_key text not null check (length(public_key) <= 200),
  sealed     bytea not null
);
comment on table community.push_key is 'The key by which push services know this Elepherd (RFC 8292), its private half sealed.';
