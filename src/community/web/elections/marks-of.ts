import type { Election } from '#src/community/contract/elections.ts';
import type { Marks } from '#src/community/contract/tallies.ts';

type Asked = Pick<Election, 'method'> & { candidates: readonly { number: number }[] };

/**
 * What a plain form's fields `c0`, `c1`… say as marks: a tick, points, or the place in the order. Two candidates at one place
 * stand twice in it, so that the ballot is refused rather than read in a way that nobody meant.
 */
export function marksOf({ method, candidates }: Asked, field: (name: string) => string): Marks {
  const given = candidates.map(({ number }) => ({ number, value: field(`c${number}`).trim() }));
  if (method === 'approval') return given.filter(({ value }) => value !== '').map(({ number }) => number);
  if (method === 'score') return given.map(({ value }) => Number(value || '0'));
  const placed = given
    .filter(({ value }) => value !== '')
    .map(({ number, value }) => ({ number, place: Number(value) }))
    .toSorted((a, b) => a.place - b.place);
  return placed.flatMap(({ number, place }, at) =>
    placed[at + 1]?.place === place ? [number, number] : [number],
  );
}
