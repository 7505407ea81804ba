import type { Locale } from '#src/platform/contract/i18n.ts';

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const binaryNames = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

export type Format = ReturnType<typeof makeFormat>;

const made = new Map<string, Format>();
/** Zones come from readers' cookies: what is kept has an end. */
const keptAtMost = 200;

/**
 * Formatters of one language and zone, made once: each costs more than drawing a page. Times are given in ISO 8601; sizes
 * in bytes; durations in seconds.
 */
export function formatFor(locale: Locale, timeZone: string): Format {
  const key = `${locale} ${timeZone}`;
  const known = made.get(key);
  if (known) return known;
  const format = makeFormat(locale, timeZone);
  if (made.size >= keptAtMost) made.clear();
  made.set(key, format);
  return format;
}

function makeFormat(locale: Locale, timeZone: string) {
  const number = new Intl.NumberFormat(locale);
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone,
  });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  const full = new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    timeStyle: 'long',
    hourCycle: 'h23',
    timeZone,
  });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  return {
    locale,
    timeZone,
    number: (value: number) => number.format(value),
    percent: (value: number) => share.format(value),
    /** 1536 → 1.5 KiB: memory and disks are counted in powers of two. */
    bytes: (value: number) => {
      const step = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10));
      const amount = value / 1024 ** step;
      const digits = step === 0 || amount >= 100 ? 0 : 1;
      return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(amount)} ${binaryNames[step]}`;
    },
    /** 75 → 1m 15s, 1 分钟 15 秒: the two largest units that are not zero. */
    duration: (seconds: number) => spell(seconds, locale),
    dateTime: (iso: string) => moment.format(new Date(iso)),
    date: (iso: string) => day.format(new Date(iso)),
    time: (iso: string) => clock.format(new Date(iso)),
    fullTime: (iso: string) => full.format(new Date(iso)),
    /** "3 min. ago", 3分钟前; a date once it is older than a month. */
    ago: (iso: string, nowMs: number) => {
      const seconds = (new Date(iso).getTime() - nowMs) / 1000;
      const size = Math.abs(seconds);
      if (size < 45) return ago.format(Math.round(seconds / 5) * 5 || 0, 'second');
      if (size < 45 * 60) return ago.format(Math.round(seconds / 60), 'minute');
      if (size < 22 * 3600) return ago.format(Math.round(seconds / 3600), 'hour');
      if (size < 30 * 86_400) return ago.format(Math.round(seconds / 86_400), 'day');
      return day.format(new Date(iso));
    },
  };
}

function spell(seconds: number, locale: Locale): string {
  if (seconds < 10) {
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'narrow',
      maximumFractionDigits: 1,
    }).format(Math.max(0, seconds));
  }
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), 'day'],
    [Math.floor(whole / 3600) % 24, 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(amount),
    )
    .join(' ');
}
