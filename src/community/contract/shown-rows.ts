import type { RunOutcome } from './runs.ts';

/** In a page, what a block of SQL is called that only prepares those after it; the others go by their hash. */
export const setupMark = 'setup';

/** What is shown and kept of one result: enough to read, not a copy of a table. */
export const shownRows = 50;
export const shownColumns = 50;
const valueCharacters = 400;
const allCharacters = 20_000;

/** What is shown of the rows that came out: the first, and of each value the beginning. */
export function showRows(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): RunOutcome {
  const cut = (value: string, most: number) =>
    value.length > most ? `${value.slice(0, most).toWellFormed()}…` : value;
  const shown: (string | null)[][] = [];
  let left = allCharacters;
  for (const row of rows.slice(0, shownRows)) {
    if (left <= 0) break;
    const values = row.slice(0, shownColumns).map((value) => value && cut(value, valueCharacters));
    left -= values.reduce((sum, value) => sum + (value?.length ?? 0), 0);
    shown.push(values);
  }
  return {
    columns: columns.slice(0, shownColumns).map((name) => cut(name, 100)),
    rows: shown,
    rowCount: rows.length,
    error: null,
  };
}

/** How values are read: as PostgreSQL writes them, whatever their type. */
export const asWritten = (value: string): string => value;

/** What is shown of a refusal. */
export function showError(error: unknown): RunOutcome {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const sqlstate = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : 'XX000';
  return {
    columns: [],
    rows: [],
    rowCount: 0,
    error: { sqlstate, message: String(message).slice(0, 1000).toWellFormed() },
  };
}
