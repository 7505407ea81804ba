import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useRevalidator } from 'react-router';
import { z } from 'zod';
import { ClusterDisk } from '#src/fleet/contract/guardian.ts';
import { incidentText as text } from '#src/fleet/contract/incidents.text.ts';
import {
  Evidence,
  Timeline,
  type TimelineEntry,
  type TimelineFile,
  type TimelineKind,
} from '#src/fleet/contract/incidents.ts';
import { metricsPageText } from '#src/fleet/contract/metrics-pages.text.ts';
import type { PanelData } from '#src/fleet/contract/metrics-panels.ts';
import { kindWords, lanesOf, severityWords, timelineHtml } from '#src/fleet/contract/timeline-html.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconActivity, IconDownload } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import type { Route } from './+types/timeline.page.ts';
import { DiskPanel } from './disk-panel.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import styles from './incidents.module.css';
import { TimelineCurves, useCurves } from './timeline-curves.tsx';
import { TimelineLanes, TimelineTicks } from './timeline-lanes.tsx';

const hourMs = 3_600_000;
const longestMs = 400 * 24 * hourMs;
const spans = {
  hour: { ms: hourMs, word: text.hour },
  day: { ms: 24 * hourMs, word: text.day },
  week: { ms: 7 * 24 * hourMs, word: text.week },
  month: { ms: 30 * 24 * hourMs, word: text.month },
} as const;
type Span = keyof typeof spans;

const tones: Record<TimelineEntry['severity'], Tone> = { info: 'idle', warning: 'warn', critical: 'bad' };

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), text.titleOf(args.params.name)[localeOf(args)]);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const wished = searchParams.get('span') ?? 'day';
  const chosen: Span = Object.hasOwn(spans, wished) ? (wished as Span) : 'day';
  const [from, to] = ['from', 'to'].map((name) => Number(searchParams.get(name)) * 1000);
  const isFixed = from! > 0 && to! > from! && to! - from! <= longestMs;
  const times = isFixed ? { from: from!, to: to! } : { from: Date.now() - spans[chosen].ms, to: Date.now() };
  const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
  const path = `/api/fleet/clusters/${encodeURIComponent(params.name)}`;
  const { permissions } = context.get(viewerContext);
  const mayEvidence = permissions.includes('fleet.evidence.show');
  const [timeline, disks, evidence] = await Promise.all([
    api.get(`${path}/timeline?from=${iso(times.from)}&to=${iso(times.to)}`, Timeline),
    api.get(`${path}/disks`, z.array(ClusterDisk)),
    mayEvidence ? api.get(`${path}/evidence`, z.array(Evidence)) : null,
  ]);
  const mayMetrics = permissions.includes('fleet.metrics.read');
  return { timeline, disks, evidence, mayMetrics, span: isFixed ? null : chosen };
}

export default function TimelinePage({ loaderData, params }: Route.ComponentProps) {
  const { timeline, disks, evidence, mayMetrics, span } = loaderData;
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const curves = useCurves(params.name, timeline, mayMetrics);
  const { revalidate } = useRevalidator();
  const [hidden, setHidden] = useState<ReadonlySet<TimelineKind>>(new Set());
  const shown = { ...timeline, entries: timeline.entries.filter(({ kind }) => !hidden.has(kind)) };
  return (
    <>
      <div className={styles.bar}>
        <nav className={styles.spans} aria-label={t(text.span)}>
          {Object.entries(spans).map(([name, { word }]) => (
            <Link
              key={name}
              to={`/clusters/${params.name}/timeline?span=${name}`}
              aria-current={name === span ? 'true' : undefined}
              preventScrollReset
            >
              {t(word)}
            </Link>
          ))}
        </nav>
        {span === null && (
          <span className={styles.quiet} suppressHydrationWarning>
            {t(metricsPageText.fromTo(format.dateTime(timeline.from), format.dateTime(timeline.to)))}
          </span>
        )}
        <Downloads timeline={shown} curves={curves.panels ?? []} />
      </div>
      <Panel title={t(text.titleOf(params.name))}>
        {timeline.entries.length === 0 ? (
          <EmptyState icon={IconActivity} title={t(text.none)} />
        ) : (
          <>
            <Kinds timeline={timeline} hidden={hidden} setHidden={setHidden} />
            <TimelineLanes timeline={shown} />
            {timeline.truncated && <p className={styles.quiet}>{t(text.truncated)}</p>}
          </>
        )}
        {mayMetrics && (
          <TimelineCurves
            timeline={shown}
            state={curves}
            onZoom={(from, to) =>
              void navigate(`/clusters/${params.name}/timeline?from=${from}&to=${to}`, {
                preventScrollReset: true,
              })
            }
          />
        )}
        <TimelineTicks timeline={timeline} />
      </Panel>
      {timeline.entries.length > 0 && <EntryList timeline={shown} />}
      <DiskPanel disks={disks} done={() => void revalidate()} />
      {evidence && <EvidencePanel evidence={evidence} />}
    </>
  );
}

