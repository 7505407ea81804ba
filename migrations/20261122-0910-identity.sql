create schema identity;
comment on schema identity is 'Who people are, which organisations they belong to, and what they may do there.';

create table identity.account (
  id                    uuid primary key default gen_random_uuid(),
  name                  text not null check (length(name) between 1 and 200),
  email                 text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified        boolean not null default false,
  image                 text check (length(image) <= 2000),
  locale                text check (locale in ('en', 'zh-CN')),
  time_zone             text check (length(time_zone) <= 64),
  second_factor_enabled boolean not null default false,
  setup_pending         boolean not null default false,
  created_at            timestamptz not null default now(),
  updated_at            timestamptz not null default now()
);
comment on table identity.account is 'A person who signs in.';
comment on column identity.account.setup_pending is 'Made by the first start: the person has yet to give an e-mail address and a way to sign in.';

create table identity.credential (
  id                       uuid primary key default gen_random_uuid(),
  account_id               uuid not null references identity.account on delete cascade,
  provider                 text not null check (length(provider) <= 40),
  subject                  text not null check (length(subject) <= 500),
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  password_hash            text,
  created_at               timestamptz not null default now(),
  updated_at               timestamptz not null default now(),
  unique (provider, subject)
);
create index credential_by_account on identity.credential (account_id);
comment on table identity.credential is 'Ways an account signs in: provider "credential" is a password, "oidc" the company''s sign-in server.';

create table identity.session (
  id            uuid primary key default gen_random_uuid(),
  token         text not null unique,
  account_id    uuid not null references identity.account on delete cascade,
  active_org_id uuid,
  ip            text check (length(ip) <= 64),
  user_agent    text,
  expires_at    timestamptz not null,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
create index session_by_account on identity.session (account_id);
comment on table identity.session is 'Signed-in browsers. The token alone is worth nothing: the cookie also carries a signature made with the home''s key.';

create table identity.verification (
  id         uuid primary key default gen_random_uuid(),
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_by_identifier on identity.verification (identifier);
create index verification_by_end on identity.verification (expires_at);
comment on table identity.verification is 'Short-lived challenges: password resets, passkey ceremonies, second factors under way.';

create table identity.second_factor (
  id                        uuid primary key default gen_random_uuid(),
  account_id                uuid not null unique references identity.account on delete cascade,
  secret                    text not null,
  recovery_codes            text not null,
  verified                  boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until              timestamptz
);
comment on table identity.second_factor is 'TOTP secrets and recovery codes, sealed with the home''s key.';

create table identity.passkey (
  id            uuid primary key default gen_random_uuid(),
  account_id    uuid not null references identity.account on delete cascade,
  name          text check (length(name) <= 200),
  credential_id text not null unique,
  public_key    text not null,
  counter       bigint not null,
  device_type   text not null,
  backed_up     boolean not null,
  transports    text,
  aaguid        text,
  created_at    timestamptz not null default now()
);
create index passkey_by_account on identity.passkey (account_id);
comment on table identity.passkey is 'WebAuthn credentials of an account.';

create table identity.organisation (
  id         uuid primary key default gen_random_uuid(),
  name       text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now()
);
comment on table identity.organisation is 'Who owns rows of the other rooms; every list is scoped by it.';

create table identity.membership (
  org_id     uuid not null references identity.organisation on delete cascade,
  account_id uuid not null references identity.account on delete cascade,
  role       text not null check (role in ('owner', 'admin', 'operator', 'developer', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (org_id, account_id)
);
create index membership_by_account on identity.membership (account_id, created_at);
comment on table identity.membership is 'Who belongs to an organisation, and as what. An organisation always keeps an owner.';

create table identity.invitation (
  id          uuid primary key default gen_random_uuid(),
  org_id      uuid not null references identity.organisation on delete cascade,
  email       text not null check (email = lower(email) and length(email) <= 254),
  role        text not null check (role in ('owner', 'admin', 'operator', 'developer', 'viewer')),
  token_hash  bytea not null unique,
  invited_by  uuid references identity.account on delete set null,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  accepted_at timestamptz,
  revoked_at  timestamptz
);
create unique index invitation_open on identity.invitation (org_id, email) where accepted_at is null and revoked_at is null;
comment on table identity.invitation is 'Invitations by mail. Only the hash of the link''s token is kept; it works once.';

create table identity.api_key (
  id           uuid primary key default gen_random_uuid(),
  org_id       uuid not null references identity.organisation on delete cascade,
  created_by   uuid not null references identity.account on delete cascade,
  name         text not null check (length(name) between 1 and 100),
  prefix       text not null unique,
  secret_hash  bytea not null unique,
  scopes       text[] not null check (cardinality(scopes) between 1 and 200),
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz
);
create index api_key_by_org on identity.api_key (org_id, created_at desc);
comment on table identity.api_key is 'Keys for programs. Only the hash is kept; a key never may more than the person who made it may at that moment.';
comment on column identity.api_key.prefix is 'The first characters of the key, for people to recognise it by.';
comment on column identity.api_key.last_used_at is 'Written at most once a minute.';

create table identity.sign_in_link (
  id         uuid primary key default gen_random_uuid(),
  account_id uuid not null references identity.account on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz
);
comment on table identity.sign_in_link is 'One-time links printed on the server''s own console.';

create table identity.sign_in_failure (
  subject      text primary key check (length(subject) <= 200),
  failures     integer not null,
  last_at      timestamptz not null default now(),
  locked_until timestamptz
);
comment on table identity.sign_in_failure is 'Attempts to sign in that did not succeed, counted for each account name and each address; all servers share them.';

create function identity.announce_change() returns trigger
language plpgsql as $$
declare
  before_ jsonb := to_jsonb(old);
  after_  jsonb := to_jsonb(new);
begin
  perform pg_notify('identity_changed', coalesce(after_ ->> tg_argv[0], before_ ->> tg_argv[0]));
  return null;
end $$;
comment on function identity.announce_change is 'Tells every server which account changed, so that none goes on trusting what it remembers of it.';

create trigger announce after update or delete on identity.session
  for each row execute function identity.announce_change('account_id');
create trigger announce after insert or update or delete on identity.membership
  for each row execute function identity.announce_change('account_id');
create trigger announce after update or delete on identity.account
  for each row execute function identity.announce_change('id');
create trigger announce after delete or update of revoked_at, scopes, expires_at on identity.api_key
  for each row execute function identity.announce_change('created_by');
