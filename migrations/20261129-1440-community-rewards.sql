create table community.reward (
  id          bigint generated always as identity primary key,
  kind        text not null check (kind in ('goods', 'digital')),
  name        jsonb not null,
  about       jsonb not null,
  price       integer not null check (price between 1 and 10000000),
  stock       integer not null check (stock between 0 and 1000000),
  value_minor bigint not null check (value_minor between 0 and 100000000000),
  currency    text not null check (currency ~ '^[A-Z]{3}$'),
  is_listed   boolean not null default true,
  created_by  uuid references community.member,
  created_at  timestamptz not null default now()
);
comment on table community.reward is 'What points can be redeemed for. Stock is what is left: it goes with each redemption, in its transaction.';
comment on column community.reward.value_minor is 'What one is worth, for the tax of who gets it.';

create table community.redemption (
  id             uuid primary key default gen_random_uuid(),
  reward_id      bigint not null references community.reward,
  member_id      uuid not null references community.member,
  state          text not null default 'ordered' check (state in ('ordered', 'sent', 'delivered', 'cancelled')),
  price          integer not null check (price > 0),
  value_minor    bigint not null,
  currency       text not null,
  is_taxable     boolean not null,
  address_sealed bytea,
  note           text not null default '' check (length(note) <= 500),
  ordered_at     timestamptz not null default now(),
  sent_at        timestamptz,
  ended_at       timestamptz,
  handled_by     uuid references community.member,
  check ((state in ('delivered', 'cancelled')) = (ended_at is not null)),
  check (ended_at is null or address_sealed is null)
);
create index redemption_by_member on community.redemption (member_id, ordered_at desc);
create index redemption_open on community.redemption (ordered_at) where ended_at is null;
create index redemption_by_reward on community.redemption (reward_id);
create index redemption_taxable on community.redemption (ordered_at desc) where is_taxable;
comment on table community.redemption is 'What members redeemed their points for. The row stays for good, for the tax; the address goes as soon as it is delivered or cancelled.';
comment on column community.redemption.address_sealed is 'Where to send it, sealed by the vault; the database itself refuses to keep one after the end.';
comment on column community.redemption.is_taxable is 'Goods worth more than the threshold of the day: their tax is to be handled.';
