import {
  stackedPanels,
  type Annotation,
  type PanelData,
  type PanelName,
  type PanelSeries,
  type PanelUnit,
} from '#src/fleet/contract/metrics-panels.ts';
import { lightColours } from '#src/fleet/contract/timeline-curves.ts';
import type { Format } from '#src/platform/web/format.ts';

export type Scheme = 'light' | 'dark';

const bars = new Set<PanelName>(['checkpoints', 'waits']);

const palettes = {
  light: lightColours,
  dark: [
    '#6dbfd7',
    '#f4a868',
    '#9bd37a',
    '#cf9be6',
    '#ff9aa5',
    '#8fb8ff',
    '#dccb55',
    '#5fd0c3',
    '#f0a0cc',
    '#a9b8c1',
  ],
} satisfies Record<Scheme, string[]>;
const inks = {
  light: { text: '#51626b', line: '#d7e0e4', ground: '#ffffff', strong: '#15242b', mark: '#7c8f98' },
  dark: { text: '#9fb2bb', line: '#293840', ground: '#1d2a31', strong: '#e4ecef', mark: '#6d828c' },
} satisfies Record<Scheme, Record<string, string>>;
const severityInks = {
  light: { info: '#0a5a86', warning: '#a35f00', critical: '#a11c29' },
  dark: { info: '#84c9f0', warning: '#f1c174', critical: '#ffa3a5' },
} satisfies Record<Scheme, Record<Annotation['severity'], string>>;

export const colourOf = (index: number, scheme: Scheme): string => {
  const palette = palettes[scheme];
  return palette[index % palette.length]!;
};

