create table identity.spent_code (
  account_id uuid not null references identity.account on delete cascade,
  code       text not null check (code ~ '^\d{6}$'),
  spent_at   timestamptz not null default now(),
  primary key (account_id, code)
);
comment on table identity.spent_code is 'Codes of an authenticator app that were used: none signs in twice. Kept for minutes, longer than any of them is valid.';
