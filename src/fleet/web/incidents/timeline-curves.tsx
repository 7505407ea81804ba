import { useEffect, useMemo, useState } from 'react';
import { incidentText as text } from '#src/fleet/contract/incidents.text.ts';
import type { Timeline } from '#src/fleet/contract/incidents.ts';
import { panelWords } from '#src/fleet/contract/metrics-pages.text.ts';
import type { Annotation, PanelData } from '#src/fleet/contract/metrics-panels.ts';
import { nameOfSeries } from '#src/fleet/contract/series-name.ts';
import { curvePanels, hasFigures } from '#src/fleet/contract/timeline-curves.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { Chart } from '../monitoring/chart.tsx';
import { Legend } from '../monitoring/panel-card.tsx';
import styles from './incidents.module.css';

/** The panels of a line of time that have figures; null while they are on their way. */
export type CurvesState = { panels: readonly PanelData[] | null; problem: string | null };

/** Marks in a chart: more would hide its curves. */
const marksAtMost = 60;

/** Reads the key figures of a cluster over its line of time; asks nothing for a reader who may not see figures. */
export function useCurves(cluster: string, { from, to }: Timeline, may: boolean): CurvesState {
  const [state, setState] = useState<CurvesState>({ panels: null, problem: null });
  useEffect(() => {
    if (!may) return;
    let ended = false;
    const [start, end] = [from, to].map((iso) => Math.floor(Date.parse(iso) / 1000));
    const query = `cluster=${encodeURIComponent(cluster)}&from=${start}&to=${end}`;
    Promise.all(
      curvePanels.map((panel) => readTrusted<PanelData>(`/api/fleet/metrics/panels/${panel}?${query}`)),
    ).then(
      (panels) => !ended && setState({ panels: panels.filter(hasFigures), problem: null }),
      (error: unknown) => !ended && setState({ panels: [], problem: problemOf(error)?.detail ?? '' }),
    );
    return () => {
      ended = true;
    };
  }, [cluster, from, to, may]);
  return state;
}

/** Key figures on the same line of time as the marks above them, a row a panel. */
export function TimelineCurves(props: {
  timeline: Timeline;
  state: CurvesState;
  onZoom: (from: number, to: number) => void;
}) {
  const { timeline, onZoom } = props;
  const { panels, problem } = props.state;
  const t = useText();
  const annotations = useMemo(() => marksOf(timeline), [timeline]);
  if (panels === null) return <div className={styles.curvesWaiting} aria-hidden />;
  if (panels.length === 0) {
    return (
      <p className={styles.quiet} role="status">
        {t(problem === null ? text.noFigures : text.figuresAway(problem))}
      </p>
    );
  }
  const row = { from: Date.parse(timeline.from), to: Date.parse(timeline.to) };
  return (
    <div className={styles.curves} role="group" aria-label={t(text.curves)}>
      {panels.map((data) => (
        <Curve key={data.panel} data={data} row={row} annotations={annotations} onZoom={onZoom} />
      ))}
    </div>
  );
}

function Curve(props: {
  data: PanelData;
  row: { from: number; to: number };
  annotations: readonly Annotation[];
  onZoom: (from: number, to: number) => void;
}) {
  const { data, row, annotations, onZoom } = props;
  const t = useText();
  const locale = useLocale();
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const names = useMemo(
    () => data.series.map((series) => nameOfSeries(data.panel, series, locale)),
    [data, locale],
  );
  const { title, hint } = panelWords[data.panel];
  const toggle = (index: number) => {
    const next = new Set(hidden);
    if (!next.delete(index)) next.add(index);
    setHidden(next);
  };
  return (
    <section className={styles.curve} aria-label={t(title)} data-curve={data.panel}>
      <h3>
        {t(title)}
        <small>{t(hint)}</small>
      </h3>
      <div>
        <Chart
          data={data}
          names={names}
          hidden={hidden}
          title={t(title)}
          annotations={annotations}
          onZoom={onZoom}
          row={row}
        />
        <Legend data={data} names={names} hidden={hidden} toggle={toggle} />
      </div>
    </section>
  );
}

/** What happened, drawn through the curves: what was bad or moved the primary, and what somebody did. */
function marksOf({ entries }: Timeline): Annotation[] {
  return entries
    .filter(({ kind, severity }) => severity !== 'info' || kind === 'promotion' || kind === 'operation')
    .slice(-marksAtMost)
    .map(({ at, kind, severity, text: title, operationId }) => ({
      at: Math.floor(Date.parse(at) / 1000),
      until: null,
      kind: kind === 'promotion' ? 'failover' : kind === 'operation' ? 'operation' : 'incident',
      severity,
      title,
      operationId,
    }));
}
