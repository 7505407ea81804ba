import { cliText } from '../contract/cli.text.ts';
import type { Locale, Text } from '../contract/i18n.ts';

/** A moment in the reader's own zone, as in `2026-11-22 09:15:04`; a dash when there is none. */
export function momentOf(iso: string | null | undefined): string {
  if (!iso) return '-';
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** The time of day of a moment, now when there is none. */
export function clockOf(iso: string | null): string {
  return momentOf(iso ?? new Date().toISOString()).slice(11);
}

/** How long something took, or takes until now. */
export function lengthOf(from: string | null, to: string | null, locale: Locale): string {
  if (from === null) return '';
  const end = to === null ? Date.now() : Date.parse(to);
  const seconds = Math.max(0, (end - Date.parse(from)) / 1000);
  if (seconds < 9.95) return cliText.seconds(seconds.toFixed(1))[locale];
  if (seconds < 119.5) return cliText.seconds(String(Math.round(seconds)))[locale];
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return cliText.minutes(String(minutes), String(Math.floor(seconds % 60)))[locale];
  return cliText.hours(String(Math.floor(minutes / 60)), String(minutes % 60))[locale];
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size as PostgreSQL counts: 1024 bytes are one kB. */
export function sizeOf(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return '-';
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Yes or no as a word. */
export function yesNo(value: boolean): Text {
  return value ? cliText.yes : cliText.no;
}
