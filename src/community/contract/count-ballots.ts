import { type ElectionFile, type Marks, type Paper, type Stage, Tally } from './tallies.ts';

/** Votes are counted in hundred-thousandths, as the rules of STV say: five digits, what is beyond them is dropped. */
const one = 100_000n;

const written = (votes: bigint): string =>
  votes % one === 0n ? String(votes / one) : `${votes / one}.${String(votes % one).padStart(5, '0')}`;

/** Crockford's digits, of which receipts are made. */
export const receiptDigits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const prime = 2n ** 61n - 1n;

/**
 * The order in which the lot takes candidates out where they are level. Everybody can draw it again: read each receipt as a
 * number in base 32, take the sum of all modulo 2^61 - 1, raise it to the power of 1, 2, 3… for the first, second, third…
 * candidate, modulo the same; the smallest comes first. Nobody knows the receipts before the last ballot is cast.
 */
export function drawLot(receipts: readonly string[], candidates: number): number[] {
  let seed = 0n;
  for (const receipt of receipts) {
    let value = 0n;
    for (const digit of receipt)
      value = (value * 32n + BigInt(Math.max(0, receiptDigits.indexOf(digit)))) % prime;
    seed = (seed + value) % prime;
  }
  const keys: bigint[] = [];
  for (let power = seed, n = 0; n < candidates; n++, power = (power * seed) % prime) keys.push(power);
  return keys
    .map((key, candidate) => ({ key, candidate }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.candidate - b.candidate))
    .map(({ candidate }) => candidate);
}

type Asked = Pick<ElectionFile, 'method' | 'seats' | 'maxScore'> & { candidates: number };

/** What is wrong with a ballot; undefined when it can be counted. An empty one is a ballot for nobody. */
export function faultOf(
  marks: Marks,
  { method, maxScore, candidates }: Asked,
): 'unknown' | 'twice' | 'score' | undefined {
  if (method === 'score')
    return marks.length !== candidates || marks.some((points) => points > maxScore) ? 'score' : undefined;
  if (marks.some((candidate) => candidate >= candidates)) return 'unknown';
  return new Set(marks).size === marks.length ? undefined : 'twice';
}

/** Counts ballots by the rules of a method; `lot` says who gives way where candidates are level, by their receipts otherwise. */
export function countBallots(asked: Asked, papers: readonly Paper[], lot?: readonly number[]): Tally {
  const drawn =
    lot ??
    drawLot(
      papers.map(({ receipt }) => receipt),
      asked.candidates,
    );
  const ballots = papers.map(({ marks }) => marks);
  return asked.method === 'stv' ? countStv(asked, ballots, drawn) : countPoints(asked, ballots, drawn);
}

/** Approval and score: most points win; of those who are level at the last seat the lot takes out. */
function countPoints(
  { method, seats, candidates }: Asked,
  ballots: readonly Marks[],
  lot: readonly number[],
): Tally {
  const totals = Array.from({ length: candidates }, () => 0);
  for (const marks of ballots)
    if (method === 'approval') for (const candidate of marks) totals[candidate]! += 1;
    else for (const [candidate, points] of marks.entries()) totals[candidate]! += points;
  const order = totals
    .map((_, candidate) => candidate)
    .toSorted((a, b) => totals[b]! - totals[a]! || lot.indexOf(b) - lot.indexOf(a));
  const winners = order.slice(0, seats);
  const last = totals[winners.at(-1) ?? 0];
  const isTied = order.length > seats && totals[order[seats]!] === last;
  return {
    method,
    seats,
    ballots: ballots.length,
    quota: null,
    totals: totals.map(String),
    stages: [],
    winners,
    tied: isTied ? order.filter((candidate) => totals[candidate] === last).toSorted((a, b) => a - b) : [],
    lot: [...lot],
  };
}

type Held = { marks: Marks; at: number; value: bigint };
type Choice = { candidate: number; tie: Stage['tie'] };

/**
 * The single transferable vote as the Scottish Local Government Elections Order 2007 counts it: Droop quota, surpluses one at
 * a time and the largest first, by the weighted inclusive Gregory method with five digits; exclusion of the lowest, one at a
 * time. Who is level is told apart by the last stage where they were not, otherwise by lot.
 */
