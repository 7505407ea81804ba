import { expect, test } from 'vitest';
import type { Timeline, TimelineEntry } from './incidents.ts';
import type { PanelData } from './metrics-panels.ts';
import { curvesOf, hasFigures } from './timeline-curves.ts';
import { lanesOf, timelineHtml } from './timeline-html.ts';

const entry = (change: Partial<TimelineEntry>): TimelineEntry => ({
  id: `event:${Math.random()}`,
  at: '2026-11-22T06:00:00.000Z',
  kind: 'promotion',
  severity: 'warning',
  hostName: 'db-1',
  text: { en: 'plain', 'zh-CN': '普通' },
  detail: {},
  operationId: null,
  ...change,
});
const timeline: Timeline = {
  subject: 'orders',
  from: '2026-11-22T00:00:00.000Z',
  to: '2026-11-23T00:00:00.000Z',
  truncated: false,
  entries: [
    entry({ kind: 'operation', at: '2026-11-21T12:00:00.000Z', endedAt: '2026-11-22T12:00:00.000Z' }),
    entry({ text: { en: `<script>alert("1")</script> & 'x'`, 'zh-CN': '主库' } }),
    entry({ kind: 'alert', at: '2026-11-22T18:00:00.000Z', endedAt: null }),
  ],
};

test('places what lasts and what is a moment on the line of time, within its ends', () => {
  expect(lanesOf(timeline).map(({ kind, marks }) => [kind, marks.map((m) => [m.from, m.to])])).toEqual([
    ['promotion', [[0.25, 0.25]]],
    ['operation', [[0, 0.5]]],
    ['alert', [[0.75, 1]]],
  ]);
});

test('is one page in either language that runs nothing and loads nothing', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const html = timelineHtml(timeline, locale);
    expect(html).not.toMatch(/<script|<link|src=|https?:/);
    expect(html).toContain(`lang="${locale}"`);
    expect(html).toContain('2026-11-22 06:00:00 UTC');
  }
  expect(timelineHtml(timeline, 'en')).toContain('&#60;script&#62;alert(&#34;1&#34;)');
  expect(timelineHtml(timeline, 'zh-CN')).toContain('主库变更');
  expect(timelineHtml({ ...timeline, entries: [] }, 'en')).toContain('Nothing happened');
});

const panel = (change: Partial<PanelData>): PanelData => ({
  panel: 'transactions',
  unit: 'per-second',
  from: Date.parse('2026-11-22T00:00:00Z') / 1000,
  step: 6 * 3600,
  points: 5,
  series: [{ kind: 'commits', name: '<db-1>', values: [0, 40, null, 20, 10] }],
  earlier: null,
  ...change,
});

test('curves stand on the same line of time, with a hole where nothing was measured', () => {
  const { peak, lines } = curvesOf(panel({}), timeline);
  expect(peak).toBe(40);
  expect(lines).toEqual([
    {
      index: 0,
      runs: [
        [
          [0, 0],
          [0.25, 1],
        ],
        [
          [0.75, 0.5],
          [1, 0.25],
        ],
      ],
    },
  ]);
  // What a grid holds before the line begins is not drawn.
  const later = { from: '2026-11-22T06:00:00.000Z', to: timeline.to };
  expect(curvesOf(panel({}), later).lines[0]!.runs[0]).toEqual([[0, 1]]);
});

test('parts of one whole stand on one another; a panel in which nothing was measured has no figures', () => {
  const parts = panel({
    panel: 'waits',
    unit: 'count',
    points: 2,
    series: [
      { kind: 'wait', name: 'CPU', values: [1, 2] },
      { kind: 'wait', name: 'IO', values: [null, 2] },
    ],
  });
  const { peak, lines } = curvesOf(parts, timeline);
  expect(peak).toBe(4);
  expect(lines.map(({ runs }) => runs[0]?.at(-1)?.[1])).toEqual([0.5, 1]);
  expect(hasFigures(parts)).toBe(true);
  expect(hasFigures(panel({ series: [{ kind: 'commits', name: '', values: [null, null] }] }))).toBe(false);
});

test('the page carries its curves, their names and their peak, and still runs nothing', () => {
  const html = timelineHtml(timeline, 'en', [panel({})]);
  expect(html.match(/<polyline points="0.0,68.0 250.0,2.0"/g)).toHaveLength(1);
  expect(html).toContain('&#60;db-1&#62; · committed');
  expect(html).toContain('up to 40/s');
  expect(html).not.toMatch(/<script|<link|src=|https?:/);
  const quiet = timelineHtml({ ...timeline, entries: [] }, 'zh-CN', [panel({})]);
  expect(quiet).toContain('<polyline');
  expect(quiet).toContain('最高 40/s');
});
