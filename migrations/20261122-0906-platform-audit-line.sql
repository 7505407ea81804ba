create or replace function platform.audit_chain() returns trigger
language plpgsql as $$
declare
  last_ platform.audit;
begin
  -- One writer at a time keeps the chain a line and not a tree; held until commit, so that the next writer sees this row.
  perform pg_advisory_xact_lock(hashtext('platform.audit'));
  select * into last_ from platform.audit order by id desc limit 1;
  -- Numbered by the row before and not by the sequence, which skips a number for every transaction that was rolled back.
  new.id := coalesce(last_.id, 0) + 1;
  new.at := clock_timestamp();
  new.previous_hash := coalesce(last_.hash, '\x00'::bytea);
  new.hash := sha256(new.previous_hash || convert_to(platform.audit_content(new), 'UTF8'));
  return new;
end $$;
