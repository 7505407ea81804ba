import type { Locale, Text } from '#src/platform/contract/i18n.ts';
import { incidentText } from './incidents.text.ts';
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

/** A line of time as one page of HTML that needs nothing else: for a mail, a ticket, an archive. */
export function timelineHtml(timeline: Timeline, locale: Locale): string {
  const say = (text: Text) => escape(text[locale]);
  const lanes = lanesOf(timeline);
  const width = 1000;
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
.line{display:grid;grid-template-columns:8rem 1fr;border:1px solid #d8e0e7;border-radius:6px;margin-bottom:1.5rem}
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
    : `<div class="line"><section>${labels.join('')}</section><svg viewBox="0 0 ${width} ${lanes.length * row}" preserveAspectRatio="none" height="${lanes.length * row}" role="img" aria-label="${say(incidentText.lineCaption)}">${marks.join('')}</svg></div>
<table><thead><tr>${head.map((one) => `<th>${say(one)}</th>`).join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`
}
</body></html>
`;
}
