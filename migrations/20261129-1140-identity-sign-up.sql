create table identity.sign_up (
  id            uuid primary key default gen_random_uuid(),
  account_id    uuid references identity.account on delete cascade,
  email         text not null check (email = lower(email) and length(email) <= 254),
  name          text not null check (length(name) between 1 and 200),
  password_hash text,
  locale        text not null check (locale in ('en', 'zh-CN')),
  token_hash    bytea not null unique,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz not null
);
create index sign_up_by_end on identity.sign_up (expires_at);
create index sign_up_by_account on identity.sign_up (account_id) where account_id is not null;
comment on table identity.sign_up is 'Addresses that wait for their proof. Only the hash of the link''s token is kept; the row goes when the link is used or over.';
comment on column identity.sign_up.account_id is 'An account whose address is to be proved; null for a person who has none yet: it begins with the proof.';
comment on column identity.sign_up.password_hash is 'The password chosen with a new account. The link alone opens nothing: somebody else may have signed up with this address.';
