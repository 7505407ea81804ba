alter table community.follow drop constraint follow_kind_check,
  add constraint follow_kind_check check (kind in ('member', 'tag', 'post', 'wish'));
comment on table community.follow is 'What members want to hear of: a member, tag, post or wish, by its id.';