function countStv(
  { method, seats, candidates }: Asked,
  ballots: readonly Marks[],
  lot: readonly number[],
): Tally {
  const quotaVotes = Math.floor(ballots.filter((marks) => marks.length > 0).length / (seats + 1)) + 1;
  const quota = BigInt(quotaVotes) * one;
  const piles: Held[][] = Array.from({ length: candidates }, () => []);
  for (const marks of ballots) if (marks.length > 0) piles[marks[0]!]!.push({ marks, at: 0, value: one });
  const votes = piles.map((pile) => BigInt(pile.length) * one);
  const all = votes.reduce((sum, each) => sum + each, 0n);
  const continuing = new Set(votes.keys());
  const waiting = new Set<number>();
  const winners: number[] = [];
  const history: bigint[][] = [];
  const stages: Stage[] = [];
  const tied = new Set<number>();
  let exhausted = 0n;

  const elect = (who: readonly number[]) => {
    for (const candidate of who) {
      continuing.delete(candidate);
      winners.push(candidate);
    }
  };
  /** Ends a stage: who has reached the quota is elected, the most votes first; then those for whom the seats just suffice. */
  const endStage = (stage: Pick<Stage, 'action' | 'candidate' | 'tie'>) => {
    const reached = [...continuing]
      .filter((candidate) => votes[candidate]! >= quota)
      .toSorted((a, b) => (votes[a]! > votes[b]! ? -1 : votes[a]! < votes[b]! ? 1 : a - b))
      .slice(0, seats - winners.length);
    elect(reached);
    for (const candidate of reached) if (votes[candidate]! > quota) waiting.add(candidate);
    const rest = continuing.size <= seats - winners.length ? [...continuing] : [];
    elect(rest);
    history.push([...votes]);
    if (stage.tie?.by === 'lot') for (const candidate of stage.tie.between) tied.add(candidate);
    const credited = votes.reduce((sum, each) => sum + each, 0n);
    stages.push({
      ...stage,
      elected: [...reached, ...rest],
      votes: votes.map(written),
      nonTransferable: written(exhausted),
      lost: written(all - credited - exhausted),
    });
  };
  const choose = (among: readonly number[], wanted: 'most' | 'least'): Choice =>
    chooseOne(among, wanted, history, lot);
  /** Gives the papers of a candidate to the next continuing one on each, at the value that `valueOf` says. */
  const transfer = (candidate: number, keeps: bigint, valueOf: (value: bigint) => bigint) => {
    const papers = piles[candidate]!;
    piles[candidate] = [];
    votes[candidate] = keeps;
    for (const paper of papers) {
      let at = paper.at + 1;
      while (at < paper.marks.length && !continuing.has(paper.marks[at]!)) at++;
      const next = paper.marks[at];
      const value = valueOf(paper.value);
      if (next === undefined) {
        exhausted += value;
        continue;
      }
      piles[next]!.push({ marks: paper.marks, at, value });
      votes[next]! += value;
    }
  };

  endStage({ action: 'first', candidate: null, tie: null });
  while (winners.length < seats && continuing.size > 0) {
    if (waiting.size > 0) {
      const { candidate, tie } = choose([...waiting], 'most');
      waiting.delete(candidate);
      const total = votes[candidate]!;
      const surplus = total - quota;
      transfer(candidate, quota, (value) => (surplus * value) / total);
      endStage({ action: 'surplus', candidate, tie });
    } else {
      const { candidate, tie } = choose([...continuing], 'least');
      continuing.delete(candidate);
      transfer(candidate, 0n, (value) => value);
      endStage({ action: 'exclusion', candidate, tie });
    }
  }
  return {
    method,
    seats,
    ballots: ballots.length,
    quota: quotaVotes,
    totals: (history[0] ?? votes).map(written),
    stages,
    winners,
    tied: [...tied].toSorted((a, b) => a - b),
    lot: [...lot],
  };
}

/** The one with the most or the least votes now; among those who are level, by the last stage where they were not, then by lot. */
function chooseOne(
  among: readonly number[],
  wanted: 'most' | 'least',
  history: readonly bigint[][],
  lot: readonly number[],
): Choice {
  let left = [...among];
  let level: number[] | null = null;
  for (const votes of history.toReversed()) {
    const best = left
      .map((candidate) => votes[candidate]!)
      .reduce((a, b) => ((wanted === 'most') === a > b ? a : b));
    left = left.filter((candidate) => votes[candidate] === best);
    if (left.length === 1)
      return { candidate: left[0]!, tie: level && { between: level, by: 'earlier-stage' } };
    level ??= left;
  }
  const candidate = lot.find((each) => left.includes(each)) ?? left[0]!;
  return { candidate, tie: { between: left, by: 'lot' } };
}

/** Where a published file does not say what its ballots say; empty when everything is as it was published. */
export function recountFile(file: ElectionFile): { tally: Tally; differs: string[] } {
  const asked = { ...file, candidates: file.candidates.length };
  const differs: string[] = [];
  if (new Set(file.ballots.map(({ receipt }) => receipt)).size !== file.ballots.length)
    differs.push('receipts');
  if (file.ballots.length > file.eligible) differs.push('eligible');
  if (file.ballots.some(({ marks }) => faultOf(marks, asked) !== undefined)) {
    return { tally: file.tally, differs: [...differs, 'ballots'] };
  }
  const tally = countBallots(asked, file.ballots);
  // Through the schema, so that the order in which a file names things is nothing.
  const [ours, theirs] = [Tally.parse(tally), Tally.parse(file.tally)];
  for (const part of ['quota', 'totals', 'stages', 'winners', 'tied', 'lot'] as const)
    if (JSON.stringify(ours[part]) !== JSON.stringify(theirs[part])) differs.push(part);
  return { tally, differs };
}
