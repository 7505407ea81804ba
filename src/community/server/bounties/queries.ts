import type { Bounty } from '#src/community/contract/bounties.ts';

type BountyRow = {
  id: number;
  amount: number;
  state: Bounty['state'];
  answer_id: number | null;
  ends_at: Date;
  offered_by: string;
};

/** A row as it travels to a reader. */
export const bountyOf = (row: BountyRow, readerId: string | undefined): Bounty => ({
  id: row.id,
  amount: row.amount,
  state: row.state,
  answerId: row.answer_id,
  endsAt: row.ends_at.toISOString(),
  isMine: row.offered_by === readerId,
});
