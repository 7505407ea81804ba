import type { Span } from '../measures/queries.ts';

/** The month that was over most lately before a moment, in UTC, with its first day as it is written. */
export function lastMonth(now: Date): Span & { month: string } {
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  return { from, until, month: from.toISOString().slice(0, 10) };
}

/** The month that runs. */
export function runningMonth(now: Date): Span {
  return {
    from: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)),
    until: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)),
  };
}
