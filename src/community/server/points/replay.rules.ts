/** What a cause brings from one moment to another; times in milliseconds, an open end is infinite. */
export type Rule = {
  cause: string;
  growth: number;
  spendable: number;
  dailyCap: number | null;
  actorCap: number | null;
  from: number;
  until: number;
};

/** An entry of the ledger, as it is replayed. */
export type Entry = {
  id: number;
  memberId: string;
  growth: number;
  /** What the rule brings of it, before the weight of the post. */
  base: number;
  weight: number;
  spendable: number;
  cause: string;
  /** Whether a rule said what it brings. */
  isByRule: boolean;
  actorId: string | null;
  reverses: number | null;
  againOf: number | null;
  at: number;
};

export type Balances = { growth: number; spendable: number };
export type Difference = { entryId: number; expected: Balances; found: Balances };

const msADay = 24 * 3600_000;
type Day = Balances & { actors: Map<string, number> };

/**
 * Works the whole history again: takes entries one after the other, in the order of their numbers, gives each what the rules
 * of its time bring, caps of its day included, and answers where the ledger says something else.
 */
export function newReplay(rules: readonly Rule[]) {
  const byCause = Map.groupBy(rules, ({ cause }) => cause);
  // Growth before weights, by which caps of a day go.
  const worked = new Map<number, Balances & { day: Day; actorId: string | null }>();
  const days = new Map<string, Day>();
  const members = new Map<string, Balances>();

  const ofRule = (entry: Entry, day: Day): Balances => {
    const rule = byCause.get(entry.cause)?.find(({ from, until }) => from <= entry.at && entry.at < until);
    if (!rule) return { growth: 0, spendable: 0 };
    if (entry.actorId !== null && (day.actors.get(entry.actorId) ?? 0) >= (rule.actorCap ?? Infinity))
      return { growth: 0, spendable: 0 };
    const capped = (balance: keyof Balances) =>
      rule.dailyCap === null
        ? rule[balance]
        : Math.max(0, Math.min(rule[balance], rule.dailyCap - day[balance]));
    return { growth: capped('growth'), spendable: capped('spendable') };
  };

  const take = (entry: Entry): Difference | undefined => {
    const before = worked.get(entry.reverses ?? entry.againOf ?? Number.NaN);
    let unweighted: Balances = { growth: entry.base, spendable: entry.spendable };
    if (entry.reverses !== null) {
      if (before) {
        unweighted = { growth: -before.growth, spendable: -before.spendable };
        count(before.day, before, before.actorId, -1);
      }
    } else {
      const name = `${entry.memberId} ${entry.cause} ${Math.floor(entry.at / msADay)}`;
      const day = days.get(name) ?? { growth: 0, spendable: 0, actors: new Map<string, number>() };
      days.set(name, day);
      if (entry.againOf !== null && before)
        unweighted = { growth: before.growth, spendable: before.spendable };
      else if (entry.isByRule) unweighted = ofRule(entry, day);
      worked.set(entry.id, { ...unweighted, day, actorId: entry.actorId });
      count(day, unweighted, entry.actorId, 1);
    }
    const expected = { growth: unweighted.growth * entry.weight, spendable: unweighted.spendable };
    const member = members.get(entry.memberId) ?? { growth: 0, spendable: 0 };
    members.set(entry.memberId, {
      growth: member.growth + expected.growth,
      spendable: member.spendable + expected.spendable,
    });
    const found = { growth: entry.growth, spendable: entry.spendable };
    const isSame = found.growth === expected.growth && found.spendable === expected.spendable;
    return isSame ? undefined : { entryId: entry.id, expected, found };
  };

  return { take, members };
}

/** Adds what counts on a day, or takes it out again. */
function count(day: Day, { growth, spendable }: Balances, actorId: string | null, step: 1 | -1): void {
  day.growth += step * growth;
  day.spendable += step * spendable;
  if (actorId !== null) day.actors.set(actorId, (day.actors.get(actorId) ?? 0) + step);
}
