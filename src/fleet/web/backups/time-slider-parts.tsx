import type { CSSProperties } from 'react';
import { useFormat } from '#src/platform/web/i18n.tsx';
import { shareOf, type Span, ticksOf, type View } from './time-scale.ts';
import styles from './time-slider.module.css';

/** A place in the view, as a style has it. */
export const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Where a stretch lies in the view, cut off at its edges. */
export function stretch(view: View, span: Span): CSSProperties {
  const from = Math.min(1, Math.max(0, shareOf(view, span.from)));
  const to = Math.min(1, Math.max(0, shareOf(view, span.to)));
  if (span.to < view.from || span.from > view.to) return { display: 'none' };
  // What is too short to see is drawn as a hair: neither a gap nor a lone backup must vanish because it is small.
  return { left: percent(from), width: `max(3px, ${percent(to - from)})` };
}

/** Round times below the band, days in bold. */
export function Ticks({ view }: { view: View }) {
  const { locale, timeZone } = useFormat();
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const fine = view.to - view.from < 15 * 60_000;
  const seconds = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone });
  return (
    // The zone of the reader is known only in the browser on the first page.
    <div className={styles.ticks} aria-hidden suppressHydrationWarning>
      {ticksOf(view, timeZone, 9).map((tick) => (
        <span
          key={tick.at}
          data-day={tick.isDay || undefined}
          data-edge={edgeOf(shareOf(view, tick.at))}
          style={{ left: percent(shareOf(view, tick.at)) }}
          suppressHydrationWarning
        >
          {(tick.isDay ? day : fine ? seconds : clock).format(tick.at)}
        </span>
      ))}
    </div>
  );
}

// A label in the middle of its tick would stick out of the page at either end.
const edgeOf = (share: number) => (share < 0.03 ? 'start' : share > 0.97 ? 'end' : undefined);

/** The whole window small, with the stretch that is shown of it. */
export function Overview({ whole, view, spans, at }: { whole: View; view: View; spans: Span[]; at: number }) {
  return (
    <div className={styles.overview} aria-hidden>
      {spans.map((span) => (
        <i key={span.from} className={styles.range} style={stretch(whole, span)} />
      ))}
      <b style={stretch(whole, view)} />
      <em style={{ left: percent(shareOf(whole, at)) }} />
    </div>
  );
}
