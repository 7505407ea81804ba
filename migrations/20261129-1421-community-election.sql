create table community.election (
  id             bigint generated always as identity primary key,
  title          text not null check (length(title) between 1 and 200),
  about_markdown text not null default '' check (length(about_markdown) <= 20000),
  about_html     text not null default '',
  method         text not null check (method in ('approval', 'score', 'stv')),
  seats          integer not null check (seats between 1 and 50),
  max_score      integer not null default 5 check (max_score between 1 and 100),
  committee_id   uuid references community.committee,
  office         text check (office in ('chair', 'deputy', 'member')),
  term_months    integer check (term_months between 1 and 60),
  joined_days    integer not null default 28 check (joined_days between 0 and 3650),
  min_reputation integer not null default 1 check (min_reputation >= 0),
  called_by      uuid references community.member,
  called_at      timestamptz not null default now(),
  opens_at       timestamptz not null,
  closes_at      timestamptz not null check (closes_at > opens_at),
  eligible       integer not null default 0,
  ballot_key     bytea,
  mixed_at       timestamptz,
  counted_at     timestamptz,
  unfinished     integer not null default 0,
  tally          jsonb,
  cancelled_at   timestamptz,
  seated_at      timestamptz,
  check (num_nonnulls(committee_id, office, term_months) in (0, 3)),
  check ((counted_at is null) = (tally is null)),
  check (counted_at is null or ballot_key is null)
);
create index election_by_time on community.election (opens_at desc, id desc);
create index election_open on community.election (closes_at) where counted_at is null and cancelled_at is null;
comment on table community.election is 'An election of the community: called with the list of its voters, then candidates, ballots, count.';
comment on column community.election.ballot_key is 'What opens the ballots, sealed by the vault of this home; gone once they are counted.';
comment on column community.election.joined_days is 'How long a member must have been one when the election was called.';
comment on column community.election.unfinished is 'Voters who were marked and whose ballot never arrived.';

create table community.election_candidate (
  id          bigint generated always as identity primary key,
  election_id bigint not null references community.election on delete cascade,
  member_id   uuid not null references community.member,
  markdown    text not null default '' check (length(markdown) <= 20000),
  html        text not null default '',
  at          timestamptz not null default now(),
  unique (election_id, member_id)
);
create index election_candidate_by_member on community.election_candidate (member_id);
comment on table community.election_candidate is 'Who stands in an election, in the order of the ballot.';

create table community.election_voter (
  election_id bigint not null references community.election on delete cascade,
  member_id   uuid not null references community.member,
  has_voted   boolean not null default false,
  primary key (election_id, member_id)
);
create index election_voter_by_member on community.election_voter (member_id);
comment on table community.election_voter is 'Who may vote, as it was when the election was called, and who has. Nothing here leads to a ballot: no time, no number, no order.';

create table community.election_token (
  election_id bigint not null references community.election on delete cascade,
  hash        bytea not null check (length(hash) = 32),
  primary key (election_id, hash)
);
comment on table community.election_token is 'Between the mark on the list and the ballot in the box: what lets exactly one ballot in. Made with the key of the ballots, so that nobody without it tells whose it is; gone with the ballot.';

create table community.election_ballot (
  election_id bigint not null references community.election on delete cascade,
  id          bytea not null check (length(id) = 32),
  sealed      bytea not null,
  primary key (election_id, id)
);
comment on table community.election_ballot is 'Ballots in the box, sealed and all of one length, until they are counted; under the hash of the receipt. Mixed together with the list of voters again and again.';

create table community.election_paper (
  election_id bigint not null references community.election on delete cascade,
  receipt     text not null check (receipt ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
  marks       integer[] not null check (cardinality(marks) <= 100),
  primary key (election_id, receipt)
);
comment on table community.election_paper is 'Ballots as they were counted and published, in the order of their receipts.';
