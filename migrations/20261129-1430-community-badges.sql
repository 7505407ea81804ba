create table community.badge (
  id         bigint generated always as identity primary key,
  slug       text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  tier       text not null check (tier in ('bronze', 'silver', 'gold')),
  name       jsonb not null,
  about      jsonb not null,
  cause      text not null check (cause ~ '^[a-z][a-z-]{1,39}$'),
  per        text not null check (per in ('member', 'post')),
  at_least   integer not null check (at_least between 1 and 1000000),
  many       boolean not null default false,
  is_retired boolean not null default false,
  created_by uuid references community.member,
  created_at timestamptz not null default now()
);
comment on table community.badge is 'What is shown for contributions: when a member has at_least living point entries of a cause, in all or on one post.';
comment on column community.badge.many is 'Whether it is given again: for each further post, or each further so many.';

create table community.badge_award (
  id        bigint generated always as identity primary key,
  badge_id  bigint not null references community.badge,
  member_id uuid not null references community.member,
  key       text not null check (length(key) between 1 and 40),
  entry_id  bigint not null references community.point_entry,
  at        timestamptz not null,
  unique (badge_id, member_id, key)
);
create index badge_award_by_member on community.badge_award (member_id);
create index badge_award_by_entry on community.badge_award (entry_id);
comment on table community.badge_award is 'Who has which badge, by which entry of points it was reached; it stays, whatever becomes of the entry.';

create table community.badge_look (
  only_one boolean primary key default true check (only_one),
  until    timestamptz not null
);
comment on table community.badge_look is 'Up to when entries were looked at for badges.';

insert into community.badge (slug, tier, name, about, cause, per, at_least, many) values
  ('first-article', 'bronze', '{"en": "First article", "zh-CN": "初试笔锋"}', '{"en": "Published an article.", "zh-CN": "发表了一篇文章。"}', 'article', 'member', 1, false),
  ('author', 'silver', '{"en": "Author", "zh-CN": "笔耕不辍"}', '{"en": "Published ten articles.", "zh-CN": "发表了十篇文章。"}', 'article', 'member', 10, false),
  ('columnist', 'gold', '{"en": "Columnist", "zh-CN": "著作等身"}', '{"en": "Published fifty articles.", "zh-CN": "发表了五十篇文章。"}', 'article', 'member', 50, false),
  ('featured', 'silver', '{"en": "Featured", "zh-CN": "精选作者"}', '{"en": "An article was featured.", "zh-CN": "文章入选精选。"}', 'featured', 'post', 1, true),
  ('ten-featured', 'gold', '{"en": "Editors'' choice", "zh-CN": "编辑推荐"}', '{"en": "Ten articles were featured.", "zh-CN": "十篇文章入选精选。"}', 'featured', 'member', 10, false),
  ('first-solution', 'bronze', '{"en": "First solution", "zh-CN": "初次解惑"}', '{"en": "An answer was accepted.", "zh-CN": "回答首次被采纳。"}', 'accepted', 'member', 1, false),
  ('solver', 'silver', '{"en": "Solver", "zh-CN": "解惑能手"}', '{"en": "Ten answers were accepted.", "zh-CN": "十个回答被采纳。"}', 'accepted', 'member', 10, false),
  ('guru', 'gold', '{"en": "Guru", "zh-CN": "答疑专家"}', '{"en": "Fifty answers were accepted.", "zh-CN": "五十个回答被采纳。"}', 'accepted', 'member', 50, false),
  ('good-post', 'bronze', '{"en": "Good post", "zh-CN": "好内容"}', '{"en": "Ten found one post useful.", "zh-CN": "单篇内容获得十次赞同。"}', 'up-vote', 'post', 10, true),
  ('great-post', 'silver', '{"en": "Great post", "zh-CN": "优秀内容"}', '{"en": "Twenty-five found one post useful.", "zh-CN": "单篇内容获得二十五次赞同。"}', 'up-vote', 'post', 25, true),
  ('famous-post', 'gold', '{"en": "Famous post", "zh-CN": "广为传颂"}', '{"en": "A hundred found one post useful.", "zh-CN": "单篇内容获得一百次赞同。"}', 'up-vote', 'post', 100, true),
  ('proof-reader', 'bronze', '{"en": "Proof-reader", "zh-CN": "校对者"}', '{"en": "A suggested edit was approved.", "zh-CN": "编辑建议首次被采纳。"}', 'suggested-edit', 'member', 1, false),
  ('editor', 'silver', '{"en": "Good editor", "zh-CN": "勤校者"}', '{"en": "Twenty suggested edits were approved.", "zh-CN": "二十次编辑建议被采纳。"}', 'suggested-edit', 'member', 20, false);
