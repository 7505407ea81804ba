import { incidentText as text } from '#src/fleet/contract/incidents.text.ts';
import type { Timeline } from '#src/fleet/contract/incidents.ts';
import { kindWords, lanesOf, severityWords } from '#src/fleet/contract/timeline-html.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import styles from './incidents.module.css';

const ticks = [0, 0.25, 0.5, 0.75, 1];

/** Entries as marks on a line of time, a row a kind. The list below says the same in words, so this is a picture of it. */
export function TimelineLanes({ timeline }: { timeline: Timeline }) {
  const t = useText();
  const format = useFormat();
  return (
    <div className={styles.lanes} role="img" aria-label={t(text.lineCaption)}>
      {lanesOf(timeline).map(({ kind, marks }) => (
        <div key={kind} className={styles.lane}>
          <span className={styles.laneName}>{t(kindWords[kind])}</span>
          <span className={styles.laneLine}>
            {marks.map(({ entry, from, to }) => (
              <i
                key={entry.id}
                data-severity={entry.severity}
                data-lasts={to > from || undefined}
                style={{ left: `${from * 100}%`, width: to > from ? `${(to - from) * 100}%` : undefined }}
                title={`${format.dateTime(entry.at)} · ${t(severityWords[entry.severity])} · ${t(entry.text)}`}
              />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

/** The times of a line, below everything that stands on it. */
export function TimelineTicks({ timeline }: { timeline: Timeline }) {
  const format = useFormat();
  const start = Date.parse(timeline.from);
  const length = Date.parse(timeline.to) - start;
  const isLong = length > 36 * 3_600_000;
  const tickOf = (share: number) => {
    const iso = new Date(start + share * length).toISOString();
    return isLong ? format.date(iso) : format.time(iso).slice(0, 5);
  };
  return (
    <div className={styles.lane} aria-hidden>
      <span className={styles.laneName} />
      <span className={styles.ticks}>
        {ticks.map((share) => (
          <b key={share} style={{ left: `${share * 100}%` }} suppressHydrationWarning>
            {tickOf(share)}
          </b>
        ))}
      </span>
    </div>
  );
}
