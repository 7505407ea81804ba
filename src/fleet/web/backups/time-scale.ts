/** A stretch of time that is shown, in milliseconds. */
export type View = { from: number; to: number };
/** Moments to which the data can be brought back, in milliseconds. */
export type Span = { from: number; to: number };

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
export const dayMs = 24 * hour;

/** Stretches that can be chosen; `all` is the whole window. */
export const zooms = { hour, day: dayMs, week: 7 * dayMs, month: 30 * dayMs } as const;
export type Zoom = keyof typeof zooms | 'all';

/** Everything that can be reached, with a little air on both sides. */
export function wholeView(spans: readonly Span[]): View {
  const from = Math.min(...spans.map((one) => one.from));
  const to = Math.max(...spans.map((one) => one.to));
  // In a long window a share of it would be days of an empty future.
  const air = Math.min(Math.max(30 * second, (to - from) * 0.02), 2 * hour);
  return { from: from - air, to: to + air };
}

/** A stretch of the given length with the moment in its middle, pushed back where it would leave the whole. */
export function viewAround(whole: View, centre: number, spanMs: number): View {
  if (spanMs >= whole.to - whole.from) return whole;
  const from = Math.min(Math.max(centre - spanMs / 2, whole.from), whole.to - spanMs);
  return { from, to: from + spanMs };
}

/** The view for a zoom. */
export function viewOf(whole: View, zoom: Zoom, centre: number): View {
  return zoom === 'all' ? whole : viewAround(whole, centre, zooms[zoom]);
}

/** The same view moved just so far that it holds the moment, which then stands in its middle. */
export function viewWith(whole: View, view: View, at: number): View {
  return at >= view.from && at <= view.to ? view : viewAround(whole, at, view.to - view.from);
}

/** Where in the view a moment lies: 0 at its beginning, 1 at its end. */
export const shareOf = (view: View, at: number): number => (at - view.from) / (view.to - view.from);
/** The moment at a place of the view. */
export const momentAt = (view: View, share: number): number => view.from + share * (view.to - view.from);

const steps = [
  ...[1, 5, 10, 30].map((n) => n * second),
  ...[1, 5, 10, 30].map((n) => n * minute),
  ...[1, 3, 6, 12].map((n) => n * hour),
  dayMs,
];

/** The step of an arrow key: about a two-hundredth of what is seen, in a round number. */
export function stepOf(view: View): number {
  const wish = (view.to - view.from) / 200;
  return steps.findLast((step) => step <= wish) ?? second;
}

/** The first and the last moment that can be reached. */
export function endsOf(spans: readonly Span[]): Span {
  return { from: Math.min(...spans.map((one) => one.from)), to: Math.max(...spans.map((one) => one.to)) };
}

/** Whether the data can be brought back to that moment. */
export const isReachable = (spans: readonly Span[], at: number): boolean =>
  spans.some((one) => one.from <= at && at <= one.to);

/** The nearest moments before and after that can be reached, for one that cannot. */
export function neighboursOf(spans: readonly Span[], at: number): number[] {
  const before = spans.filter((one) => one.to < at).map((one) => one.to);
  const after = spans.filter((one) => one.from > at).map((one) => one.from);
  return [
    ...(before.length > 0 ? [Math.max(...before)] : []),
    // A moment is sent in whole seconds: the one before the beginning would be refused.
    ...(after.length > 0 ? [Math.ceil(Math.min(...after) / second) * second] : []),
  ].map((one) => (one % second === 0 ? one : Math.floor(one / second) * second));
}

const tickSteps = [
  ...[1, 5, 15, 30].map((n) => n * second),
  ...[1, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28, 56, 112, 364].map((n) => n * dayMs),
];

export type Tick = { at: number; isDay: boolean };

/** Round moments of the wall clock in the view, no more than `most`; those at midnight are days. */
export function ticksOf(view: View, timeZone: string, most: number): Tick[] {
  const span = view.to - view.from;
  const step = tickSteps.find((one) => span / one <= most) ?? 364 * dayMs;
  // Weeks begin on Mondays; the epoch was a Thursday.
  const anchor = step >= 7 * dayMs ? 4 * dayMs : 0;
  const ticks: Tick[] = [];
  const first = Math.ceil((view.from + offsetOf(view.from, timeZone) - anchor) / step) * step + anchor;
  for (let wall = first; ; wall += step) {
    const at = instantOf(wall, timeZone);
    if (at > view.to) return ticks;
    if (at >= view.from) ticks.push({ at, isDay: wall % dayMs === 0 });
  }
}

/** How far the clocks of a zone are ahead of UTC at that moment, in milliseconds. */
export function offsetOf(at: number, timeZone: string): number {
  const whole = Math.floor(at / second) * second;
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

// An offset depends on the moment, which depends on the offset: the earlier candidate that shows this time is right.
function instantOf(wall: number, timeZone: string): number {
  const candidates = [wall - dayMs, wall + dayMs]
    .map((near) => wall - offsetOf(near, timeZone))
    .toSorted((a, b) => a - b);
  const right = candidates.find((at) => at + offsetOf(at, timeZone) === wall);
  // In the hour that the clocks leave out, the moment that much later.
  return right ?? candidates.at(-1) ?? wall;
}