/** A figure as a person reads it. */
export function sayFigure(value: number, unit: PanelUnit, format: Format): string {
  const number = () =>
    Math.abs(value) >= 100_000
      ? new Intl.NumberFormat(format.locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
      : format.number(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
  switch (unit) {
    case 'bytes':
      return format.bytes(value);
    case 'bytes-per-second':
      return `${format.bytes(value)}/s`;
    case 'per-second':
      return `${number()}/s`;
    case 'per-hour':
      return `${number()}/h`;
    case 'seconds':
      return value > 0 && value < 1
        ? `${format.number(Math.round(value * 1000))} ms`
        : format.duration(value);
    case 'share':
      return format.percent(value);
    case 'count':
      return number();
  }
}

/** The last value there is. */
export const latestOf = (series: PanelSeries): number | null =>
  series.values.findLast((value) => value !== null) ?? null;

/** What a chart is told to draw. */
export function optionOf(wish: {
  data: PanelData;
  names: readonly string[];
  hidden: ReadonlySet<number>;
  earlierWord: string;
  annotations: readonly Annotation[];
  scheme: Scheme;
  format: Format;
  narrow: boolean;
  /** The ends of a line of time, in milliseconds, on which the chart is one row among others; the axis is drawn there. */
  row?: { from: number; to: number } | undefined;
}) {
  const { data, row, names, hidden, annotations, scheme, format } = wish;
  const ink = inks[scheme];
  const at = (index: number) => (data.from + index * data.step) * 1000;
  const points = (series: PanelSeries) => series.values.map((value, index) => [at(index), value]);
  const isStacked = stackedPanels.has(data.panel);
  const lines = data.series.map((series, index) => ({
    name: names[index],
    type: bars.has(data.panel) ? 'bar' : 'line',
    data: hidden.has(index) ? [] : points(series),
    color: colourOf(index, scheme),
    showSymbol: false,
    lineStyle: {
      width: series.kind === 'limit' || series.kind === 'total' || series.kind === 'cores' ? 1 : 1.6,
      ...(series.kind === 'limit' || series.kind === 'total' || series.kind === 'cores'
        ? { type: 'dashed' }
        : {}),
    },
    ...(isStacked ? { stack: 'all', areaStyle: { opacity: 0.35 } } : {}),
    ...(data.series.length === 1 ? { areaStyle: { opacity: 0.1 } } : {}),
    barMaxWidth: 8,
    emphasis: { disabled: true },
    ...(index === 0 ? { markLine: marksOf(annotations, scheme) } : {}),
  }));
  const earlier = (data.earlier ?? []).flatMap((series) => {
    const index = data.series.findIndex((one) => one.kind === series.kind && one.name === series.name);
    if (index < 0 || hidden.has(index)) return [];
    return [
      {
        name: `${names[index]} (${wish.earlierWord})`,
        type: 'line',
        data: points(series),
        color: colourOf(index, scheme),
        showSymbol: false,
        lineStyle: { width: 1.2, type: [3, 3], opacity: 0.65 },
        emphasis: { disabled: true },
        z: 1,
      },
    ];
  });
  return {
    animation: false,
    grid: row
      ? { left: 0, right: 0, top: 8, bottom: 1 }
      : { left: 4, right: 12, top: 14, bottom: 2, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: ink.ground,
      borderColor: ink.line,
      textStyle: { color: ink.strong, fontSize: 12 },
      axisPointer: { lineStyle: { color: ink.mark } },
      order: 'valueDesc',
      formatter: (shown: { seriesName: string; color: string; value: [number, number | null] }[]) =>
        tooltipOf(shown, data.unit, format),
    },
    xAxis: {
      type: 'time',
      min: row?.from ?? at(0),
      max: row?.to ?? at(data.points - 1),
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      splitNumber: wish.narrow ? 3 : 5,
      axisLabel: {
        show: !row,
        color: ink.text,
        fontSize: 11,
        hideOverlap: true,
        formatter: (ms: number) => sayTime(ms, data, format),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...(data.unit === 'share'
        ? { max: ({ max }: { max: number }) => (max > 0.8 && max <= 1 ? 1 : null) }
        : {}),
      ...(data.unit.startsWith('bytes')
        ? { interval: bytesInterval(data, hidden) }
        : { splitNumber: row ? 2 : 3 }),
      splitLine: { lineStyle: { color: ink.line, type: [2, 4] } },
      axisLabel: {
        color: ink.text,
        fontSize: 11,
        // No room is taken from the line of time: figures stand on their lines, the foot needs none.
        ...(row ? { inside: true, showMinLabel: false, verticalAlign: 'bottom', margin: 2 } : {}),
        formatter: (value: number) => sayFigure(value, data.unit, format),
      },
    },
    // The button that begins a choice of time is pressed by us: whoever drags across a chart zooms.
    toolbox: {
      itemSize: 0,
      feature: { dataZoom: { yAxisIndex: false, brushStyle: { color: `${ink.mark}33` } } },
    },
    series: [...lines, ...earlier],
  };
}

/** Sizes are read in powers of two, so the lines of the grid lie there. */
function bytesInterval({ series, earlier }: PanelData, hidden: ReadonlySet<number>): number {
  const shown = [...series.filter((_, index) => !hidden.has(index)), ...(earlier ?? [])];
  const most = Math.max(1, ...shown.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return 2 ** Math.ceil(Math.log2(most / 4));
}

function marksOf(annotations: readonly Annotation[], scheme: Scheme) {
  return {
    symbol: ['none', 'none'],
    silent: true,
    animation: false,
    label: { show: false },
    data: annotations.map(({ at, severity, kind }) => ({
      xAxis: at * 1000,
      lineStyle: {
        color: severityInks[scheme][kind === 'failover' ? 'critical' : severity],
        width: kind === 'failover' ? 1.6 : 1.1,
        type: kind === 'operation' ? ([4, 3] as [number, number]) : ('solid' as const),
      },
    })),
  };
}

function tooltipOf(
  shown: readonly { seriesName: string; color: string; value: [number, number | null] }[],
  unit: PanelUnit,
  format: Format,
): HTMLElement {
  const box = document.createElement('div');
  const time = document.createElement('div');
  time.textContent = format.dateTime(new Date(shown[0]?.value[0] ?? 0).toISOString());
  time.style.marginBottom = '4px';
  box.append(time);
  for (const { seriesName, color, value } of shown.filter((one) => one.value[1] !== null).slice(0, 12)) {
    const row = document.createElement('div');
    row.style.cssText = 'display:flex;gap:14px;justify-content:space-between;align-items:baseline';
    const name = document.createElement('span');
    const swatch = document.createElement('span');
    swatch.style.cssText = `display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:6px;background:${color}`;
    name.append(swatch, seriesName.length > 46 ? `${seriesName.slice(0, 45)}…` : seriesName);
    const figure = document.createElement('strong');
    figure.textContent = sayFigure(value[1]!, unit, format);
    row.append(name, figure);
    box.append(row);
  }
  return box;
}

/** Days while days are what is looked at, else the hour. */
function sayTime(ms: number, { step, points }: PanelData, { locale, timeZone }: Format): string {
  const length = step * points;
  const options: Intl.DateTimeFormatOptions =
    length > 3 * 86_400
      ? { month: '2-digit', day: '2-digit' }
      : length > 86_400
        ? { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }
        : { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23', timeZone }).format(ms);
}
