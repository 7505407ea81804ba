create table community.mvp_round (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in ('yearly', 'lifetime')),
  year            smallint not null check (year between 2000 and 2100),
  winners         smallint not null check (winners between 1 and 100),
  nominate_until  timestamptz not null,
  score_until     timestamptz not null check (score_until > nominate_until),
  published_at    timestamptz,
  created_by      uuid references community.member,
  created_at      timestamptz not null default now(),
  unique (kind, year)
);
comment on table community.mvp_round is 'A round in which the most valuable members are chosen: of a year, or for a lifetime. Nominated until one moment, scored by the jury until another, then published.';

create table community.mvp_juror (
  round_id  bigint not null references community.mvp_round on delete cascade,
  member_id uuid not null references community.member,
  primary key (round_id, member_id)
);
create index mvp_juror_by_member on community.mvp_juror (member_id);
comment on table community.mvp_juror is 'Who scores the nominees of a round. Nobody is juror and nominee of one round.';

create table community.mvp_nominee (
  id             bigint generated always as identity primary key,
  round_id       bigint not null references community.mvp_round on delete cascade,
  member_id      uuid not null references community.member,
  nominated_by   uuid not null references community.member,
  reason         text not null check (length(reason) between 1 and 2000),
  at             timestamptz not null default now(),
  dossier        jsonb,
  mean           numeric(6, 3),
  place          smallint check (place > 0),
  is_winner      boolean not null default false,
  revoked_at     timestamptz,
  revoked_reason text check (length(revoked_reason) between 1 and 500),
  unique (round_id, member_id),
  check ((revoked_at is null) = (revoked_reason is null)),
  check (revoked_at is null or is_winner)
);
create index mvp_nominee_by_member on community.mvp_nominee (member_id);
create index mvp_nominee_by_nominator on community.mvp_nominee (nominated_by);
comment on table community.mvp_nominee is 'Who was nominated for a round, by whom and why; published with what their rows said then, the mean of the jury and their place.';
comment on column community.mvp_nominee.revoked_reason is 'The resolution by which an award was taken back.';

create table community.mvp_score (
  nominee_id bigint not null references community.mvp_nominee on delete cascade,
  juror_id   uuid not null references community.member,
  points     smallint not null check (points between 0 and 100),
  note       text not null default '' check (length(note) <= 1000),
  at         timestamptz not null default now(),
  primary key (nominee_id, juror_id)
);
create index mvp_score_by_juror on community.mvp_score (juror_id);
comment on table community.mvp_score is 'What a juror thinks of a nominee, from 0 to 100; known to that juror alone.';
