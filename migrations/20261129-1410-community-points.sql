alter table community.member add points integer not null default 0;
comment on column community.member.reputation is 'What the member''s point entries sum to as growth, kept with them in one transaction.';
comment on column community.member.points is 'What the member''s point entries sum to as spendable, kept with them in one transaction. Less than nothing when what earned it went after it was spent.';

create table community.point_rule (
  id         bigint generated always as identity primary key,
  cause      text not null check (cause ~ '^[a-z][a-z-]{1,39}$'),
  version    integer not null check (version > 0),
  growth     integer not null check (growth between -1000 and 1000),
  spendable  integer not null check (spendable between -1000 and 1000),
  daily_cap  integer check (daily_cap between 0 and 1000000),
  actor_cap  integer check (actor_cap between 1 and 1000),
  valid      tstzrange not null default tstzrange(now(), null) check (not isempty(valid) and not lower_inf(valid)),
  changed_by uuid references community.member,
  unique (cause, version),
  exclude using gist (cause with =, valid with &&),
  check (daily_cap is null or (growth >= 0 and spendable >= 0))
);
create index point_rule_by_changer on community.point_rule (changed_by) where changed_by is not null;
comment on table community.point_rule is 'What a cause brings, from one moment to another. A change ends a row and begins the next: what was given is still explained by the row of its time.';
comment on column community.point_rule.daily_cap is 'What one cause brings a member on a day in UTC at most, in each of the two balances.';
comment on column community.point_rule.actor_cap is 'How often on a day what one and the same person does brings a member something.';

insert into community.point_rule (cause, version, growth, spendable, daily_cap, actor_cap, valid)
select cause, 1, amount, amount, daily_cap, actor_cap, tstzrange('2000-01-01 00:00+00', null)
from (select coalesce((select value from community.setting where name = 'reputation'), '{}'::jsonb) as set) s,
  lateral (values
    ('article', 10, 50, null::integer),
    ('featured', 50, null, null),
    ('up-vote', coalesce((set ->> 'upVote')::integer, 10), coalesce((set ->> 'dailyCap')::integer, 200), 6),
    ('down-vote', coalesce((set ->> 'downVote')::integer, -2), null, null),
    ('down-voting', coalesce((set ->> 'downVoting')::integer, -1), null, null),
    ('accepted', coalesce((set ->> 'accepted')::integer, 15), null, null),
    ('accepting', coalesce((set ->> 'accepting')::integer, 2), null, null),
    ('suggested-edit', 2, 20, null)
  ) as rule (cause, amount, daily_cap, actor_cap);
delete from community.setting where name = 'reputation';

create table community.point_entry (
  id         bigint generated always as identity primary key,
  member_id  uuid not null references community.member,
  contra     text not null check (contra in ('mint', 'bounties', 'shop')),
  growth     integer not null,
  spendable  integer not null,
  cause      text not null check (cause ~ '^[a-z][a-z-]{1,39}$'),
  cause_key  text collate "C" not null check (length(cause_key) between 1 and 100),
  life       integer not null default 0 check (life >= 0),
  rule_id    bigint references community.point_rule,
  actor_id   uuid references community.member,
  post_id    bigint references community.post,
  reverses   bigint unique references community.point_entry,
  again_of   bigint references community.point_entry,
  because    text check (because in ('post-hidden')),
  at         timestamptz not null default now(),
  check (contra = 'mint' or growth = 0),
  check (contra = 'mint' or rule_id is null),
  check (because is null or reverses is not null),
  check (reverses is null or again_of is null)
);
comment on table community.point_entry is 'The ledger of points, append-only and double entry: what a member gets, the account named by contra gives, and the other way round, so that no row can be out of balance. What no longer holds is reversed by an entry of its own.';
comment on column community.point_entry.contra is 'Where points come from and go to: mint makes and unmakes them, bounties holds what is offered, shop takes what rewards cost.';
comment on column community.point_entry.growth is 'What the entry changes of the reputation; only what the mint gives or takes does.';
comment on column community.point_entry.cause_key is 'Names the cause within its kind, such as 512:anna''s id for a vote: the same cause counts once, unless it was reversed in between.';
comment on column community.point_entry.life is 'How often the cause had come and gone before.';
comment on column community.point_entry.actor_id is 'Who did what brought it: the voter, who accepted.';
comment on column community.point_entry.again_of is 'The entry that counts again by this one, after its post came back or its member was merged: with the same amounts, whatever the rules say by now.';
comment on column community.point_entry.because is 'Of a reversal: post-hidden when it goes back as soon as the post is shown again.';

insert into community.point_entry (id, member_id, contra, growth, spendable, cause, cause_key, life, rule_id, post_id, reverses, at)
overriding system value
select e.id, e.member_id, case when e.cause in ('bounty-offered', 'bounty-won') then 'bounties' else 'mint' end,
  case when e.cause in ('bounty-offered', 'bounty-won') then 0 else e.amount end, e.amount, e.cause,
  regexp_replace(e.cause_key, '#[0-9]+$', ''), coalesce(substring(e.cause_key from '#([0-9]+)$')::integer, 0),
  null, e.post_id, e.reverses, e.at
from community.reputation_entry e order by e.id;
select setval(pg_get_serial_sequence('community.point_entry', 'id'), coalesce(max(id), 1), count(*) > 0)
from community.point_entry;

create unique index point_entry_once on community.point_entry (member_id, cause, cause_key, life) where reverses is null;
create index point_entry_by_member on community.point_entry (member_id, id desc);
create index point_entry_by_cause on community.point_entry (member_id, cause, at);
create index point_entry_by_post on community.point_entry (post_id) where post_id is not null;
create index point_entry_by_time on community.point_entry (at);
create index point_entry_by_actor on community.point_entry (actor_id, at) where actor_id is not null;
create index point_entry_again on community.point_entry (again_of) where again_of is not null;

create trigger point_entry_append_only before update or delete or truncate on community.point_entry
  for each statement execute function platform.refuse_change();
drop table community.reputation_entry;

-- Bounties no longer lower a reputation: it is what was earned.
update community.member m set reputation = m.reputation + s.growth - s.spendable, points = m.reputation
from (select member_id, sum(growth) as growth, sum(spendable) as spendable from community.point_entry group by member_id) s
where m.id = s.member_id;

update community.merge_change set table_name = 'point_entry', rows = (
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'enteredId', j -> 'enteredId') order by e.id), '[]'::jsonb)
  from jsonb_array_elements(rows) j join community.point_entry e on e.member_id = (j ->> 'memberId')::uuid
    and e.cause = j ->> 'cause' and e.cause_key = j ->> 'key' and e.reverses is null
    and exists (select from community.point_entry r where r.reverses = e.id)
    and not exists (select from community.point_entry l where l.member_id = e.member_id and l.cause = e.cause
      and l.cause_key = e.cause_key and l.life > e.life and l.reverses is null))
where table_name = 'reputation_entry';

comment on table community.bounty is 'Points that a member set aside for the best answer to a question: taken when it is offered, given to an answer or back when it ends.';
