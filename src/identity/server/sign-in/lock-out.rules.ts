/** How often something may fail before it is closed for a while. */
export type Limit = {
  /** Failures that cost nothing. */
  free: number;
  firstLockSeconds: number;
  longestLockSeconds: number;
  /** Failures this old count no more. */
  forgetSeconds: number;
};

/** One account name, from anywhere: closed soon, since a person types it wrong only a few times. */
export const accountLimit: Limit = {
  free: 5,
  firstLockSeconds: 30,
  longestLockSeconds: 3600,
  forgetSeconds: 24 * 3600,
};

/** One address, for any account: closed later, since a whole office may share it. */
export const addressLimit: Limit = {
  free: 30,
  firstLockSeconds: 30,
  longestLockSeconds: 3600,
  forgetSeconds: 3600,
};

/** Mails asked for one address: three, then with growing pauses. */
export const mailLimit: Limit = {
  free: 3,
  firstLockSeconds: 300,
  longestLockSeconds: 24 * 3600,
  forgetSeconds: 24 * 3600,
};

/** How long further attempts stay closed after this many failures in a row: nothing at first, then twice as long each time. */
export function lockSeconds(limit: Limit, failures: number): number {
  if (failures < limit.free) return 0;
  return Math.min(
    limit.longestLockSeconds,
    limit.firstLockSeconds * 2 ** Math.min(failures - limit.free, 30),
  );
}
