import { instantOf, offsetOf } from '#src/platform/contract/time-zone.ts';

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
