const dayMs = 86_400_000;

/** How far the clocks of a zone are ahead of UTC at that moment, in milliseconds. */
export function offsetOf(at: number, timeZone: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  return Date.parse(`${wallTime(whole, timeZone)}Z`) - whole;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, in the form of a date-and-time field: 2026-11-22T13:05:11. */
export function wallTime(at: number, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
    clocks.set(timeZone, clock);
  }
  return clock.format(at).replace(' ', 'T');
}

/** The moment at which the clocks of a zone show that; null for what is no time. In the hour that comes twice, the first. */
export function fromWallTime(wall: string, timeZone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(wall)) return null;
  const time = Date.parse(`${wall.length === 16 ? `${wall}:00` : wall}Z`);
  return Number.isNaN(time) ? null : instantOf(time, timeZone);
}

/**
 * The moment at which the clocks of a zone show a time, given as if it were in UTC. Of one that they show twice it is the first;
 * one that they leave out comes that much later.
 */
export function instantOf(wall: number, timeZone: string): number {
  // An offset depends on the moment, which depends on the offset: the earlier candidate that shows this time is right.
  const candidates = [wall - dayMs, wall + dayMs]
    .map((near) => wall - offsetOf(near, timeZone))
    .toSorted((a, b) => a - b);
  const right = candidates.find((at) => at + offsetOf(at, timeZone) === wall);
  return right ?? candidates.at(-1) ?? wall;
}
