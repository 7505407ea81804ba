import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { BackupPlan } from '#src/fleet/contract/backups.ts';
import type { RestoreWindow } from '#src/fleet/contract/restores.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import { TimeAgo, useNow } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import styles from './backups.module.css';
import { DrillBadge } from './drill-words.tsx';
import { type DrillSeen, type Known, type Protection, realGaps, type Standing } from './protection.ts';
import { typeWords } from './schedule.ts';
import { dayMs } from './time-scale.ts';

const looks: Record<Standing, { tone: Tone; text: typeof text.stateGood }> = {
  good: { tone: 'good', text: text.stateGood },
  warn: { tone: 'warn', text: text.stateWarn },
  bad: { tone: 'bad', text: text.stateBad },
  none: { tone: 'bad', text: text.stateNone },
  enabling: { tone: 'busy', text: text.stateEnabling },
  disabling: { tone: 'busy', text: text.stateDisabling },
};

/** How a cluster is protected, in colour, shape and word. */
export function StandingBadge({ standing }: { standing: Standing }) {
  return <StatusBadge {...looks[standing]} />;
}

type Props = {
  cluster: { id: string; name: string; phase: string; servers: number };
  known: Known;
  protection: Protection;
  protect: () => void;
};

/** One cluster and all that matters of its backups, with what to do about it. */
export function ProtectionCard({ cluster, known, protection, protect }: Props) {
  const t = useText();
  const maySeeRepositories = useMay('fleet.repository.read');
  const mayManage = useMay('fleet.backup.manage');
  const mayRestore = useMay('fleet.restore.read');
  const { plan } = known;
  const { standing, wrongs } = protection;
  const bare = standing === 'none';
  const canRestore = (known.window?.ranges.length ?? 0) > 0;
  return (
    <li className={styles.card} data-standing={standing}>
      <div className={styles.cardHead}>
        <h2>
          <Link to={`/clusters/${cluster.name}/backups`} prefetch="intent">
            {cluster.name}
          </Link>
        </h2>
        <StandingBadge standing={standing} />
        <div className={styles.cardActions}>
          {!bare && mayRestore && canRestore && (
            <Button
              component={Link}
              to={`/clusters/${cluster.name}/backups/restore`}
              variant="default"
              size="xs"
              aria-label={t(text.restoreOf(cluster.name))}
            >
              {t(text.restoreOpen)}
            </Button>
          )}
          {bare && mayManage && maySeeRepositories && cluster.phase === 'ready' && (
            <Button size="sm" onClick={protect} aria-label={t(text.protectAction(cluster.name))}>
              {t(text.protect)}
            </Button>
          )}
        </div>
      </div>
      {bare ? (
        <p className={styles.bare}>
          {t(
            plan ? text.stoppedWords : cluster.servers > 1 ? text.unprotectedCluster : text.unprotectedWords,
          )}
        </p>
      ) : (
        plan && <Figures plan={plan} known={known} lossSeconds={protection.lossSeconds} />
      )}
      {wrongs.length > 0 && <Wrongs wrongs={wrongs} />}
    </li>
  );
}

/** What is wrong, as sentences. */
export function Wrongs({ wrongs }: { wrongs: Protection['wrongs'] }) {
  const t = useText();
  return (
    <ul className={styles.wrongs}>
      {wrongs.map(({ tone, words }) => (
        <li key={words.en} data-tone={tone}>
          {t(words)}
        </li>
      ))}
    </ul>
  );
}

/** The four figures by which a plan is judged. */
export function Figures({
  plan,
  known: { window, drills },
  lossSeconds,
}: {
  plan: BackupPlan;
  known: Known;
  lossSeconds: number | null;
}) {
  const t = useText();
  const format = useFormat();
  const failing = plan.archive.failing !== null;
  return (
    <dl className={styles.figures}>
      <Figure
        name={t(text.couldLose)}
        bad={failing}
        value={
          lossSeconds === null
            ? t(text.couldLoseUnknown)
            : t(text.couldLoseAtMost(format.duration(lossSeconds)))
        }
        hint={t(text.couldLoseHint)}
      />
      <BackTo window={window} keptDays={plan.policy.retention.days} />
      <LastBackup plan={plan} />
      {drills !== null && <LastDrill drills={drills} />}
    </dl>
  );
}

function BackTo({ window, keptDays }: { window: RestoreWindow | null; keptDays: number }) {
  const t = useText();
  const format = useFormat();
  const first = window?.ranges[0];
  if (!window || !first) {
    return <Figure name={t(text.goBack)} bad value={t(text.goBackNowhere)} hint="" />;
  }
  const last = Math.max(...window.ranges.map(({ to }) => Date.parse(to)));
  const gaps = realGaps(window, keptDays, last).length;
  const isYoung = last - Date.parse(first.from) < keptDays * dayMs;
  const hint = gaps > 0 ? text.goBackGaps(gaps) : isYoung ? text.goBackSince : text.goBackDays(keptDays);
  return (
    <Figure
      name={t(text.goBack)}
      value={<span suppressHydrationWarning>{format.date(first.from)}</span>}
      hint={t(hint)}
    />
  );
}

function LastBackup({ plan }: { plan: BackupPlan }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(30_000);
  const ends = plan.repositories.flatMap(({ lastBackupAt }) => lastBackupAt ?? []).toSorted();
  const last = ends.at(-1);
  const next = (['full', 'diff', 'incr'] as const)
    .flatMap((type) => (plan.next[type] === null ? [] : [{ type, at: plan.next[type] }]))
    .toSorted((a, b) => a.at.localeCompare(b.at))[0];
  return (
    <Figure
      name={t(text.lastBackup)}
      bad={last === undefined}
      value={last ? <TimeAgo at={last} /> : t(text.never)}
      hint={
        <span suppressHydrationWarning>
          {next ? t(text.nextBackup(typeWords[next.type], format.ago(next.at, now))) : t(text.noNext)}
        </span>
      }
    />
  );
}

function LastDrill({ drills }: { drills: readonly DrillSeen[] }) {
  const t = useText();
  const format = useFormat();
  const last = drills.find(({ state }) => state !== 'cancelled');
  if (!last) {
    return <Figure name={t(text.lastDrill)} value={t(text.drillNever)} hint={t(text.drillNeverHint)} />;
  }
  return (
    <Figure
      name={t(text.lastDrill)}
      value={
        last.state === 'passed' && last.recoverySeconds !== null ? (
          t(text.drillBack(format.duration(last.recoverySeconds)))
        ) : (
          <DrillBadge state={last.state} />
        )
      }
      hint={<TimeAgo at={last.createdAt} />}
    />
  );
}

function Figure(props: { name: string; value: ReactNode; hint: ReactNode; bad?: boolean }) {
  return (
    <div data-bad={props.bad || undefined}>
      <dt>{props.name}</dt>
      <dd>
        {props.value}
        <small>{props.hint}</small>
      </dd>
    </div>
  );
}
