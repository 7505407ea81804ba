import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Policy } from '#src/fleet/contract/backups.ts';
import type { RestoreWindow } from '#src/fleet/contract/restores.ts';
import { fromWallTime, wallTime } from '#src/platform/contract/time-zone.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IconAlertTriangle, IconCircleCheck } from '#src/platform/web/ui/icons.ts';
import styles from './moment.module.css';
import { realGaps } from './protection.ts';
import { dayMs, endsOf, isReachable, neighboursOf } from './time-scale.ts';
import { type Mark, spansOf, TimeSlider } from './time-slider.tsx';

type Props = {
  window: RestoreWindow;
  backups: readonly Mark[];
  /** Its time zone is offered beside the reader's own, its days tell a gap from what was never promised. */
  policy: Policy;
  /** In milliseconds; null is the newest there is. */
  value: number | null;
  onChange: (value: number | null) => void;
};

/** Everything by which a moment is chosen: the band, the exact time in a named zone, and what is said of it. */
export function MomentPicker({ window, backups, policy, value, onChange }: Props) {
  return (
    <div className={styles.picker}>
      <TimeSlider
        window={window}
        backups={backups}
        keptDays={policy.retention.days}
        value={value}
        onChange={onChange}
      />
      <div className={styles.exact}>
        <ExactTime window={window} policy={policy} value={value} onChange={onChange} />
        <Verdict window={window} policy={policy} value={value} onChange={onChange} />
      </div>
      <Gaps window={window} policy={policy} />
    </div>
  );
}

/** Whether a moment is among those that can be restored. */
export const canReach = (window: RestoreWindow, value: number | null): boolean =>
  window.ranges.length > 0 && (value === null || isReachable(spansOf(window), value));

function ExactTime({ window, policy, value, onChange }: Omit<Props, 'backups'>) {
  const t = useText();
  const { timeZone } = useFormat();
  const [chosen, setZone] = useState<string | null>(null);
  // A time that is being typed is not yet one; the field keeps it while nothing else moves the handle.
  const [typed, setTyped] = useState<{ wall: string; at: number | null } | null>(null);
  const zone = chosen ?? timeZone;
  const policyZone = policy.schedule.timeZone;
  const zones = [...new Set([timeZone, 'UTC', policyZone])];
  const at = value ?? Math.floor(endsOf(spansOf(window)).to / 1000) * 1000;
  const shown = typed && (typed.at === null || typed.at === value) ? typed.wall : wallTime(at, zone);
  return (
    <div className={styles.fields}>
      <TextInput
        type="datetime-local"
        step={1}
        label={t(text.exactTime)}
        value={shown}
        error={typed !== null && typed.at === null && typed.wall !== '' ? t(text.timeWrong) : undefined}
        suppressHydrationWarning
        onChange={(event) => {
          const wall = event.currentTarget.value;
          const read = fromWallTime(wall, zone);
          setTyped({ wall, at: read });
          if (read !== null) onChange(read);
        }}
        onBlur={() => setTyped(null)}
      />
      <Select
        label={t(text.exactZone)}
        data={zones.map((one) => ({
          value: one,
          label: t(
            one === timeZone
              ? text.zoneYours(one)
              : one === policyZone && one !== 'UTC'
                ? text.zonePolicy(one)
                : { en: one, 'zh-CN': one },
          ),
        }))}
        value={zone}
        allowDeselect={false}
        onChange={(next) => {
          setTyped(null);
          setZone(next);
        }}
      />
      <Button
        variant={value === null ? 'light' : 'default'}
        aria-pressed={value === null}
        onClick={() => {
          setTyped(null);
          onChange(null);
        }}
      >
        {t(text.newest)}
      </Button>
    </div>
  );
}

function Verdict({ window, policy, value, onChange }: Omit<Props, 'backups'>) {
  const t = useText();
  const format = useFormat();
  const spans = spansOf(window);
  if (value === null || isReachable(spans, value)) {
    return (
      <p className={styles.verdict} data-tone="good" role="status">
        <IconCircleCheck size={18} aria-hidden />
        <span>{t(value === null ? text.newestSure : text.reachable)}</span>
      </p>
    );
  }
  const ends = endsOf(spans);
  const isPromised = value > ends.to - policy.retention.days * dayMs;
  const why =
    value < ends.from
      ? text.beforeAll
      : value > ends.to
        ? text.afterAll
        : isPromised
          ? text.inGap
          : text.betweenBackups;
  return (
    <div className={styles.verdict} data-tone="warn" role="status">
      <IconAlertTriangle size={18} aria-hidden />
      <span>{t(why)}</span>
      <span className={styles.nearest}>
        {neighboursOf(spans, value).map((near) => (
          <Button key={near} size="compact-sm" variant="default" onClick={() => onChange(near)}>
            {format.dateTime(new Date(near).toISOString())}
          </Button>
        ))}
      </span>
    </div>
  );
}

function Gaps({ window, policy }: Pick<Props, 'window' | 'policy'>) {
  const t = useText();
  const format = useFormat();
  const gaps = realGaps(window, policy.retention.days, endsOf(spansOf(window)).to);
  if (gaps.length === 0) return null;
  return (
    <details className={styles.gaps}>
      <summary>{t(text.gapsTitle(gaps.length))}</summary>
      <ul>
        {gaps.map((gap) => (
          <li key={gap.from}>
            <span suppressHydrationWarning>
              {t(
                text.gapLine(
                  format.dateTime(gap.from),
                  format.dateTime(gap.to),
                  format.duration((Date.parse(gap.to) - Date.parse(gap.from)) / 1000),
                ),
              )}
            </span>
            <code>{t(text.gapWal(gap.missingFrom, gap.missingTo))}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
