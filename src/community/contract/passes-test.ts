import type { RunOutcome } from './runs.ts';

/** Whether a test passes by what it gave: nothing refused it, and where its last statement gives one value, that is not false. */
export function passesTest({ error, rows, rowCount, columns }: RunOutcome): boolean {
  if (error !== null) return false;
  const isOneValue = rowCount === 1 && columns.length === 1;
  return !isOneValue || !['f', 'false'].includes(rows[0]?.[0] ?? '');
}
