import type { VoteChoice } from '#src/community/contract/core-applications.ts';

/** How long a committee votes on an application. */
export const votingDays = 14;
/** How long the seat lasts that an accepted application gives. */
export const seatMonths = 12;

export type Count = { electors: number; choices: readonly VoteChoice[]; isOver: boolean };

/**
 * What the votes say: accepted once more than half of all electors said yes, refused once that can no longer be. When the
 * time is over, the votes that were given decide: at least half of the electors must have voted, and more yes than no.
 */
export function outcomeOf({ electors, choices, isOver }: Count): 'accepted' | 'refused' | 'open' {
  const of = (wanted: VoteChoice) => choices.filter((choice) => choice === wanted).length;
  const [yes, no, abstain] = [of('yes'), of('no'), of('abstain')];
  if (electors > 0 && yes * 2 > electors) return 'accepted';
  // Those who have not voted yet could at best all say yes.
  if (electors > 0 && no > 0 && electors - no - abstain <= no) return 'refused';
  if (!isOver) return 'open';
  return electors > 0 && choices.length * 2 >= electors && yes > no ? 'accepted' : 'refused';
}
