import { ActionIcon, Button, Switch } from '@mantine/core';
import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IconArrowLeft, IconArrowRight, IconZoomIn, IconZoomOut } from '#src/platform/web/ui/icons.ts';
import styles from './monitoring.module.css';
import { type Span, type useRange } from './use-range.ts';

const words: Record<Span, (typeof text)['last1h']> = {
  '1h': text.last1h,
  '6h': text.last6h,
  '24h': text.last24h,
  '7d': text.last7d,
  '30d': text.last30d,
};

/** Chooses what is looked at; everything that dragging does can be done here with the keyboard. */
export function RangeBar({
  at,
  mayCompare = true,
}: {
  at: ReturnType<typeof useRange>;
  mayCompare?: boolean;
}) {
  const t = useText();
  const format = useFormat();
  const { range, choose, zoom, compare } = at;
  const length = range.to - range.from;
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const moves = [
    {
      word: text.earlier,
      icon: IconArrowLeft,
      go: () => zoom(range.from - length / 2, range.to - length / 2),
    },
    { word: text.zoomOut, icon: IconZoomOut, go: () => zoom(range.from - length / 2, range.to + length / 2) },
    { word: text.zoomIn, icon: IconZoomIn, go: () => zoom(range.from + length / 4, range.to - length / 4) },
    {
      word: text.later,
      icon: IconArrowRight,
      go: () => zoom(range.from + length / 2, range.to + length / 2),
    },
  ];
  return (
    <div className={styles.bar}>
      <div className={styles.spans} role="group" aria-label={t(text.range)}>
        {Object.entries(words).map(([span, word]) => (
          <button
            key={span}
            type="button"
            aria-pressed={range.span === span}
            onClick={() => choose(span as Span)}
          >
            {t(word)}
          </button>
        ))}
      </div>
      <div className={styles.moves}>
        {moves.map(({ word, icon: Icon, go }) => (
          <ActionIcon
            key={word.en}
            variant="default"
            size="lg"
            aria-label={t(word)}
            title={t(word)}
            onClick={go}
          >
            <Icon size={17} aria-hidden />
          </ActionIcon>
        ))}
      </div>
      {mayCompare && (
        <Switch
          label={t(text.compareWeek)}
          checked={range.compare === 'week'}
          onChange={(event) => compare(event.currentTarget.checked)}
        />
      )}
      {range.span === null && (
        <span className={styles.fixed}>
          <span suppressHydrationWarning>
            {t(text.fromTo(format.dateTime(iso(range.from)), format.dateTime(iso(range.to))))}
          </span>
          <Button size="xs" variant="default" onClick={() => choose('6h')}>
            {t(text.backToNow)}
          </Button>
        </span>
      )}
    </div>
  );
}
