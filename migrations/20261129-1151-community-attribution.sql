create function community.employment_lock(member uuid) returns integer immutable language sql as $$
  select hashtext(member::text) & 63
$$;
comment on function community.employment_lock is 'Which of 64 locks keeps publications by a member and changes of their employment apart: few, so that an import of everything holds no more.';

create or replace function community.attribute_post() returns trigger language plpgsql as $$
begin
  if new.published_at is null then
    new.organisation_id := null;
    return new;
  end if;
  if tg_op = 'UPDATE' and new.published_at is not distinct from old.published_at and new.author_id = old.author_id then
    new.organisation_id := old.organisation_id;
    return new;
  end if;
  -- A change of the author's employment that is under way is waited for, and waits for this post. Not by the member's row:
  -- votes lock the post first and the member afterwards.
  perform pg_advisory_xact_lock_shared(7433, community.employment_lock(new.author_id));
  new.organisation_id := community.employer_on(new.author_id, (new.published_at at time zone 'UTC')::date);
  return new;
end $$;
