import type { Locale } from '#src/platform/contract/i18n.ts';
import { stackedPanels, type PanelData, type PanelName, type PanelUnit } from './metrics-panels.ts';

/** The panels that stand beside what happened: the work done, what it waited for, how far replicas are behind, and room. */
export const curvePanels = [
  'transactions',
  'waits',
  'replication-seconds',
  'member-disk',
] as const satisfies readonly PanelName[];

/** Told apart by people who see colours differently, on a light ground; the order is kept, so a series keeps its colour. */
export const lightColours = [
  '#12607b',
  '#c2610c',
  '#3f7d20',
  '#8a3ea8',
  '#b3263a',
  '#1f5fbf',
  '#7a6a00',
  '#00766c',
  '#a0487a',
  '#5a6872',
];

export const hasFigures = ({ series }: PanelData): boolean =>
  series.some(({ values }) => values.some((value) => value !== null));

/** A point of a curve: both as shares, of the time from its left end and of the panel's peak from its foot. */
export type CurvePoint = [x: number, y: number];
/** A panel as lines: `runs` are the unbroken parts of each series; where nothing was measured there is no line. */
export type Curves = { peak: number; lines: { index: number; runs: CurvePoint[][] }[] };

/** The series of a panel placed on a line of time; those that are parts of one whole stand on one another. */
export function curvesOf(data: PanelData, { from, to }: { from: string; to: string }): Curves {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const floor = Array.from({ length: data.points }, () => 0);
  const placed = data.series.map(({ values }) =>
    values.map((value, at) => {
      if (value === null || !stackedPanels.has(data.panel)) return value;
      return (floor[at] = (floor[at] ?? 0) + value);
    }),
  );
  const peak = Math.max(0, ...placed.flatMap((values) => values.map((value) => value ?? 0)));
  const lines = placed.map((values, index) => {
    const runs: CurvePoint[][] = [];
    let run: CurvePoint[] = [];
    for (const [at, value] of values.entries()) {
      const x = ((data.from + at * data.step) * 1000 - start) / (end - start);
      if (value === null || x < 0 || x > 1) {
        run = [];
        continue;
      }
      if (run.length === 0) runs.push(run);
      run.push([x, peak > 0 ? value / peak : 0]);
    }
    return { index, runs };
  });
  return { peak, lines };
}

/** A figure of a curve in words, short enough for a label. */
export function sayPeak(value: number, unit: PanelUnit, locale: Locale): string {
  const number = (digits: number, options: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(locale, { maximumSignificantDigits: digits, ...options }).format(value);
  if (unit === 'share') return number(3, { style: 'percent' });
  if (unit === 'seconds') return number(3, { style: 'unit', unit: 'second', unitDisplay: 'narrow' });
  return unit === 'per-second' ? `${number(3)}/s` : number(3);
}
