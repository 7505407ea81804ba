import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countBallots, drawLot, faultOf, receiptDigits, recountFile } from './count-ballots.ts';
import type { ElectionFile, ElectionMethod, Marks } from './tallies.ts';

type Reference = {
  title: string;
  method: ElectionMethod;
  seats: number;
  maxScore: number;
  candidates: string[];
  ballots: { count: number; marks: Marks }[];
  expected: {
    quota: number | null;
    winners: number[];
    totals?: string;
    stages: [string, number | null, string, string][];
  };
};

const folder = join(import.meta.dirname, 'reference-elections');
const references = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Reference);

describe('published elections are counted to the published figures', () => {
  test('there are at least five, three of them by the single transferable vote', () => {
    expect(references.length).toBeGreaterThanOrEqual(5);
    expect(references.filter(({ method }) => method === 'stv').length).toBeGreaterThanOrEqual(3);
  });

  test.each(references)('$title', ({ method, seats, maxScore, candidates, ballots, expected }) => {
    const papers = ballots.flatMap(({ count, marks }) =>
      Array.from({ length: count }, (_, n) => ({ receipt: String(n), marks })),
    );
    const inOrder = candidates.map((_, candidate) => candidate);
    const asked = { method, seats, maxScore, candidates: candidates.length };
    const tally = countBallots(asked, papers, inOrder);
    expect(tally.winners).toEqual(expected.winners);
    expect(tally.quota).toBe(expected.quota);
    if (expected.totals !== undefined) expect(tally.totals.join(' ')).toBe(expected.totals);
    expect(
      tally.stages.map(({ action, candidate, votes, nonTransferable }) => [
        action,
        candidate,
        votes.join(' '),
        nonTransferable,
      ]),
    ).toEqual(expected.stages);
  });
});

const receipt = fc.string({ unit: fc.constantFrom(...receiptDigits), minLength: 20, maxLength: 20 });
const ranking = (candidates: number) =>
  fc.shuffledSubarray([...Array(candidates).keys()], { minLength: 0, maxLength: candidates });
const election = fc
  .record({ candidates: fc.integer({ min: 1, max: 7 }), seats: fc.integer({ min: 1, max: 4 }) })
  .chain(({ candidates, seats }) =>
    fc.record({
      candidates: fc.constant(candidates),
      seats: fc.constant(seats),
      papers: fc.array(fc.record({ receipt, marks: ranking(candidates) }), { maxLength: 40 }),
    }),
  );

test('STV: no vote is made or lost, each seat that can be is filled once, and the order of the ballots is nothing', () => {
  fc.assert(
    fc.property(election, ({ candidates, seats, papers }) => {
      const asked = { method: 'stv' as const, seats, maxScore: 1, candidates };
      const tally = countBallots(asked, papers);
      expect(new Set(tally.winners).size).toBe(tally.winners.length);
      expect(tally.winners.length).toBe(Math.min(seats, candidates));
      const given = papers.filter(({ marks }) => marks.length > 0).length;
      for (const { votes, nonTransferable, lost } of tally.stages) {
        const sum = [...votes, nonTransferable, lost].reduce(
          (all, each) => all + Math.round(Number(each) * 1e5),
          0,
        );
        expect(sum).toBe(given * 1e5);
      }
      expect(countBallots(asked, papers.toReversed())).toEqual(tally);
    }),
    { numRuns: 300 },
  );
});

test('STV: who has more than half of the first preferences wins, whoever else is elected', () => {
  fc.assert(
    fc.property(election, ({ candidates, seats, papers }) => {
      const majority = papers.map(({ receipt: own }) => ({ receipt: own, marks: [0] }));
      const asked = { method: 'stv' as const, seats, maxScore: 1, candidates };
      const more = [...papers, ...majority, { receipt: '0', marks: [0] }];
      expect(countBallots(asked, more).winners).toContain(0);
    }),
  );
});

test('who is level at the last seat is named, and the lot that decides can be drawn again', () => {
  const papers = [
    { receipt: 'A', marks: [0] },
    { receipt: 'B', marks: [1] },
    { receipt: 'C', marks: [2, 0] },
  ];
  const asked = { method: 'approval' as const, seats: 1, maxScore: 1, candidates: 3 };
  expect(countBallots(asked, papers)).toMatchObject({ winners: [0], tied: [] });
  const level = countBallots(asked, papers.slice(0, 2));
  expect(level.tied).toEqual([0, 1]);
  expect(level.lot).toEqual(drawLot(['A', 'B'], 3));
  // Of those who are level, the last in the lot stays.
  expect(level.winners).toEqual([level.lot.filter((candidate) => candidate < 2).at(-1)]);
  const stv = countBallots({ ...asked, method: 'stv' }, papers.slice(0, 2));
  expect(stv.stages.find(({ tie }) => tie?.by === 'lot')?.tie?.between).toEqual([0, 1]);
  expect(drawLot(['B', 'A'], 3)).toEqual(drawLot(['A', 'B'], 3));
});

test('a ballot that cannot be counted is known as such', () => {
  const asked = { method: 'stv' as const, seats: 1, maxScore: 5, candidates: 3 };
  expect(faultOf([0, 3], asked)).toBe('unknown');
  expect(faultOf([0, 0], asked)).toBe('twice');
  expect(faultOf([2, 0], asked)).toBeUndefined();
  expect(faultOf([1, 6, 0], { ...asked, method: 'score' })).toBe('score');
  expect(faultOf([1, 5], { ...asked, method: 'score' })).toBe('score');
});

test('a recount finds whatever was changed in a published file', () => {
  const ballots = Array.from({ length: 9 }, (_, n) => ({ receipt: `R${n}`, marks: [n % 3, (n + 1) % 3] }));
  const asked = { method: 'stv' as const, seats: 2, maxScore: 1 };
  const file: ElectionFile = {
    format: 'elepherd-election-1',
    id: 1,
    title: 'Board',
    ...asked,
    candidates: ['A', 'B', 'C'],
    eligible: 12,
    ballots,
    tally: countBallots({ ...asked, candidates: 3 }, ballots),
  };
  expect(recountFile(file).differs).toEqual([]);
  // As another program may have written it: the same in another order of names.
  const turned = file.tally.stages.map(
    (stage) => Object.fromEntries(Object.entries(stage).toReversed()) as typeof stage,
  );
  expect(recountFile({ ...file, tally: { ...file.tally, stages: turned } }).differs).toEqual([]);
  const other = { ...file, ballots: [...ballots.slice(1), { receipt: 'R0', marks: [2] }] };
  expect(recountFile(other).differs).toContain('totals');
  expect(recountFile({ ...file, tally: { ...file.tally, winners: [2] } }).differs).toEqual(['winners']);
  expect(recountFile({ ...file, ballots: [...ballots, ballots[0]!] }).differs).toContain('receipts');
  expect(recountFile({ ...file, eligible: 3 }).differs).toEqual(['eligible']);
  expect(recountFile({ ...file, ballots: [{ receipt: 'X', marks: [7] }] }).differs).toEqual(['ballots']);
});
