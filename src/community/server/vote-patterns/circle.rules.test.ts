import { expect, test } from 'vitest';
import { chainsOf, circlesOf, type Edge } from './circle.rules.ts';

/** Votes as `A>B 6`, and how many each gives to all others, one vote to each of them. */
function votes(text: string, elsewhere: Record<string, number> = {}): Edge[] {
  const given = text.split(',').map((one) => {
    const [, giver = '', taker = '', count] = /^\s*(\w+)>(\w+) (\d+)\s*$/.exec(one) ?? [];
    return { giver, taker, given: Number(count) };
  });
  const more = Object.entries(elsewhere).flatMap(([giver, count]) =>
    Array.from({ length: count }, (_, n) => ({ giver, taker: `reader${n}`, given: 1 })),
  );
  const all = [...given, ...more];
  const sumOf = (giver: string) =>
    all.filter((one) => one.giver === giver).reduce((sum, one) => sum + one.given, 0);
  return all.map((one) => ({ ...one, givenAll: sumOf(one.giver) }));
}
/** Others who vote honestly, so that those looked at are not everybody. */
const others = votes(Array.from({ length: 20 }, (_, n) => `p${n}>q${n} 6`).join(','));
const votersOf = (edges: Edge[]) => new Set(edges.map(({ giver }) => giver)).size;
const clique = (members: string[], count: number) =>
  members.flatMap((a) => members.filter((b) => b !== a).map((b) => `${a}>${b} ${count}`)).join(',');
const line = (members: string[], count: number) =>
  members
    .slice(1)
    .map((b, n) => `${members[n]}>${b} ${count}`)
    .join(',');

test.each([
  ['three in a circle', votes('A>B 6, B>C 5, C>A 7'), ['A B C']],
  ['seven in a circle', votes(line(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'A'], 5)), ['A B C D E F G']],
  ['a circle with as many votes for others', votes('A>B 6, B>C 6, C>A 6', { A: 6, B: 6, C: 6 }), ['A B C']],
  [
    'six who vote for each other, a fifth of their votes to each',
    votes(clique(['A', 'B', 'C', 'D', 'E', 'F'], 5)),
    ['A B C D E F'],
  ],
  ['two circles', votes('A>B 6, B>C 5, C>A 7, D>E 5, E>F 5, F>D 5'), ['A B C', 'D E F']],
  [
    'a circle for which somebody outside votes, and who vote for them',
    votes('A>B 9, B>C 9, C>A 9, A>X 5, X>A 5', { X: 40 }),
    ['A B C'],
  ],
  [
    'a circle inside a crowd',
    [...votes(`${line([...'abcdefghijklmno', 'a'], 20)}, A>B 40, B>C 40, C>A 40, A>a 5, b>A 5`)],
    ['A B C'],
  ],
  ['few votes', votes('A>B 4, B>C 4, C>A 4'), []],
  ['two are a ring and no circle', votes('A>B 9, B>A 9'), []],
  ['a line that does not come back', votes('A>B 9, B>C 9, C>D 9'), []],
  ['all admire one', votes('A>X 9, B>X 9, C>X 9, D>X 9, X>A 9'), []],
  [
    'colleagues who read each other and much else',
    votes(clique(['A', 'B', 'C', 'D'], 5), { A: 20, B: 20, C: 20, D: 20 }),
    [],
  ],
  ['a circle of which one votes mostly elsewhere', votes('A>B 6, B>C 6, C>A 6', { C: 30 }), []],
  ['a crowd in which votes go round', votes(line([...'abcdefghijklmnopqrst', 'a'], 9)), []],
  ['nobody', [], []],
])('%s', (_, edges, expected) => {
  const all = [...edges, ...others];
  const found = circlesOf(all, votersOf(all)).map((one) => one.join(' '));
  expect(found.toSorted()).toEqual(expected);
});

test('in a community of as few as vote in a circle nobody is suspected', () => {
  const edges = votes('A>B 6, B>C 5, C>A 7, D>E 5');
  expect(circlesOf(edges, votersOf(edges))).toEqual([]);
});

test('twenty thousand votes in one long circle and a thousand small ones are looked through in a moment', () => {
  const long = line([...Array.from({ length: 17_000 }, (_, n) => `l${n}`), 'l0'], 6);
  const small = Array.from({ length: 1000 }, (_, n) => `a${n}>b${n} 6, b${n}>c${n} 6, c${n}>a${n} 6`).join(
    ',',
  );
  const edges = `${long},${small}`.split(',').map((one) => {
    const [giver = '', taker = ''] = one.trim().split(/[> ]/);
    return { giver, taker, given: 6, givenAll: 6 };
  });
  const began = performance.now();
  expect(circlesOf(edges, votersOf(edges))).toHaveLength(1000);
  expect(performance.now() - began).toBeLessThan(5000);
});

test('accounts hang together by the places they share, each by another; a crowd does not', () => {
  const chains = chainsOf([
    ['A', 'B'],
    ['C', 'B'],
    ['D', 'C'],
    ['X', 'Y'],
    ['X', 'Z', 'Y'],
  ]);
  expect(new Set(['A', 'B', 'C', 'D'].map((one) => chains.get(one))).size).toBe(1);
  expect(chains.get('X')).toBe(chains.get('Z'));
  expect(chains.get('X')).not.toBe(chains.get('A'));
  expect(chains.get('never')).toBeUndefined();
  const crowd = Array.from({ length: 11 }, (_, n) => [`c${n}`, `c${n + 1}`]);
  expect(chainsOf(crowd).size).toBe(0);
  expect(chainsOf(crowd.slice(0, 9)).size).toBe(10);
});
