create text search configuration community.words (copy = pg_catalog.simple);
alter text search configuration community.words
  alter mapping for asciiword, asciihword, hword_asciipart with pg_catalog.english_stem;
comment on text search configuration community.words is 'Texts that were cut into words before: Chinese as they are, English by their stems.';

create table community.search_document (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in ('article', 'question', 'answer', 'member', 'organisation')),
  post_id         bigint unique references community.post on delete cascade,
  member_id       uuid unique references community.member on delete cascade,
  organisation_id uuid unique references community.organisation on delete cascade,
  root_id         bigint references community.post on delete cascade,
  locale          text not null check (locale in ('en', 'zh-CN')),
  tags            text[] not null default '{}',
  words           tsvector not null,
  standing        real not null,
  indexed_as      integer not null,
  check (num_nonnulls(post_id, member_id, organisation_id) = 1)
);
create index search_document_words on community.search_document using gin (words);
create index search_document_standing on community.search_document (standing desc);
create index search_document_kind on community.search_document (kind, standing desc);
create index search_document_root on community.search_document (root_id) where root_id is not null;
create index search_document_old on community.search_document (indexed_as, id);
alter table community.search_document alter column words set statistics 1000;
comment on table community.search_document is 'What can be found: only what everybody may see has a row here, so that a search cannot show anything else.';
comment on column community.search_document.root_id is 'The question, for a question and its answers: one hit a question.';
comment on column community.search_document.standing is 'What ranks among documents that fit equally: accepted, verified, featured, voted for, recent. Grows with the date of publication, so that it need not be computed again as time goes by.';
comment on column community.search_document.indexed_as is 'The version of the segmenter that wrote words; a newer one indexes again.';

create table community.search_word (
  word text primary key check (length(word) between 2 and 60)
);
create index search_word_similar on community.search_word using gin (word gin_trgm_ops);
comment on table community.search_word is 'Words of titles, tags and names: what somebody who mistyped may have meant.';
