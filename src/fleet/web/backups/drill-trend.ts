export type TrendPoint = { at: number; seconds: number };
export type Trend = {
  /** Points in the picture's own units. */
  points: { x: number; y: number }[];
  line: string;
  area: string;
  /** Rounded values with the height they stand at. */
  levels: { seconds: number; y: number }[];
};

/** The picture's size, and the room its labels take. */
export const trendBox = { width: 480, height: 150, left: 54, right: 10, top: 10, bottom: 20 } as const;

const rounds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** A round value a little over the largest, of which a half is round as well. */
export function ceilingOf(seconds: number): number {
  for (const round of rounds) if (round * 2 >= seconds) return round * 2;
  return Math.ceil(seconds / 86_400) * 86_400;
}

/** Where a measured time stands over the days, from zero up: half a height must be half the time. */
export function trendOf(measured: readonly TrendPoint[]): Trend {
  const { width, height, left, right, top, bottom } = trendBox;
  const sorted = measured.toSorted((a, b) => a.at - b.at);
  const first = sorted[0]?.at ?? 0;
  const span = Math.max(1, (sorted.at(-1)?.at ?? 1) - first);
  const ceiling = ceilingOf(Math.max(1, ...sorted.map(({ seconds }) => seconds)));
  const floor = height - bottom;
  const y = (seconds: number) => round(floor - (seconds / ceiling) * (floor - top));
  const points = sorted.map(({ at, seconds }) => ({
    x: round(left + ((at - first) / span) * (width - left - right)),
    y: y(seconds),
  }));
  const line = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('');
  return {
    points,
    line,
    area: points.length > 0 ? `${line}L${points.at(-1)!.x} ${floor}L${points[0]!.x} ${floor}Z` : '',
    levels: [0, ceiling / 2, ceiling].map((seconds) => ({ seconds, y: y(seconds) })),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
