import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Backup } from '#src/fleet/contract/backups.ts';
import type { RestoreWindow } from '#src/fleet/contract/restores.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IconArrowLeft, IconArrowRight } from '#src/platform/web/ui/icons.ts';
import {
  endsOf,
  isReachable,
  momentAt,
  shareOf,
  stepOf,
  type Span,
  type View,
  viewAround,
  viewOf,
  viewWith,
  wholeView,
  type Zoom,
  zooms,
} from './time-scale.ts';
import { realGaps } from './protection.ts';
import { typeWords } from './schedule.ts';
import { Overview, percent, stretch, Ticks } from './time-slider-parts.tsx';
import styles from './time-slider.module.css';

export type Mark = Pick<Backup, 'label' | 'type' | 'endedAt'>;

type Props = {
  window: RestoreWindow;
  /** Backups to be marked; one that lies in several repositories is marked once. */
  backups: readonly Mark[];
  /** For so many days any second was promised; beyond them whole backups are kept. */
  keptDays: number;
  /** In milliseconds; null is the newest there is. */
  value: number | null;
  onChange: (value: number | null) => void;
};

const snapPixels = 5;

/** Spans of a window in milliseconds. */
export const spansOf = (window: RestoreWindow): Span[] =>
  window.ranges.map((range) => ({ from: Date.parse(range.from), to: Date.parse(range.to) }));

