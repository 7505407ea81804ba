alter table community.search_document
  add column wish_id     bigint unique references community.wish on delete cascade,
  add column chapter_id  uuid unique references community.chapter on delete cascade,
  add column offering_id bigint unique references community.offering on delete cascade,
  add column series_id   bigint unique references community.series on delete cascade,
  -- A member is found as one, and as an expert.
  drop constraint search_document_member_id_key,
  add constraint search_document_member_id_kind_key unique (member_id, kind),
  drop constraint search_document_kind_check,
  add constraint search_document_kind_check check (kind in ('article', 'question', 'answer', 'faq', 'member',
    'organisation', 'wish', 'chapter', 'product', 'service', 'expert', 'series')),
  drop constraint search_document_check,
  add constraint search_document_check check
    (num_nonnulls(post_id, faq_id, member_id, organisation_id, wish_id, chapter_id, offering_id, series_id) = 1);

-- Without words and of no segmenter: the job that indexes anew gives them both, or takes away what not everybody may see.
insert into community.search_document (kind, wish_id, locale, words, standing, indexed_as)
  select 'wish', id, locale, ''::tsvector, 0, 0 from community.wish where not is_private;
insert into community.search_document (kind, chapter_id, locale, words, standing, indexed_as)
  select 'chapter', id, locale, ''::tsvector, 0, 0 from community.chapter where state = 'approved';
insert into community.search_document (kind, offering_id, locale, words, standing, indexed_as)
  select kind, id, 'en', ''::tsvector, 0, 0 from community.offering where shown_revision is not null and not is_withdrawn;
insert into community.search_document (kind, series_id, locale, words, standing, indexed_as)
  select 'series', id, 'en', ''::tsvector, 0, 0 from community.series;
insert into community.search_document (kind, member_id, locale, words, standing, indexed_as)
  select 'expert', member_id, 'en', ''::tsvector, 0, 0 from community.expert where state = 'approved';
