alter table platform.file add column stored_at timestamptz;
create index file_not_stored on platform.file (created_at) where stored_at is null;
comment on column platform.file.stored_at is 'Null until the bytes are safe in the store: a row that stays so was cut off, and is removed with whatever it left.';
