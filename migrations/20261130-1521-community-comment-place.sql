alter table community.comment
  alter column post_id drop not null,
  add column wish_id bigint references community.wish on delete cascade,
  add constraint comment_in_one_place check (num_nonnulls(post_id, wish_id) = 1);
create index comment_by_wish on community.comment (wish_id, id) where wish_id is not null;
comment on table community.comment is 'Short words below a post or a wish.';

alter table community.wish add column comment_count integer not null default 0 check (comment_count >= 0);

create function community.count_comment() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.state, old.post_id, old.wish_id) is not distinct from (new.state, new.post_id, new.wish_id) then
    return null;
  end if;
  if tg_op <> 'INSERT' and old.state = 'published' then
    update community.post set comment_count = comment_count - 1 where id = old.post_id;
    update community.wish set comment_count = comment_count - 1 where id = old.wish_id;
  end if;
  if tg_op <> 'DELETE' and new.state = 'published' then
    update community.post set comment_count = comment_count + 1, active_at = greatest(active_at, new.created_at) where id = new.post_id;
    update community.wish set comment_count = comment_count + 1 where id = new.wish_id;
  end if;
  return null;
end $$;
comment on function community.count_comment is 'Keeps the count of public comments of a post or wish, whoever changes one: its author, a reviewer, a merge of wishes.';
create trigger comment_counted after insert or update of post_id, wish_id, state or delete on community.comment
  for each row execute function community.count_comment();

create view community.comment_place as
select c.id as comment_id, c.post_id, c.wish_id, coalesce(p.kind, 'wish') as kind, coalesce(p.slug, w.slug) as slug,
  p.parent_id, coalesce(p.title, q.title, w.title, '') as title, coalesce(w.is_private, false) as is_private,
  c.state = 'published' and case when c.wish_id is null
    then p.state = 'published' and (q.id is null or q.state = 'published')
    else not w.is_private and w.state <> 'pending' end as is_shown
from community.comment c
left join community.post p on p.id = c.post_id
left join community.post q on q.id = p.parent_id
left join community.wish w on w.id = c.wish_id;
comment on view community.comment_place is 'Where each comment lives, what its address is made of, and who may read it.';
comment on column community.comment_place.kind is 'Of the post, or `wish`.';
comment on column community.comment_place.parent_id is 'The question on whose page the comments of an answer stand.';
comment on column community.comment_place.is_private is 'Below a private wish: to those whom the wish does not name it is as absent as the wish.';
comment on column community.comment_place.is_shown is 'Whether everybody may read it.';
