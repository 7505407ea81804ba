create table fleet.alert_rule (
  id              uuid primary key default gen_random_uuid(),
  org_id          uuid not null references identity.organisation,
  name            text not null check (length(name) between 1 and 100),
  expression      text not null check (length(expression) between 1 and 4000),
  for_seconds     integer not null default 60 check (for_seconds between 0 and 604800),
  severity        text not null check (severity in ('critical', 'warning', 'info')),
  meaning         text not null default '' check (length(meaning) <= 4000),
  next_step       text not null default '' check (length(next_step) <= 4000),
  enabled         boolean not null default true,
  created_by_name text not null,
  created_at      timestamptz not null default now(),
  unique (org_id, name)
);
comment on table fleet.alert_rule is 'Rules that people wrote; the shipped ones are code.';
comment on column fleet.alert_rule.expression is 'MetricsQL; true wherever it has a value. The store itself shows it nothing but its organisation''s series.';

create table fleet.alert_choice (
  org_id      uuid not null references identity.organisation,
  rule        text not null check (length(rule) <= 60),
  enabled     boolean not null default true,
  severity    text check (severity in ('critical', 'warning', 'info')),
  threshold   double precision,
  for_seconds integer check (for_seconds between 0 and 604800),
  primary key (org_id, rule)
);
comment on table fleet.alert_choice is 'What an organisation wants otherwise of a shipped rule; null is as shipped.';

create table fleet.alert (
  id                   uuid primary key default gen_random_uuid(),
  org_id               uuid not null references identity.organisation,
  rule                 text not null check (length(rule) <= 60),
  severity             text not null check (severity in ('critical', 'warning', 'info')),
  fingerprint          text not null check (length(fingerprint) = 64),
  source               text not null check (source in ('engine', 'elepherd')),
  labels               jsonb not null,
  summary              jsonb not null,
  value                double precision,
  host_id              uuid references fleet.host,
  cluster_id           uuid references fleet.cluster,
  started_at           timestamptz not null default now(),
  last_seen_at         timestamptz not null default now(),
  acknowledged_at      timestamptz,
  acknowledged_by_name text,
  resolved_at          timestamptz,
  told_step            smallint not null default -1,
  told_at              timestamptz,
  told_end             boolean not null default false
);
create unique index alert_open on fleet.alert (org_id, fingerprint) where resolved_at is null;
create index alert_by_org on fleet.alert (org_id, started_at desc, id desc);
create index alert_by_cluster on fleet.alert (cluster_id, started_at desc) where cluster_id is not null;
create index alert_by_host on fleet.alert (host_id, started_at desc) where host_id is not null;
create index alert_to_tell on fleet.alert (org_id) where resolved_at is null or not told_end;
comment on table fleet.alert is 'Something that is wrong, or was: from the first word of it until it is over. The same trouble later is another row.';
comment on column fleet.alert.rule is 'Key of a shipped rule, or id of a row of alert_rule.';
comment on column fleet.alert.fingerprint is 'Hash of rule and labels: what makes two words of it one alert.';
comment on column fleet.alert.source is 'engine = judged by vmalert over series; elepherd = said by a row of ours, which also ends it.';
comment on column fleet.alert.told_step is 'The last step of the policy that was told of it; -1 before anybody was.';
comment on column fleet.alert.told_end is 'Whether those who were told of it also heard that it is over, or nobody has to.';

create table fleet.alert_event (
  id       bigint generated always as identity primary key,
  alert_id uuid not null references fleet.alert on delete cascade,
  at       timestamptz not null default clock_timestamp(),
  kind     text not null check (kind in ('fired', 'acknowledged', 'told', 'resolved', 'severity')),
  by_name  text,
  text     jsonb not null
);
create index alert_event_by_alert on fleet.alert_event (alert_id, id);
comment on table fleet.alert_event is 'What happened to an alert, in order.';

