alter table community.resolution
  add poll_id     bigint references community.meeting_poll,
  add election_id bigint references community.election,
  add check (num_nonnulls(poll_id, election_id) <= 1);
create index resolution_by_poll on community.resolution (poll_id) where poll_id is not null;
create index resolution_by_election on community.resolution (election_id) where election_id is not null;
comment on column community.resolution.poll_id is 'The ended poll that decided it: the votes are those of its options, and nobody typed them.';
comment on column community.resolution.election_id is 'The counted election that decided it: the votes are its ballots, a blank one abstains.';

create or replace function community.keep_resolution() returns trigger language plpgsql as $$
begin
  if (new.title, new.markdown, new.decided_on, new.votes_yes, new.votes_no, new.votes_abstain, new.committee_id,
      new.poll_id, new.election_id)
    is distinct from (old.title, old.markdown, old.decided_on, old.votes_yes, old.votes_no, old.votes_abstain,
      old.committee_id, old.poll_id, old.election_id) then
    raise exception 'what was decided is never changed, only followed up';
  end if;
  return new;
end $$;
