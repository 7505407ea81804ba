alter table community.area
  add covers_chapter uuid references community.chapter,
  add covers_tag     bigint references community.tag,
  add covers_series  bigint references community.series,
  add covers_locale  text check (covers_locale in ('en', 'zh-CN'));
create index area_by_chapter on community.area (covers_chapter) where covers_chapter is not null;
create index area_by_tag on community.area (covers_tag) where covers_tag is not null;
create index area_by_series on community.area (covers_series) where covers_series is not null;
comment on column community.area.covers_chapter is 'With the columns after it: what the area is made of. Its measure counts only what all of them hold for; none of them: all of the community.';
