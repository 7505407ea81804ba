create table community.wish (
  id              bigint generated always as identity primary key,
  author_id       uuid not null references community.member,
  state           text not null default 'open'
                  check (state in ('pending', 'open', 'planned', 'started', 'delivered', 'declined', 'duplicate')),
  locale          text not null check (locale in ('en', 'zh-CN')),
  is_private      boolean not null default false,
  hides_details   boolean not null default false,
  title           text not null check (length(title) between 5 and 200),
  slug            text not null default '' check (length(slug) <= 120),
  industry        text not null check (length(industry) <= 40),
  capability      text not null check (length(capability) between 10 and 4000),
  problem         text not null check (length(problem) between 10 and 4000),
  company         text not null default '' check (length(company) <= 200),
  database_size   text not null default '' check (length(database_size) <= 200),
  business_logic  text not null default '' check (length(business_logic) <= 4000),
  business_pains  text not null default '' check (length(business_pains) <= 4000),
  database_pains  text not null default '' check (length(database_pains) <= 4000),
  votes           integer not null default 0 check (votes >= 0),
  must_votes      integer not null default 0 check (must_votes between 0 and votes),
  weight          integer not null default 0 check (weight >= 0),
  duplicate_of    bigint references community.wish,
  excellent_at    timestamptz,
  excellent_by    uuid references community.member,
  created_at      timestamptz not null default now(),
  state_since     timestamptz not null default now(),
  check ((state = 'duplicate') = (duplicate_of is not null))
);
create index wish_by_votes on community.wish (votes desc, id desc) where not is_private;
create index wish_by_weight on community.wish (weight desc, id desc) where not is_private;
create index wish_newest on community.wish (id desc) where not is_private;
create index wish_by_state on community.wish (state, state_since desc, id desc);
create index wish_by_author on community.wish (author_id, id desc);
create index wish_by_title on community.wish using gin (title gin_trgm_ops) where not is_private;
comment on table community.wish is 'What somebody needs PostgreSQL, or a product around it, to do. A private one is seen by its author, the organisations it names and those who look after wishes.';
comment on column community.wish.hides_details is 'The optional fields of a public wish are seen only by those who would see a private one.';
comment on column community.wish.weight is 'The sum of its votes'' weights, in hundredths.';

create table community.wish_vendor (
  wish_id         bigint not null references community.wish on delete cascade,
  organisation_id uuid not null references community.organisation,
  primary key (wish_id, organisation_id)
);
create index wish_vendor_by_organisation on community.wish_vendor (organisation_id, wish_id);
comment on table community.wish_vendor is 'The organisations that a wish is addressed to; their managers see a private one.';

create table community.wish_vote (
  wish_id   bigint not null references community.wish on delete cascade,
  member_id uuid not null references community.member,
  strength  text not null check (strength in ('must', 'nice')),
  weight    integer not null check (weight > 0),
  at        timestamptz not null default now(),
  primary key (wish_id, member_id)
);
create index wish_vote_by_member on community.wish_vote (member_id, wish_id);
comment on table community.wish_vote is 'One vote a member and wish. How many a member may have on wishes that are not closed depends on the trust level.';
comment on column community.wish_vote.weight is 'What it weighed when it was cast, in hundredths.';

create table community.wish_proxy_vote (
  id          bigint generated always as identity primary key,
  wish_id     bigint not null references community.wish on delete cascade,
  recorded_by uuid not null references community.member,
  customer    text not null check (length(customer) between 1 and 200),
  evidence    text not null check (length(evidence) between 5 and 2000),
  strength    text not null check (strength in ('must', 'nice')),
  weight      integer not null check (weight > 0),
  at          timestamptz not null default now()
);
create unique index wish_proxy_vote_once on community.wish_proxy_vote (wish_id, lower(customer));
comment on table community.wish_proxy_vote is 'A vote that staff recorded for a customer, with what shows that it was wished; marked so wherever it counts.';

create function community.count_wish_vote() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    update community.wish set votes = votes - 1, must_votes = must_votes - (old.strength = 'must')::int,
      weight = weight - old.weight where id = old.wish_id;
  end if;
  if tg_op <> 'DELETE' then
    update community.wish set votes = votes + 1, must_votes = must_votes + (new.strength = 'must')::int,
      weight = weight + new.weight where id = new.wish_id;
  end if;
  return null;
end $$;
comment on function community.count_wish_vote is 'Keeps the sums of a wish what its votes are, whoever changes them: a vote, a merge, its undoing.';
create trigger wish_vote_counted after insert or update of wish_id, strength, weight or delete on community.wish_vote
  for each row execute function community.count_wish_vote();
create trigger wish_proxy_vote_counted after insert or update of wish_id, strength, weight or delete on community.wish_proxy_vote
  for each row execute function community.count_wish_vote();

create table community.wish_change (
  id         bigint generated always as identity primary key,
  wish_id    bigint not null references community.wish on delete cascade,
  from_state text not null,
  to_state   text not null,
  member_id  uuid references community.member,
  note       text not null default '' check (length(note) <= 2000),
  at         timestamptz not null default now()
);
create index wish_change_by_wish on community.wish_change (wish_id, id);
comment on table community.wish_change is 'Each state that a wish entered, when, and by whom; none for what happened by itself.';
create trigger wish_change_append_only before update on community.wish_change
  for each statement execute function platform.refuse_change();

create table community.wish_claim (
  id              bigint generated always as identity primary key,
  wish_id         bigint not null references community.wish on delete cascade,
  organisation_id uuid not null references community.organisation,
  claimed_by      uuid not null references community.member,
  due_on          date not null,
  note            text not null default '' check (length(note) <= 1000),
  claimed_at      timestamptz not null default now(),
  delivered_on    date,
  withdrawn_at    timestamptz,
  unique (wish_id, organisation_id),
  check (delivered_on is null or withdrawn_at is null)
);
create index wish_claim_by_organisation on community.wish_claim (organisation_id, due_on);
comment on table community.wish_claim is 'An organisation''s word that it delivers a wish by a day. Whether it was kept follows from the days.';

create table community.wish_delivery (
  wish_id         bigint primary key references community.wish on delete cascade,
  kind            text not null check (kind in ('postgresql', 'product', 'extension')),
  title           text not null check (length(title) between 1 and 200),
  url             text not null check (length(url) <= 500),
  pg_major        integer check (pg_major between 9 and 99),
  organisation_id uuid references community.organisation,
  entered_by      uuid not null references community.member,
  at              timestamptz not null default now(),
  check ((kind = 'postgresql') = (pg_major is not null))
);
comment on table community.wish_delivery is 'What delivers a wish. One that comes with a version of PostgreSQL is delivered on the day of its release.';
