alter table community.search_document
  add column faq_id bigint unique references community.faq on delete cascade,
  drop constraint search_document_kind_check,
  add constraint search_document_kind_check check (kind in ('article', 'question', 'answer', 'faq', 'member', 'organisation')),
  drop constraint search_document_check,
  add constraint search_document_check check (num_nonnulls(post_id, faq_id, member_id, organisation_id) = 1);

-- Without words and of no segmenter: the job that indexes anew gives them both.
insert into community.search_document (kind, faq_id, locale, tags, words, standing, indexed_as)
  select 'faq', id, locale, tags, ''::tsvector, 0, 0 from community.faq where not is_retired;