/** The band of time that can really be restored, with its gaps and its backups, and a handle on one moment of it. */
export function TimeSlider({ window: known, backups, keptDays, value, onChange }: Props) {
  const t = useText();
  const format = useFormat();
  const help = useId();
  const lane = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const spans = spansOf(known);
  const ends = endsOf(spans);
  const whole = wholeView(spans);
  const at = value ?? ends.to;
  // Months of single backups would press together the days that matter most.
  const isLong = whole.to - whole.from > 1.5 * zooms.month;
  const [zoom, setZoom] = useState<Zoom>(isLong ? 'month' : 'all');
  const [wished, setWished] = useState<View>(() => viewOf(whole, isLong ? 'month' : 'all', at));
  // The window grows while somebody looks; what was shown of it stays.
  const view = zoom === 'all' ? whole : wished;
  const marks = uniqueMarks(backups);
  const gaps = realGaps(known, keptDays, ends.to);
  const offered = (['hour', 'day', 'week', 'month'] as const).filter(
    (one) => zooms[one] < whole.to - whole.from,
  );

  const move = (to: number) => {
    const next = Math.min(Math.max(to, ends.from), ends.to);
    // The very end is the newest there is: more may arrive before the restore begins.
    onChange(next >= ends.to ? null : next);
    setWished(viewWith(whole, view, next));
  };
  const zoomTo = (next: Zoom) => {
    setZoom(next);
    setWished(viewOf(whole, next, at));
  };
  const pan = (direction: 1 | -1) => {
    const span = view.to - view.from;
    setWished(viewAround(whole, (view.from + view.to) / 2 + direction * span * 0.8, span));
  };
  const point = (event: PointerEvent) => {
    const box = lane.current?.getBoundingClientRect();
    if (!box) return;
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const wish = momentAt(view, share);
    // The ends of backups draw the handle near: between those kept beyond the promised days nothing else can be reached.
    const pull = (snapPixels / box.width) * (view.to - view.from);
    const near = marks.find((mark) => Math.abs(mark.at - wish) < pull);
    const fine = Math.max(1000, stepOf(view) / 5);
    move(near ? near.at : Math.round(wish / fine) * fine);
  };
  const key = (event: KeyboardEvent) => {
    const step = stepOf(view);
    const whole10 = (to: number) => Math.round(to / 1000) * 1000;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => move(whole10(at - step)),
      ArrowDown: () => move(whole10(at - step)),
      ArrowRight: () => move(whole10(at + step)),
      ArrowUp: () => move(whole10(at + step)),
      PageDown: () => move(whole10(at - 10 * step)),
      PageUp: () => move(whole10(at + 10 * step)),
      Home: () => move(Math.ceil(ends.from / 1000) * 1000),
      End: () => move(ends.to),
      '+': () =>
        zoomTo(offered[Math.max(0, (zoom === 'all' ? offered.length : offered.indexOf(zoom)) - 1)] ?? zoom),
      '-': () => zoomTo(zoom === 'all' ? 'all' : (offered[offered.indexOf(zoom) + 1] ?? 'all')),
    };
    const go = moves[event.key === '=' ? '+' : event.key];
    if (!go || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go();
  };

  const here = shareOf(view, at);
  const isShown = here >= 0 && here <= 1;
  const before = marks.findLast((mark) => mark.at < at - 999);
  const after = marks.find((mark) => mark.at > at);
  const reachable = isReachable(spans, at);
  return (
    <div className={styles.slider}>
      <div className={styles.tools}>
        {offered.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t(text.zoom)}
            value={zoom}
            onChange={(next) => zoomTo(next as Zoom)}
            data={[...offered, 'all' as const].map((one) => ({ value: one, label: t(zoomWords[one]) }))}
          />
        )}
        {zoom !== 'all' && (
          <span className={styles.pan}>
            <Tooltip label={t(text.earlier)}>
              <ActionIcon
                variant="default"
                aria-label={t(text.earlier)}
                disabled={view.from <= whole.from}
                onClick={() => pan(-1)}
              >
                <IconArrowLeft size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t(text.later)}>
              <ActionIcon
                variant="default"
                aria-label={t(text.later)}
                disabled={view.to >= whole.to}
                onClick={() => pan(1)}
              >
                <IconArrowRight size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </span>
        )}
        <span className={styles.leaps}>
          <Button size="xs" variant="default" disabled={!before} onClick={() => before && move(before.at)}>
            {t(text.previousBackup)}
          </Button>
          <Button size="xs" variant="default" disabled={!after} onClick={() => after && move(after.at)}>
            {t(text.nextBackupMark)}
          </Button>
        </span>
      </div>

      <div
        ref={lane}
        className={styles.lane}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          point(event);
          handle.current?.focus({ preventScroll: true });
        }}
        // The press itself moves the focus away from the handle.
        onPointerUp={() => handle.current?.focus({ preventScroll: true })}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event);
        }}
      >
        <div className={styles.band} aria-hidden>
          {spans.map((span) => (
            <i key={`${span.from}`} className={styles.range} style={stretch(view, span)} />
          ))}
          {gaps.map((gap) => {
            const span = { from: Date.parse(gap.from), to: Date.parse(gap.to) };
            const wide = (span.to - span.from) / (view.to - view.from) > 0.07;
            return (
              <i key={gap.from} className={styles.gap} style={stretch(view, span)}>
                {wide && <span>{t(text.gap)}</span>}
              </i>
            );
          })}
        </div>
        <div className={styles.marks} aria-hidden>
          {marks
            .filter((mark) => mark.at >= view.from && mark.at <= view.to)
            .map((mark) => (
              <i
                key={mark.label}
                data-type={mark.type}
                style={{ left: percent(shareOf(view, mark.at)) }}
                title={t(text.markOf(typeWords[mark.type], format.dateTime(mark.endedAt)))}
              />
            ))}
        </div>
        <Ticks view={view} />
        <div
          ref={handle}
          role="slider"
          tabIndex={0}
          className={styles.handle}
          data-hidden={!isShown || undefined}
          data-lost={!reachable || undefined}
          style={{ left: percent(Math.min(1, Math.max(0, here))), '--share': here } as CSSProperties}
          aria-label={t(text.slider)}
          aria-describedby={help}
          aria-valuemin={Math.floor(ends.from / 1000)}
          aria-valuemax={Math.floor(ends.to / 1000)}
          aria-valuenow={Math.floor(at / 1000)}
          aria-valuetext={value === null ? t(text.newest) : format.fullTime(iso(at))}
          onKeyDown={key}
        >
          <span className={styles.bubble} suppressHydrationWarning>
            {value === null ? t(text.newest) : format.dateTime(iso(at))}
          </span>
        </div>
      </div>

      {zoom !== 'all' && <Overview whole={whole} view={view} spans={spans} at={at} />}
      <div className={styles.foot}>
        <span className={styles.legend} aria-hidden>
          <span data-of="range">{t(text.legendRange)}</span>
          {gaps.length > 0 && <span data-of="gap">{t(text.legendGap)}</span>}
          <span data-of="full">{t(text.legendFull)}</span>
          <span data-of="part">{t(text.legendPart)}</span>
        </span>
        <span className={styles.keys} aria-hidden>
          {t(text.keys)}
        </span>
      </div>
      <p id={help} className="el-hidden">
        {t(text.sliderHelp)}
      </p>
    </div>
  );
}

const zoomWords: Record<Zoom, typeof text.zoomAll> = {
  hour: text.zoomHour,
  day: text.zoomDay,
  week: text.zoomWeek,
  month: text.zoomMonth,
  all: text.zoomAll,
};

const iso = (at: number) => new Date(at).toISOString();
function uniqueMarks(backups: readonly Mark[]): (Mark & { at: number })[] {
  const seen = new Map(backups.map((backup) => [backup.label, backup]));
  return [...seen.values()]
    .map(({ label, type, endedAt }) => ({ label, type, endedAt, at: Date.parse(endedAt) }))
    .toSorted((a, b) => a.at - b.at);
}
