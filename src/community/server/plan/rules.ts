const dayMs = 24 * 3600 * 1000;

type Entry = {
  plannedUntil: string;
  endsOn: string;
  state: 'planned' | 'done' | 'cancelled';
  closedOn: string | null;
};

/**
 * By how many days an entry comes after what was first planned: by the day it was done, or by the day it is planned for now;
 * one whose last day has passed slips further every day. What was cancelled no longer slips.
 */
export function slipOf({ plannedUntil, endsOn, state, closedOn }: Entry, today: string): number {
  if (state === 'cancelled') return 0;
  const end = state === 'done' ? (closedOn ?? endsOn) : endsOn < today ? today : endsOn;
  return Math.round((Date.parse(end) - Date.parse(plannedUntil)) / dayMs);
}
