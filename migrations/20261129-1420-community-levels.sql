create table community.member_level (
  member_id uuid primary key references community.member on delete cascade,
  level     smallint not null check (level between 0 and 20),
  since     timestamptz not null default now(),
  falls_at  timestamptz
);
create index member_level_falling on community.member_level (falls_at) where falls_at is not null;
comment on table community.member_level is 'The level that a member reached, by the order of the setting `levels`.';
comment on column community.member_level.falls_at is 'While what the level takes is missing: when it falls, unless it is there again before.';

create table community.sponsorship (
  id              bigint generated always as identity primary key,
  organisation_id uuid not null references community.organisation,
  year            smallint not null check (year between 2000 and 2100),
  amount_minor    bigint not null check (amount_minor between 1 and 100000000000),
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  counted_minor   bigint not null check (counted_minor between 1 and 1000000000000),
  counted_in      text not null check (counted_in ~ '^[A-Z]{3}$'),
  paid_on         date not null,
  note            text not null default '' check (length(note) <= 200),
  entered_by      uuid references community.member,
  entered_at      timestamptz not null default now(),
  reverses        bigint unique references community.sponsorship
);
create index sponsorship_by_organisation on community.sponsorship (organisation_id, year desc, id desc);
comment on table community.sponsorship is 'What organisations paid as sponsors, for which year: never changed, only reversed.';
comment on column community.sponsorship.counted_minor is 'The amount in the currency in which levels are counted, at the rate of the day of the payment: later rates change nothing.';

create function community.keep_sponsorship() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'organisation_id' - 'entered_by' = to_jsonb(old) - 'organisation_id' - 'entered_by' then
    return new;
  end if;
  raise exception 'payments of sponsors are never changed, only reversed';
end $$;
create trigger sponsorship_kept before update or delete on community.sponsorship
  for each row execute function community.keep_sponsorship();
