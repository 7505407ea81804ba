create table community.page_read (
  post_id bigint references community.post on delete cascade,
  organisation_id uuid references community.organisation on delete cascade,
  day date not null default current_date,
  count bigint not null check (count > 0),
  constraint page_read_of_one check (num_nonnulls(post_id, organisation_id) = 1),
  constraint page_read_once unique nulls not distinct (post_id, organisation_id, day)
);
create index page_read_by_organisation on community.page_read (organisation_id, day) where organisation_id is not null;
comment on table community.page_read is 'How often the page of an article, a question or an organisation was read on a day, but for its author or managers and for programs; of the readers nothing is kept.';
comment on column community.post.view_count is 'The sum of its page_read.';
