import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conflictOfJuror, type Dossier, phaseOf, placesOf } from './rules.ts';

const nothing: Dossier = { growth: 0, articles: 0, featured: 0, answers: 0, accepted: 0, edits: 0 };
const one = (id: number, scores: number[], more: Partial<Dossier> = {}) => ({
  id,
  scores,
  dossier: { ...nothing, ...more },
});
const order = (all: ReturnType<typeof one>[], winners = 1) =>
  placesOf(all, winners).map(({ id, place, isWinner }) => [id, place, isWinner]);

test.each([
  [
    'by the mean',
    [one(1, [80, 90]), one(2, [90, 90])],
    [
      [1, 2, false],
      [2, 1, true],
    ],
  ],
  [
    'a tie goes to more reputation',
    [one(1, [80, 80], { growth: 5 }), one(2, [70, 90], { growth: 9 })],
    [
      [1, 2, false],
      [2, 1, true],
    ],
  ],
  [
    'then to more accepted answers',
    [one(1, [80, 80], { accepted: 3 }), one(2, [80, 80], { accepted: 2 })],
    [
      [1, 1, true],
      [2, 2, false],
    ],
  ],
  [
    'alike in all they share the place, and both win',
    [one(1, [80, 80]), one(2, [80, 80]), one(3, [70, 70])],
    [
      [1, 1, true],
      [2, 1, true],
      [3, 3, false],
    ],
  ],
  [
    'one score says too little',
    [one(1, [100]), one(2, [10, 10])],
    [
      [1, null, false],
      [2, 1, true],
    ],
  ],
  [
    'nobody scored',
    [one(1, []), one(2, [])],
    [
      [1, null, false],
      [2, null, false],
    ],
  ],
])('%s', (_, nominees, expected) => {
  expect(order(nominees)).toEqual(expected);
});

test('whoever is given in whatever order, places are the same, and as many win as there are, or more only by a tie', () => {
  const score = fc.integer({ min: 0, max: 4 });
  const nominee = fc.record({ scores: fc.array(score, { maxLength: 4 }), growth: score, accepted: score });
  fc.assert(
    fc.property(fc.array(nominee, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (some, winners) => {
      const all = some.map(({ scores, ...more }, id) => one(id, scores, more));
      const places = placesOf(all, winners);
      const backwards = placesOf(all.toReversed(), winners).toReversed();
      expect(backwards).toEqual(places);
      const scored = places.filter(({ place }) => place !== null);
      const won = scored.filter(({ isWinner }) => isWinner);
      expect(won.length).toBeGreaterThanOrEqual(Math.min(winners, scored.length));
      const last = Math.max(0, ...won.map(({ place }) => place!));
      expect(won.filter(({ place }) => place! < last).length).toBeLessThan(winners);
    }),
  );
});

test.each([
  ['a', 'b', ['x'], 'a', undefined, 'self'],
  ['a', 'b', ['x'], 'c', 'a', 'nominator'],
  ['a', 'b', ['x'], 'c', 'b', 'colleague'],
] as const)(
  'a juror does not score themself, whom they nominated, whom they work with',
  (id, other, employers, memberId, by, kind) => {
    expect(conflictOfJuror({ id, employers }, { memberId, nominatedBy: by ?? other, employers: ['x'] })).toBe(
      kind,
    );
  },
);

test('a juror scores everybody else', () => {
  expect(
    conflictOfJuror({ id: 'a', employers: ['x'] }, { memberId: 'b', nominatedBy: 'c', employers: ['y'] }),
  ).toBeUndefined();
});

test('a round is nominated, scored, counted and published, one after the other', () => {
  const round = { nominateUntil: new Date(10), scoreUntil: new Date(20), publishedAt: null };
  expect([9, 10, 19, 20].map((at) => phaseOf(round, new Date(at)))).toEqual([
    'nominating',
    'scoring',
    'scoring',
    'counting',
  ]);
  expect(phaseOf({ ...round, publishedAt: new Date(30) }, new Date(5))).toBe('published');
});
