/** How much of a time is over at a moment, in hundredths. */
export function elapsedOf({ from, until }: { from: Date; until: Date }, now: Date): number {
  const share = (now.getTime() - from.getTime()) / (until.getTime() - from.getTime());
  return Math.round(Math.min(1, Math.max(0, share)) * 100);
}
