create table community.offering_release (
  id          bigint generated always as identity primary key,
  offering_id bigint not null references community.offering on delete cascade,
  version     text not null check (length(version) between 1 and 40),
  released_on date not null,
  url         text not null default '' check (length(url) <= 500),
  entered_by  uuid not null references community.member,
  at          timestamptz not null default now()
);
create unique index offering_release_once on community.offering_release (offering_id, lower(version));
comment on table community.offering_release is 'A version of a product, and the day on which it is out, as managers of its organisation say.';

alter table community.wish_delivery
  add offering_id bigint references community.offering,
  add version     text not null default '' check (length(version) <= 40),
  add check (offering_id is null or kind <> 'postgresql'),
  add check (version = '' or offering_id is not null);
create index wish_delivery_by_offering on community.wish_delivery (offering_id, lower(version)) where offering_id is not null;
comment on column community.wish_delivery.version is 'The version of the product that brings it: delivered on the day on which that is out.';
