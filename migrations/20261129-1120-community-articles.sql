create table community.draft (
  member_id uuid not null references community.member on delete cascade,
  target    text not null check (target ~ '^(article|question|(answer|post)-[1-9][0-9]{0,15})$'),
  fields    jsonb not null,
  saved_at  timestamptz not null default now(),
  primary key (member_id, target)
);
comment on table community.draft is 'What a member is writing and has not sent: one for a new article, one for a new question, one for an answer to each question, one for a change of each post. Nobody else ever sees it.';
comment on column community.draft.target is 'article, question, answer-<question> or post-<post>.';
comment on column community.draft.fields is 'The fields of the form by their names, as they were typed.';

create table community.upload (
  file_id    uuid primary key references platform.file on delete cascade,
  member_id  uuid not null references community.member,
  size_bytes bigint not null,
  at         timestamptz not null default now()
);
create index upload_by_member on community.upload (member_id, at desc);
comment on table community.upload is 'Pictures that members put into what they write. The files belong to no organisation of the fleet.';

create table community.reminder (
  post_id       bigint not null references community.post on delete cascade,
  member_id     uuid not null references community.member on delete cascade,
  told_day_at   timestamptz,
  told_hour_at  timestamptz,
  primary key (post_id, member_id)
);
create index reminder_by_member on community.reminder (member_id);
comment on table community.reminder is 'Who wants to be told before a live session begins: a day and an hour before, each once.';

create index post_session on community.post ((media ->> 'startsAt')) where media ->> 'kind' = 'session' and state = 'published';
create index post_audio on community.post (published_at desc, id desc) where media ->> 'kind' = 'audio' and state = 'published';
