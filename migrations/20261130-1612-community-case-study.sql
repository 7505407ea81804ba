create table community.case_study (
  post_id           bigint primary key references community.post on delete cascade,
  customer_id       uuid not null references community.organisation,
  industry          text not null check (length(industry) between 1 and 40),
  company_size      text not null check (company_size in ('1-49', '50-249', '250-999', '1000-4999', '5000+')),
  quote             text not null default '' check (length(quote) <= 1000),
  quoted_person     text not null default '' check (length(quoted_person) <= 100),
  quoted_title      text not null default '' check (length(quoted_title) <= 100),
  needs_review      boolean not null default false,
  approved_revision integer,
  approved_by       uuid references community.member,
  approved_at       timestamptz,
  check ((approved_at is null) = (approved_revision is null) and (approved_at is null) = (approved_by is null)),
  check ((quote = '') = (quoted_person = ''))
);
create index case_study_by_customer on community.case_study (customer_id);
create index case_study_by_industry on community.case_study (industry, post_id desc);
comment on table community.case_study is 'What makes an article a case study: whose case it is, and what was reached. It is public only while a manager of that organisation stands by this very revision.';
comment on column community.case_study.needs_review is 'A reviewer must see the article as well, after its customer approved it.';

create table community.case_figure (
  post_id      bigint not null references community.case_study on delete cascade,
  position     smallint not null check (position between 1 and 8),
  measure      text not null check (length(measure) between 1 and 100),
  before_value double precision not null,
  after_value  double precision not null,
  unit         text not null check (length(unit) <= 20),
  primary key (post_id, position)
);
comment on table community.case_figure is 'A measure of a case study, before and after, in one unit.';

-- The last wall: whatever publishes it, a case study is not public without its customer.
create function community.refuse_unapproved_case() returns trigger
language plpgsql as $$
begin
  if exists (select from community.case_study s where s.post_id = new.id and s.approved_revision is distinct from new.revision) then
    raise exception 'case study % is not approved by its customer', new.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger post_case_approved before update of state, revision on community.post
  for each row when (new.kind = 'article' and new.state = 'published') execute function community.refuse_unapproved_case();
