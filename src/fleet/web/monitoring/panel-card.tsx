import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Annotation, PanelData, PanelName, PanelSeries } from '#src/fleet/contract/metrics-panels.ts';
import { metricsPageText as text, panelWords } from '#src/fleet/contract/metrics-pages.text.ts';
import { nameOfSeries } from '#src/fleet/contract/series-name.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { useComputedColorScheme } from '@mantine/core';
import { Chart } from './chart.tsx';
import { colourOf, latestOf, sayFigure } from './chart-option.ts';
import styles from './monitoring.module.css';
import type { Range } from './use-range.ts';

type Props = {
  panel: PanelName;
  /** `cluster=…` or `host=…`; empty for the fleet. */
  about: string;
  range: Range;
  annotations: readonly Annotation[];
  onZoom: (from: number, to: number) => void;
  /** Other names for series than their own. */
  nameOf?: (series: PanelSeries) => string | undefined;
};
type State = { data: PanelData | null; problem: string | null };

/** Names in a legend; the others are in the tooltip. */
const legendAtMost = 8;

/** One panel: reads its data when it comes into view, and again as time goes by. */
export function PanelCard({ panel, about, range, annotations, onZoom, nameOf }: Props) {
  const t = useText();
  const locale = useLocale();
  const card = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState(false);
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<State>({ data: null, problem: null });
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const words = panelWords[panel];

  useEffect(() => {
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: '300px' },
    );
    if (card.current) watch.observe(card.current);
    return () => watch.disconnect();
  }, []);

  const query = `${about}${about === '' ? '' : '&'}from=${range.from}&to=${range.to}&compare=${range.compare}`;
  useEffect(() => {
    if (!seen) return;
    let ended = false;
    const read = async () => {
      try {
        const data = await readTrusted<PanelData>(`/api/fleet/metrics/panels/${panel}?${query}`);
        if (!ended) setState({ data, problem: null });
      } catch (error) {
        if (!ended) setState(({ data }) => ({ data, problem: problemOf(error)?.detail ?? '' }));
      }
    };
    void read();
    return () => {
      ended = true;
    };
  }, [seen, panel, query, tries]);

  const { data, problem } = state;
  const names = useMemo(
    () => (data?.series ?? []).map((series) => nameOf?.(series) ?? nameOfSeries(panel, series, locale)),
    [data, nameOf, panel, locale],
  );
  const isEmpty = data !== null && data.series.every((series) => latestOf(series) === null);
  return (
    <section className={styles.card} ref={card} aria-label={t(words.title)} data-panel={panel}>
      <header>
        <h3>{t(words.title)}</h3>
        <p>{t(words.hint)}</p>
      </header>
      {data === null && problem === null && <div className={styles.waiting} aria-hidden />}
      {data === null && problem !== null && (
        <div className={styles.nothing} role="status">
          <p>{t(text.failed)}</p>
          <p>{problem}</p>
          <Button size="xs" variant="default" onClick={() => setTries(tries + 1)}>
            {t(text.again)}
          </Button>
        </div>
      )}
      {data !== null && isEmpty && (
        <div className={styles.nothing}>
          <p>{t(text.noData)}</p>
          <p>{t(text.noDataHint)}</p>
        </div>
      )}
      {data !== null && !isEmpty && (
        <>
          <Chart
            data={data}
            names={names}
            hidden={hidden}
            title={t(words.title)}
            annotations={annotations}
            onZoom={onZoom}
          />
          <Legend
            data={data}
            names={names}
            hidden={hidden}
            toggle={(index) => {
              const next = new Set(hidden);
              if (!next.delete(index)) next.add(index);
              setHidden(next);
            }}
          />
        </>
      )}
    </section>
  );
}

/** The series of a chart by name, with their latest values; each can be taken out of the picture. */
export function Legend(props: {
  data: PanelData;
  names: readonly string[];
  hidden: ReadonlySet<number>;
  toggle: (index: number) => void;
}) {
  const t = useText();
  const format = useFormat();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  const { data, names, hidden, toggle } = props;
  const shown = data.series.map((series, index) => ({ series, index })).slice(0, legendAtMost);
  return (
    <ul className={styles.legend}>
      {shown.map(({ series, index }) => {
        const latest = latestOf(series);
        return (
          <li key={`${series.kind} ${series.name}`}>
            <button type="button" aria-pressed={!hidden.has(index)} onClick={() => toggle(index)}>
              <span className={styles.swatch} style={{ background: colourOf(index, scheme) }} aria-hidden />
              <span className={styles.name} title={names[index]}>
                {names[index]}
              </span>
              <strong>{latest === null ? '—' : sayFigure(latest, data.unit, format)}</strong>
            </button>
          </li>
        );
      })}
      {data.series.length > legendAtMost && <li>{t(text.more(data.series.length - legendAtMost))}</li>}
    </ul>
  );
}
