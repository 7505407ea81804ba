alter table community.tag add weight smallint check (weight between 0 and 2);
comment on column community.tag.weight is 'What the tag makes of the reputation that its questions and articles bring: nothing, once, twice. Of several tags of a post the smallest counts; null says nothing.';

alter table community.point_entry rename column growth to base;
alter table community.point_entry
  add weight smallint not null default 1 check (weight between 0 and 2),
  add growth integer not null generated always as (base * weight) stored,
  add check (weight = 1 or post_id is not null),
  drop constraint point_entry_because_check,
  add constraint point_entry_because_check check (because in ('post-hidden', 'weight'));
comment on column community.point_entry.base is 'What a rule brings of reputation; caps of a day count it.';
comment on column community.point_entry.weight is 'What the tags of the post made of it when it was entered. When they say something else, the entry is reversed and entered again.';
comment on column community.point_entry.growth is 'What the entry changes of the reputation; only what the mint gives or takes does.';
comment on column community.point_entry.because is 'Of a reversal: post-hidden when it goes back as soon as the post is shown again, weight when the entry after it counts the same with another weight.';
