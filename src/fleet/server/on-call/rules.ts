import type { PolicyStep } from '#src/fleet/contract/alerts.ts';
import { instantOf, localDate, type LocalDate } from '../silences/rules.ts';

/** A rota as its rules see it. */
export type RotaRow = {
  id: string;
  timeZone: string;
  handOver: string;
  turnDays: number;
  /** A date, `2026-11-22`: the first turn begins on it. */
  startsOn: string;
  people: string[];
};
export type OverrideRow = { id: string; accountId: string; startsAt: Date; endsAt: Date; createdAt: Date };
export type Turn = { accountId: string; startsAt: Date; endsAt: Date };

const dayMs = 86_400_000;

const dayNumber = ({ year, month, day }: LocalDate) => Math.round(Date.UTC(year, month - 1, day) / dayMs);
const dateOf = (number: number): LocalDate => {
  const date = new Date(number * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
const firstDay = ({ startsOn }: RotaRow) => {
  const [year = 1970, month = 1, day = 1] = startsOn.split('-').map(Number);
  return dayNumber({ year, month, day });
};

/** The turn of a moment: a whole number of days between hand-overs at the local time, whatever the clocks do. Before the first turn it is the first person's. */
export function turnAt(rota: RotaRow, at: Date): Turn {
  const first = firstDay(rota);
  const begin = (index: number) =>
    instantOf(dateOf(first + index * rota.turnDays), rota.handOver, rota.timeZone);
  const today = dayNumber(localDate(at, rota.timeZone));
  let index = Math.max(0, Math.floor((today - first) / rota.turnDays));
  if (index > 0 && at < begin(index)) index--;
  return {
    accountId: rota.people[index % rota.people.length] ?? '',
    startsAt: begin(index),
    endsAt: begin(index + 1),
  };
}

/** The turns from a moment on, one after another. */
export function turnsFrom(rota: RotaRow, at: Date, count: number): Turn[] {
  const turns: Turn[] = [];
  for (let moment = at; turns.length < count; moment = turns.at(-1)!.endsAt) turns.push(turnAt(rota, moment));
  return turns;
}

/** Who is on call at a moment: whoever stands in by the newest word, else whose turn it is. */
export function onCallAt(
  rota: RotaRow,
  overrides: readonly OverrideRow[],
  at: Date,
): { accountId: string; standingIn: boolean } {
  const standIn = overrides
    .filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
  return standIn
    ? { accountId: standIn.accountId, standingIn: true }
    : { accountId: turnAt(rota, at).accountId, standingIn: false };
}

/** The last step of the way up that an alert has reached: told at once, and further while nobody acknowledges. */
export function stepReached(steps: readonly PolicyStep[], startedAt: Date, at: Date): number {
  const minutes = (at.getTime() - startedAt.getTime()) / 60_000;
  return steps.findLastIndex((step, index) => index === 0 || step.afterMinutes <= minutes);
}
