import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Policy } from '#src/fleet/contract/backups.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import styles from './backups.module.css';
import { cronWords, typeWords } from './schedule.ts';

/** When a policy takes backups, a line each. */
export function ScheduleLines({ policy }: { policy: Policy }) {
  const t = useText();
  const types = (['full', 'diff', 'incr'] as const).flatMap((type) => {
    const cron = policy.schedule[type];
    return cron === null ? [] : [{ type, cron }];
  });
  return (
    <span className={styles.lines}>
      {types.map(({ type, cron }) => (
        <span key={type}>{t(text.scheduleOf(typeWords[type], cronWords(cron)))}</span>
      ))}
      <span className={styles.dim}>{policy.schedule.timeZone}</span>
    </span>
  );
}

/** A policy in a few words: when, how long, how much may be lost. */
export function PolicyLines({ policy }: { policy: Policy }) {
  const t = useText();
  const format = useFormat();
  const { days, weeks, months } = policy.retention;
  return (
    <div className={styles.hintBox}>
      <ScheduleLines policy={policy} />
      <div>{`${t(text.columnKept)}: ${t(text.kept(days, weeks, months))}`}</div>
      <div>{`${t(text.columnLoss)}: ${format.duration(policy.archiveTimeoutSeconds)}`}</div>
    </div>
  );
}
