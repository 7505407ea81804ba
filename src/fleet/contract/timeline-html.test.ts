import { expect, test } from 'vitest';
import type { Timeline, TimelineEntry } from './incidents.ts';
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
