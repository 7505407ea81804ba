create function identity.announce_renamed() returns trigger
language plpgsql as $$
begin
  perform pg_notify('identity_changed', account_id::text) from identity.membership where org_id = new.id;
  return null;
end $$;
comment on function identity.announce_renamed is 'Tells every server that what it remembers of an organisation''s people is of yesterday.';

create trigger announce after update of name on identity.organisation
  for each row execute function identity.announce_renamed();