function Kinds(props: {
  timeline: Timeline;
  hidden: ReadonlySet<TimelineKind>;
  setHidden: (kinds: ReadonlySet<TimelineKind>) => void;
}) {
  const { timeline, hidden, setHidden } = props;
  const t = useText();
  const toggle = (kind: TimelineKind) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    setHidden(next);
  };
  return (
    <div className={styles.kinds} role="group" aria-label={t(text.kinds)}>
      {lanesOf(timeline).map(({ kind, marks }) => (
        <button key={kind} type="button" aria-pressed={!hidden.has(kind)} onClick={() => toggle(kind)}>
          {t(kindWords[kind])} <span className="el-number">{marks.length}</span>
        </button>
      ))}
    </div>
  );
}

function EntryList({ timeline }: { timeline: Timeline }) {
  const t = useText();
  const format = useFormat();
  const length = ({ at, endedAt }: TimelineEntry) =>
    endedAt === undefined
      ? ''
      : endedAt === null
        ? t(text.goesOn)
        : format.duration((Date.parse(endedAt) - Date.parse(at)) / 1000);
  return (
    <Panel flush>
      <DataTable
        caption={t(text.titleOf(timeline.subject))}
        rows={timeline.entries.toReversed()}
        rowKey={({ id }) => id}
        empty={<p className={styles.nothing}>{t(text.none)}</p>}
        columns={[
          {
            key: 'time',
            title: text.time,
            sortBy: ({ at }) => at,
            cell: ({ at }) => (
              <time dateTime={at} className="el-number" suppressHydrationWarning>
                {format.dateTime(at)}
              </time>
            ),
          },
          {
            key: 'what',
            title: text.what,
            main: true,
            cell: (entry) =>
              entry.operationId === null ? (
                t(entry.text)
              ) : (
                <Link to={`/operations/${entry.operationId}`}>{t(entry.text)}</Link>
              ),
          },
          {
            key: 'severity',
            title: text.severity,
            cell: ({ severity }) => <StatusBadge tone={tones[severity]} text={severityWords[severity]} />,
          },
          {
            key: 'kind',
            title: text.kind,
            cell: ({ kind }) => <span className={styles.whole}>{t(kindWords[kind])}</span>,
          },
          {
            key: 'host',
            title: text.host,
            cell: ({ hostName }) => <span className={styles.whole}>{hostName ?? '—'}</span>,
          },
          { key: 'length', title: text.lasted, align: 'end', cell: length },
        ]}
      />
    </Panel>
  );
}

/** What is shown, as files: for a ticket, for a mail, for another program. */
function Downloads({ timeline, curves }: { timeline: Timeline; curves: readonly PanelData[] }) {
  const t = useText();
  const locale = useLocale();
  const save = (content: string, type: string, ending: string) => {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${timeline.subject}-${timeline.to.slice(0, 10)}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  const file: TimelineFile = { ...timeline, curves: [...curves] };
  const icon = <IconDownload size={17} aria-hidden />;
  return (
    <div className={styles.downloads}>
      <Button
        variant="default"
        leftSection={icon}
        onClick={() => save(timelineHtml(timeline, locale, curves), 'text/html', 'html')}
      >
        {t(text.exportHtml)}
      </Button>
      <Button
        variant="default"
        leftSection={icon}
        onClick={() => save(JSON.stringify(file, undefined, 2), 'application/json', 'json')}
      >
        {t(text.exportJson)}
      </Button>
    </div>
  );
}
