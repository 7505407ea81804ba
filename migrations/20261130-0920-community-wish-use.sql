create table community.wish_use (
  wish_id     bigint not null references community.wish on delete cascade,
  member_id   uuid not null references community.member,
  evidence    text not null check (length(evidence) between 5 and 2000),
  verified_by uuid not null references community.member,
  at          timestamptz not null default now(),
  primary key (wish_id, member_id)
);
create index wish_use_by_member on community.wish_use (member_id);
comment on table community.wish_use is 'Staff saw that a member really uses what a wish is about, and what shows it: their vote for it weighs more.';

alter table community.organisation
  add size text not null default '' check (size in ('', '1-49', '50-249', '250-999', '1000-4999', '5000+'));
comment on column community.organisation.size is 'How many people work there, in bands, as its managers say; empty while they do not.';
alter table community.organisation_revision
  add size text not null default '' check (size in ('', '1-49', '50-249', '250-999', '1000-4999', '5000+'));