create table fleet.alert_channel (
  id         uuid primary key default gen_random_uuid(),
  org_id     uuid not null references identity.organisation,
  name       text not null check (length(name) between 1 and 100),
  kind       text not null check (kind in ('mail', 'webhook', 'dingtalk', 'wecom', 'feishu')),
  recipients text[] not null default '{}',
  secrets    bytea,
  shown_host text,
  severity   text not null default 'info' check (severity in ('critical', 'warning', 'info')),
  language   text not null default 'en' check (language in ('en', 'zh-CN')),
  enabled    boolean not null default true,
  created_at timestamptz not null default now(),
  unique (org_id, name)
);
comment on table fleet.alert_channel is 'A way by which people hear of alerts.';
comment on column fleet.alert_channel.secrets is 'Address with its token, and the key that signs, sealed.';
comment on column fleet.alert_channel.shown_host is 'The host of the address: what of it may be shown.';
comment on column fleet.alert_channel.severity is 'The least severity that it carries.';

create table fleet.alert_delivery (
  id         uuid primary key default gen_random_uuid(),
  org_id     uuid not null references identity.organisation,
  channel_id uuid not null references fleet.alert_channel on delete cascade,
  kind       text not null check (kind in ('news', 'test')),
  message    jsonb not null,
  state      text not null default 'queued' check (state in ('queued', 'sent', 'dead')),
  attempts   integer not null default 0,
  last_error text check (length(last_error) <= 1000),
  created_at timestamptz not null default now(),
  ended_at   timestamptz
);
create index alert_delivery_by_channel on fleet.alert_delivery (channel_id, created_at desc);
comment on table fleet.alert_delivery is 'One message on its way over a channel; dead = given up.';

create table fleet.alert_silence (
  id              uuid primary key default gen_random_uuid(),
  org_id          uuid not null references identity.organisation,
  reason          text not null check (length(reason) between 1 and 500),
  rule            text check (length(rule) <= 60),
  host_id         uuid references fleet.host,
  cluster_id      uuid references fleet.cluster,
  starts_at       timestamptz not null,
  ends_at         timestamptz,
  repeats         jsonb,
  created_by_name text not null,
  created_at      timestamptz not null default now(),
  check (ends_at is not null or repeats is not null)
);
create index alert_silence_by_org on fleet.alert_silence (org_id, created_at desc);
comment on table fleet.alert_silence is 'Alerts that nobody is told of for a time; they are still rows. With repeats a maintenance window that comes again.';
comment on column fleet.alert_silence.repeats is 'Weekdays, local time, length and time zone of a window that comes again.';

create table fleet.on_call_rota (
  id         uuid primary key default gen_random_uuid(),
  org_id     uuid not null references identity.organisation,
  name       text not null check (length(name) between 1 and 100),
  time_zone  text not null check (length(time_zone) <= 64),
  hand_over  text not null check (hand_over ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  turn_days  smallint not null check (turn_days between 1 and 28),
  starts_on  date not null,
  people     uuid[] not null check (cardinality(people) between 1 and 50),
  created_at timestamptz not null default now(),
  unique (org_id, name)
);
comment on table fleet.on_call_rota is 'Who is on call in turn; hands over at a local time, whatever the clocks do in between.';

create table fleet.on_call_override (
  id              uuid primary key default gen_random_uuid(),
  rota_id         uuid not null references fleet.on_call_rota on delete cascade,
  account_id      uuid not null references identity.account on delete cascade,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null,
  created_by_name text not null,
  created_at      timestamptz not null default now(),
  check (starts_at < ends_at)
);
create index on_call_override_by_rota on fleet.on_call_override (rota_id, ends_at);
comment on table fleet.on_call_override is 'Somebody stands in; the one made last wins.';

create table fleet.alert_policy (
  org_id uuid primary key references identity.organisation,
  steps  jsonb not null
);
comment on table fleet.alert_policy is 'Who is told at once, and who when nobody has acknowledged after so many minutes.';

create table fleet.alert_engine (
  only_row     boolean primary key default true check (only_row),
  last_seen_at timestamptz not null default now()
);
comment on table fleet.alert_engine is 'When the judge of series last said that it lives: an end that nobody said is believed only while it does.';
