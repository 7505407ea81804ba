import type { Locale, Text } from '#src/platform/contract/i18n.ts';
import { incidentText } from './incidents.text.ts';
import { panelWords } from './metrics-pages.text.ts';
import type { PanelData } from './metrics-panels.ts';
import { nameOfSeries } from './series-name.ts';
import { curvesOf, lightColours, sayPeak } from './timeline-curves.ts';
import { TimelineKind, type Severity, type Timeline, type TimelineEntry } from './incidents.ts';

/** What each kind is called. */
export const kindWords: Record<TimelineKind, Text> = {
  promotion: incidentText.kindPromotion,
  server: incidentText.kindServer,
  guardian: incidentText.kindGuardian,
  kernel: incidentText.kindKernel,
  agent: incidentText.kindAgent,
  operation: incidentText.kindOperation,
  change: incidentText.kindChange,
  alert: incidentText.kindAlert,
};

export const severityWords: Record<Severity, Text> = {
  info: incidentText.severityInfo,
  warning: incidentText.severityWarning,
  critical: incidentText.severityCritical,
};

/** An entry on its lane: where it begins and ends, as shares of the whole time. */
export type LaneMark = { entry: TimelineEntry; from: number; to: number };

/** The kinds that have entries, in their order, each with its entries placed on the line of time. */
export function lanesOf({
  from,
  to,
  entries,
}: Pick<Timeline, 'from' | 'to' | 'entries'>): { kind: TimelineKind; marks: LaneMark[] }[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const share = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - start) / (end - start)));
  return TimelineKind.options.flatMap((kind) => {
    const marks = entries
      .filter((entry) => entry.kind === kind)
      .map((entry) => ({
        entry,
        from: share(entry.at),
        to: entry.endedAt === undefined ? share(entry.at) : share(entry.endedAt ?? to),
      }));
    return marks.length > 0 ? [{ kind, marks }] : [];
  });
}

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (c) => `&#${String(c.charCodeAt(0))};`).replaceAll('\n', '<br>');

/** A moment with its zone, so that the page means the same wherever it is read. */
const moment = (iso: string) => iso.replace('T', ' ').replace(/\.\d+/, '').replace('Z', ' UTC');

const colours: Record<Severity, string> = { info: '#4c7a9c', warning: '#b7791f', critical: '#c0392b' };

const width = 1000;

/** A panel as curves on the line of time, with its peak in words. */
function curveHtml(data: PanelData, timeline: Timeline, locale: Locale): string {
  const { peak, lines } = curvesOf(data, timeline);
  const height = 70;
  const colourOf = (index: number) => lightColours[index % lightColours.length]!;
  const paths = lines.flatMap(({ index, runs }) =>
    runs.map((run) => {
      const points = run.map(
        ([x, y]) => `${(x * width).toFixed(1)},${((1 - y) * (height - 4) + 2).toFixed(1)}`,
      );
      return `<polyline points="${points.join(' ')}" stroke="${colourOf(index)}" fill="none" stroke-width="1.5" vector-effect="non-scaling-stroke"/>`;
    }),
  );
  const names = data.series.map(
    (series, index) =>
      `<span><i style="background:${colourOf(index)}"></i>${escape(nameOfSeries(data.panel, series, locale))}</span>`,
  );
  const title = escape(panelWords[data.panel].title[locale]);
  return `<div class="line"><section><b>${title}</b><small>${escape(
    incidentText.upTo(sayPeak(peak, data.unit, locale))[locale],
  )}</small></section><figure><svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" height="${height}" role="img" aria-label="${title}">${paths.join('')}</svg><figcaption>${names.join('')}</figcaption></figure></div>`;
}

/** A line of time as one page of HTML that needs nothing else: for a mail, a ticket, an archive. */
export function timelineHtml(timeline: Timeline, locale: Locale, curves: readonly PanelData[] = []): string {
  const say = (text: Text) => escape(text[locale]);
  const lanes = lanesOf(timeline);
  const row = 26;
  const marks = lanes.flatMap(({ marks: list }, at) =>
    list.map(({ entry, from, to }) => {
      const title = `<title>${escape(`${moment(entry.at)}  ${entry.text[locale]}`)}</title>`;
      const [x, y] = [from * width, at * row + row / 2];
      return to > from
        ? `<rect x="${x.toFixed(1)}" y="${y - 5}" width="${Math.max(3, (to - from) * width).toFixed(1)}" height="10" rx="3" fill="${colours[entry.severity]}">${title}</rect>`
        : `<circle cx="${x.toFixed(1)}" cy="${y}" r="5" fill="${colours[entry.severity]}">${title}</circle>`;
    }),
  );
  const labels = lanes.map(({ kind }) => `<div>${say(kindWords[kind])}</div>`);
  const rows = timeline.entries.map(
    (entry) =>
      `<tr class="${entry.severity}"><td>${moment(entry.at)}</td><td>${
        entry.endedAt === undefined
          ? ''
          : entry.endedAt === null
            ? say(incidentText.goesOn)
            : moment(entry.endedAt)
      }</td><td>${say(kindWords[entry.kind])}</td><td>${say(severityWords[entry.severity])}</td><td>${escape(
        entry.hostName ?? '',
      )}</td><td>${say(entry.text)}</td></tr>`,
  );
  const title = say(incidentText.titleOf(timeline.subject));
  const head = [
    incidentText.time,
    incidentText.lasted,
    incidentText.kind,
    incidentText.severity,
    incidentText.host,
    incidentText.what,
  ];
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>
body{font:14px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:2rem;color:#1c2733}
h1{font-size:1.4rem;margin:0}p{color:#5a6b7b;margin:.2rem 0 1.2rem}
.line{display:grid;grid-template-columns:8rem minmax(0,1fr);border:1px solid #d8e0e7;border-radius:6px;margin-bottom:.6rem}
.line b{display:block;padding:.4rem .6rem 0;font-weight:600}.line small{padding:0 .6rem;color:#5a6b7b}figure{margin:0;min-width:0}
figcaption{display:flex;flex-wrap:wrap;gap:0 .9rem;padding:.1rem 0 .3rem;font-size:.8rem;color:#5a6b7b}figcaption i{display:inline-block;width:9px;height:9px;margin-right:4px;border-radius:2px}
table{margin-top:1.2rem}
.line div{height:${row}px;line-height:${row}px;padding-left:.6rem}svg{width:100%;display:block}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e4eaef;vertical-align:top}
td:nth-child(-n+2){white-space:nowrap;font-variant-numeric:tabular-nums}
.warning td:nth-child(4){color:${colours.warning}}.critical td:nth-child(4){color:${colours.critical};font-weight:600}
</style></head><body><h1>${title}</h1><p>${say(
    incidentText.between(moment(timeline.from), moment(timeline.to)),
  )}${timeline.truncated ? ` · ${say(incidentText.truncated)}` : ''}</p>
${
  lanes.length === 0
    ? `<p>${say(incidentText.none)}</p>`
    : `<div class="line"><section>${labels.join('')}</section><svg viewBox="0 0 ${width} ${lanes.length * row}" preserveAspectRatio="none" height="${lanes.length * row}" role="img" aria-label="${say(incidentText.lineCaption)}">${marks.join('')}</svg></div>`
}
${curves.map((data) => curveHtml(data, timeline, locale)).join('\n')}
${
  lanes.length === 0
    ? ''
    : `<table><thead><tr>${head.map((one) => `<th>${say(one)}</th>`).join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`
}
</body></html>
`;
}
