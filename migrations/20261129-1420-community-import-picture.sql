create table community.import_picture (
  site    text not null check (length(site) between 1 and 100),
  key     text not null check (length(key) between 1 and 400),
  digest  bytea not null check (length(digest) = 32),
  file_id uuid not null references platform.file on delete cascade,
  primary key (site, key)
);
create index import_picture_digest on community.import_picture (digest);
create index import_picture_file on community.import_picture (file_id);
comment on table community.import_picture is 'Pictures that came with imported writings, by their place in the folder.';
comment on column community.import_picture.digest is 'SHA-256 of the picture as it lay in the folder: the same one again is not kept twice.';
