alter table community.wish
  add column test_sql text not null default '' check (length(test_sql) <= 20000),
  add column true_on  smallint,
  add check (not is_private or test_sql = '');
comment on column community.wish.test_sql is 'SQL that fails today and passes on the version of PostgreSQL on which the wish is true; empty where there is none.';
comment on column community.wish.true_on is 'The first major of PostgreSQL that passes the test, by its results; null while none does.';

alter table community.run_block
  add column wish_id bigint references community.wish on delete cascade,
  drop constraint run_block_check,
  add constraint run_block_check check (num_nonnulls(post_id, faq_id, wish_id) = 1);
create unique index run_block_by_wish on community.run_block (wish_id, hash) where wish_id is not null;
comment on column community.run_block.wish_id is 'The wish whose test it is: it runs on each version there is.';
