alter table community.wish
  add need         text check (need in ('must', 'nice', 'other')),
  add need_note    text not null default '' check (length(need_note) <= 500),
  add alternatives text not null default '' check (length(alternatives) <= 4000),
  add hints        text not null default '' check (length(hints) <= 4000);
comment on column community.wish.need is 'How much it matters to its author, as the form asks it; empty where the author''s vote was gone before it was kept.';
comment on column community.wish.need_note is 'In the author''s own words, when it is neither a must nor nice to have.';
comment on column community.wish.alternatives is 'What serves until then, as those who look after wishes know it.';
comment on column community.wish.hints is 'What helps whoever builds it, as those who look after wishes know it.';
update community.wish w set need = v.strength from community.wish_vote v where v.wish_id = w.id and v.member_id = w.author_id;
