alter table fleet.external_database
  add column key bytea,
  add column key_fingerprint text,
  add column key_shown_at timestamptz,
  add check ((key is null) = (key_fingerprint is null));
comment on column fleet.external_database.key is 'The passphrase that encrypts its dumps, sealed; none until the next dump where there were dumps before they were encrypted.';
comment on column fleet.external_database.key_fingerprint is 'Says which passphrase it is and nothing about it.';
comment on column fleet.external_database.key_shown_at is 'When somebody last took the passphrase along.';
