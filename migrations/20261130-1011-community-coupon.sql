create table community.coupon (
  id            uuid primary key default gen_random_uuid(),
  member_id     uuid not null references community.member,
  cause         text not null check (length(cause) <= 40),
  cause_key     text not null check (length(cause_key) <= 100),
  worth         integer not null check (worth between 1 and 10000000),
  state         text not null default 'open' check (state in ('open', 'used', 'withdrawn')),
  redemption_id uuid unique references community.redemption,
  given_at      timestamptz not null default now(),
  check ((state = 'used') = (redemption_id is not null)),
  unique (cause, cause_key)
);
create index coupon_by_member on community.coupon (member_id, given_at desc);
comment on table community.coupon is 'What pays for goods of the shop in place of so many points, once. Used, it stands in the ledger of points beside what was redeemed.';
