/** On which ways a member hears of something. */
export type Ways = { inPage: boolean; mail: 'off' | 'now' | 'digest'; push: boolean };

/** What concerns a member alone and may have to be answered; mailed at once. */
const urgent = [
  'answer',
  'accepted',
  'message',
  'message-request',
  'bounty',
  'invitation',
  'moderation',
  'takedown',
  'appeal',
  'suggested-edit',
];
/** What is pleasant to know and needs nothing. */
const quiet = ['vote-milestone', 'badge', 'trust'];

/** The ways of a kind of event for members who chose none themselves. */
export function usualWays(kind: string): Ways {
  if (quiet.includes(kind)) return { inPage: true, mail: 'off', push: false };
  return { inPage: true, mail: urgent.includes(kind) ? 'now' : 'digest', push: true };
}
