import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Annotation, PanelName, PanelSeries } from '#src/fleet/contract/metrics-panels.ts';
import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconActivity } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import styles from './monitoring.module.css';
import { PanelCard } from './panel-card.tsx';
import { RangeBar } from './range-bar.tsx';
import { type Range, useRange } from './use-range.ts';

export type Section = { title: Text | null; panels: readonly PanelName[] };
export type Monitoring = { nowSeconds: number; notKept: string | null };

type Props = {
  about: string;
  sections: readonly Section[];
  monitoring: Monitoring;
  nameOf?: (series: PanelSeries) => string | undefined;
  /** What stands below the charts, of the same range. */
  below?: (range: Range) => React.ReactNode;
};

/** A page of panels that look at one time, with what happened in it. */
export function Dashboard({ about, sections, monitoring, nameOf, below }: Props) {
  const t = useText();
  const at = useRange(monitoring.nowSeconds);
  const { range } = at;
  const [annotations, setAnnotations] = useState<readonly Annotation[]>([]);
  const query = `${about}${about === '' ? '' : '&'}from=${range.from}&to=${range.to}`;
  useEffect(() => {
    if (monitoring.notKept !== null) return;
    let ended = false;
    readTrusted<{ items: Annotation[] }>(`/api/fleet/metrics/annotations?${query}`).then(
      ({ items }) => !ended && setAnnotations(items),
      // Charts without marks are better than none.
      () => {},
    );
    return () => {
      ended = true;
    };
  }, [query, monitoring.notKept]);
  if (monitoring.notKept !== null) {
    return (
      <Panel>
        <EmptyState icon={IconActivity} title={t(text.notKept)}>
          <p>{monitoring.notKept}</p>
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <RangeBar at={at} />
      {sections.map(({ title, panels }) => (
        <div key={panels[0]} className={styles.section}>
          {title && <h2>{t(title)}</h2>}
          <div className={styles.grid}>
            {panels.map((panel) => (
              <PanelCard
                key={panel}
                panel={panel}
                about={about}
                range={range}
                annotations={annotations}
                onZoom={at.zoom}
                {...(nameOf ? { nameOf } : {})}
              />
            ))}
          </div>
        </div>
      ))}
      {below?.(range)}
      <Events annotations={annotations} />
    </>
  );
}

const kindWords = { operation: text.operation, failover: text.failover, incident: text.incident } as const;

function Events({ annotations }: { annotations: readonly Annotation[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <Panel title={t(text.events)}>
      {annotations.length === 0 && <p className={styles.dim}>{t(text.noEvents)}</p>}
      <ul className={styles.events}>
        {annotations
          .toReversed()
          .slice(0, 40)
          .map(({ at, kind, severity, title, operationId }) => (
            <li key={`${at} ${kind} ${operationId} ${title.en}`}>
              <time suppressHydrationWarning>{format.dateTime(new Date(at * 1000).toISOString())}</time>
              <span data-severity={kind === 'failover' ? 'critical' : severity}>{t(kindWords[kind])}</span>
              {operationId === null ? t(title) : <Link to={`/operations/${operationId}`}>{t(title)}</Link>}
            </li>
          ))}
      </ul>
    </Panel>
  );
}
