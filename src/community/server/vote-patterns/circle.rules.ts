import { fewest } from './rules.ts';

/** Up-votes from one member to another, and all of the one, in ninety days. */
export type Edge = { giver: string; taker: string; given: number; givenAll: number };

/** Two are a ring; more than this are a crowd, in which votes go round by themselves. */
const most = 12;
/** So much of everything that each of them votes stays among them. */
const insideFrom = 0.5;
/** A circle inside a crowd is looked for among votes that are more and more of what somebody gives. */
const shares = [0, 0.1, 0.2, 0.3];

/**
 * Circles of three or more who vote round among themselves: each gives and gets at least five, directly or by others of them, and
 * half of everything that each votes stays inside. Each member is in at most one. Where they are half of all who vote there
 * (`voters`) is none: in a community that small everybody is in it. The work grows with the number of edges alone.
 */
export function circlesOf(edges: readonly Edge[], voters: number): string[][] {
  const heavy = edges.filter(({ given, giver, taker }) => given >= fewest && giver !== taker);
  const taken = new Set<string>();
  const circles: string[][] = [];
  for (const share of shares) {
    const strong = heavy.filter(({ given, givenAll }) => given >= share * givenAll);
    const byGiver = Map.groupBy(strong, ({ giver }) => giver);
    for (const component of componentsOf(strong)) {
      if (component.length > most) continue;
      for (const circle of closedIn(component, byGiver)) {
        if (circle.length * 2 > voters || circle.some((one) => taken.has(one))) continue;
        for (const one of circle) taken.add(one);
        circles.push(circle.toSorted());
      }
    }
  }
  return circles;
}

/** What stays of a component once those whose votes mostly go elsewhere are taken out. */
function closedIn(component: readonly string[], byGiver: ReadonlyMap<string, readonly Edge[]>): string[][] {
  const insideOf = (one: string, members: ReadonlySet<string>) =>
    (byGiver.get(one) ?? []).filter(({ taker }) => members.has(taker));
  const members = new Set(component);
  const stays = component.filter((one) => {
    const own = insideOf(one, members);
    return own.reduce((sum, { given }) => sum + given, 0) >= insideFrom * (own[0]?.givenAll ?? Infinity);
  });
  if (stays.length === component.length) return [[...component]];
  const left = new Set(stays);
  return componentsOf(stays.flatMap((one) => insideOf(one, left))).flatMap((one) => closedIn(one, byGiver));
}

/** The sets of three or more in which everybody is reached from everybody else, by Kosaraju's two walks without recursion. */
function componentsOf(edges: readonly Edge[]): string[][] {
  const [to, from] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { giver, taker } of edges) {
    for (const one of [giver, taker]) for (const map of [to, from]) if (!map.has(one)) map.set(one, []);
    to.get(giver)!.push(taker);
    from.get(taker)!.push(giver);
  }
  const seen = new Set<string>();
  const order = [...to.keys()].flatMap((one) => walk(one, to, seen));
  const found = new Set<string>();
  return order
    .toReversed()
    .map((one) => walk(one, from, found))
    .filter(({ length }) => length >= 3);
}

/** Everybody new who is reached from one, each after all whom they reach. */
function walk(start: string, next: ReadonlyMap<string, string[]>, seen: Set<string>): string[] {
  if (seen.has(start)) return [];
  seen.add(start);
  const done: string[] = [];
  const path = [{ one: start, at: 0 }];
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const following = next.get(top.one)?.[top.at++];
    if (following === undefined) done.push(path.pop()!.one);
    else if (!seen.has(following)) {
      seen.add(following);
      path.push({ one: following, at: 0 });
    }
  }
  return done;
}

const chainAtMost = 10;

/**
 * Which accounts hang together by places from which several of them signed in, as the number of their chain; a chain of more
 * than ten is a company or a provider, and none.
 */
export function chainsOf(places: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const parents = new Map<string, string>();
  const rootOf = (one: string): string => {
    let root = one;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    for (let at = one; at !== root;) {
      const up = parents.get(at)!;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  for (const accounts of places)
    for (const one of accounts.slice(1)) {
      const [a, b] = [rootOf(accounts[0]!), rootOf(one)];
      if (a !== b) parents.set(a, b);
    }
  const chains = Map.groupBy(new Set(places.flat()), rootOf);
  return new Map(
    [...chains.values()]
      .filter(({ length }) => length <= chainAtMost)
      .flatMap((accounts, number) => accounts.map((one): [string, number] => [one, number])),
  );
}
