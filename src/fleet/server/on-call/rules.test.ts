import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onCallAt, stepReached, turnAt, turnsFrom, type RotaRow } from './rules.ts';

const at = (text: string) => new Date(text);
const rota: RotaRow = {
  id: 'r',
  timeZone: 'Europe/Berlin',
  handOver: '09:00',
  turnDays: 7,
  startsOn: '2026-10-19',
  people: ['ada', 'bo', 'chen'],
};

test('the turn passes on at the local time, on the day when clocks change as well', () => {
  expect(turnAt(rota, at('2026-10-19T06:59:59Z')).accountId).toBe('ada');
  expect(turnAt(rota, at('2026-10-19T07:00:00Z')).accountId).toBe('ada');
  // Clocks went back on the 25th: 09:00 is an hour later in UTC.
  expect(turnAt(rota, at('2026-10-26T07:59:59Z')).accountId).toBe('ada');
  expect(turnAt(rota, at('2026-10-26T08:00:00Z')).accountId).toBe('bo');
  expect(turnAt(rota, at('2026-11-09T08:00:00Z')).accountId).toBe('ada');
});

test('turns follow one another without gap or overlap, and everybody comes in order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Pacific/Chatham'),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (timeZone, turnDays, count, minutes) => {
        const people = Array.from({ length: count }, (_, i) => String(i));
        const one = { ...rota, timeZone, turnDays, people };
        const moment = new Date(at('2026-10-20T12:00:00Z').getTime() + minutes * 60_000);
        const turns = turnsFrom(one, moment, 5);
        expect(turns[0]!.startsAt <= moment && moment < turns[0]!.endsAt).toBe(true);
        turns.forEach((turn, index) => {
          const next = turns[index + 1];
          if (!next) return;
          expect(next.startsAt).toEqual(turn.endsAt);
          expect(Number(next.accountId)).toBe((Number(turn.accountId) + 1) % count);
          expect(turnAt(one, new Date(turn.endsAt.getTime() - 1)).accountId).toBe(turn.accountId);
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('whoever stands in is on call, the newest word first', () => {
  const one = (accountId: string, from: string, to: string, made: string) => ({
    id: accountId,
    accountId,
    startsAt: at(from),
    endsAt: at(to),
    createdAt: at(made),
  });
  const overrides = [
    one('dora', '2026-10-20T00:00:00Z', '2026-10-22T00:00:00Z', '2026-10-01T00:00:00Z'),
    one('emil', '2026-10-21T00:00:00Z', '2026-10-21T12:00:00Z', '2026-10-02T00:00:00Z'),
  ];
  expect(onCallAt(rota, overrides, at('2026-10-20T10:00:00Z'))).toEqual({
    accountId: 'dora',
    standingIn: true,
  });
  expect(onCallAt(rota, overrides, at('2026-10-21T10:00:00Z'))).toEqual({
    accountId: 'emil',
    standingIn: true,
  });
  expect(onCallAt(rota, overrides, at('2026-10-21T12:00:00Z'))).toEqual({
    accountId: 'dora',
    standingIn: true,
  });
  expect(onCallAt(rota, overrides, at('2026-10-22T00:00:00Z'))).toEqual({
    accountId: 'ada',
    standingIn: false,
  });
});

test('an alert climbs step by step as it gets older', () => {
  const step = (afterMinutes: number) => ({ afterMinutes, channelIds: [], rotaIds: [], owners: true });
  const steps = [step(0), step(10), step(30)];
  const start = at('2026-11-01T00:00:00Z');
  const reached = (minutes: number) =>
    stepReached(steps, start, new Date(start.getTime() + minutes * 60_000));
  expect([0, 9.9, 10, 29, 30, 9999].map(reached)).toEqual([0, 0, 1, 1, 2, 2]);
  // A clock a little behind the one that wrote the row must not keep it from being told.
  expect(reached(-1)).toBe(0);
});
