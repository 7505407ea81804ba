/** How long only the person who asked accepts an answer; afterwards members of this trust level may. */
export const acceptByOthersAfterDays = 14;
export const acceptByOthersTrustLevel = 3;

const dayMs = 86_400_000;

/** Whether a member who did not ask may accept an answer to a question of this age by now. */
export function mayAcceptForOthers(trustLevel: number, askedAt: Date, now: Date): boolean {
  return (
    trustLevel >= acceptByOthersTrustLevel &&
    now.getTime() - askedAt.getTime() >= acceptByOthersAfterDays * dayMs
  );
}
