import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { SettingRow } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** Values a person has chosen but not sent; null gives a setting back to what Elepherd derives. */
export type Draft = Record<string, string | null>;

const sizes: Record<string, number> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
const times: Record<string, number> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** What is wrong with a value, for words while one types; null when nothing is. The server has the last word. */
export function checkValue(
  row: Pick<SettingRow, 'choices' | 'minimum' | 'maximum' | 'unit'>,
  value: string,
): Text | null {
  if (/[\n\r\0]/.test(value)) return text.valueOneLine;
  if (row.choices !== null)
    return row.choices.includes(value.toLowerCase()) ? null : text.valueChoice(row.choices.join(', '));
  if (row.minimum === null || row.maximum === null) return null;
  const number = inOwnUnit(value, row.unit);
  if (number === null)
    return row.unit === null ? text.valueNumber : text.valueAmount(unitsOf(row.unit).join(', '));
  if (number < Number(row.minimum) || number > Number(row.maximum)) {
    return text.valueRange(withUnit(row.minimum, row.unit), withUnit(row.maximum, row.unit));
  }
  return null;
}

/** Units that a setting's value may carry. */
function unitsOf(unit: string): string[] {
  return Object.keys(unit.endsWith('B') ? sizes : times);
}

/** A typed value in the setting's own unit, as PostgreSQL counts it (`8kB` means pages of 8 KiB). */
export function inOwnUnit(value: string, unit: string | null): number | null {
  const found = /^(-?\d+(?:\.\d+)?)\s*([a-zA-Z]+)?$/.exec(value.trim());
  if (!found) return null;
  const number = Number(found[1]);
  const given = found[2];
  if (given === undefined) return number;
  const own = /^(\d*)([a-zA-Z]+)$/.exec(unit ?? '');
  if (!own) return null;
  const table = own[2]?.endsWith('B') ? sizes : times;
  const [from, to] = [table[given], table[own[2] ?? '']];
  return from === undefined || to === undefined ? null : (number * from) / (Number(own[1] || 1) * to);
}

/** A bound in its own unit as people write it: 16384 pages of 8kB are 128MB. */
export function withUnit(value: string, unit: string | null): string {
  const own = /^(\d*)([a-zA-Z]+)$/.exec(unit ?? '');
  const amount = Number(value);
  if (!own || !Number.isFinite(amount) || amount <= 0) return value;
  const table = own[2]?.endsWith('B') ? sizes : times;
  const base = amount * Number(own[1] || 1) * (table[own[2] ?? ''] ?? 1);
  const best = Object.entries(table)
    .toReversed()
    .find(([, size]) => base >= size && Number.isInteger(base / size));
  return best ? `${base / best[1]}${best[0]}` : `${value}${unit}`;
}

/** A value as people write it, in the largest unit that fits: 16384 pages and 131072kB are both 128MB. */
export function asWritten(row: Pick<SettingRow, 'unit' | 'minimum'>, raw: string): string {
  const amount = row.minimum === null || row.unit === null ? null : inOwnUnit(raw, row.unit);
  return amount !== null && Number.isInteger(amount) ? withUnit(String(amount), row.unit) : raw;
}

/** Whether what runs is what was wished, however each is written. */
export function runsAsWished(row: Pick<SettingRow, 'value' | 'running' | 'unit' | 'minimum'>): boolean {
  const { value, running, unit } = row;
  if (running === null || running === value) return true;
  if (row.minimum === null) return false;
  const [wished, now] = [inOwnUnit(value, unit), inOwnUnit(running, unit)];
  return wished !== null && now !== null && Math.abs(wished - now) < 1;
}
