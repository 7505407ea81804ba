import type { PatternKind } from '#src/community/contract/vote-patterns.ts';

/** Up-votes between two members in ninety days. */
export type Flow = {
  /** From the one to the other, and all of the one. */
  given: number;
  givenAll: number;
  /** From the other back, and all of the other. */
  returned: number;
  returnedAll: number;
  /** Whether both signed in from one address with one browser. */
  isSamePlace: boolean;
  /** Whether both vote round in one circle of three or more. */
  isCircle: boolean;
  /** Whether places from which accounts signed in lead from the one to the other. */
  isChain: boolean;
};

/** Fewer votes than this say nothing. */
export const fewest = 5;
const oneSidedFrom = 10;

/** What votes look like, or undefined when they look like votes. */
export function patternOf(flow: Flow): PatternKind | undefined {
  const { given, givenAll, returned, returnedAll, isSamePlace, isCircle, isChain } = flow;
  if (given < fewest) return undefined;
  if (isSamePlace) return 'same-place';
  const isMost = (part: number, all: number, share: number) => part >= share * all;
  if (returned >= fewest && isMost(given, givenAll, 0.3) && isMost(returned, returnedAll, 0.3)) return 'ring';
  if (isCircle) return 'circle';
  if (isChain) return 'chain';
  if (given >= oneSidedFrom && isMost(given, givenAll, 0.6)) return 'one-sided';
  return undefined;
}
