import { NavLink } from 'react-router';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import type { Alert, AlertRule, ChannelKind, RuleTopic, Severity } from '#src/fleet/contract/alerts.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import styles from './alerts.module.css';

const severityBadges: Record<Severity, readonly [Tone, Text]> = {
  critical: ['bad', text.critical],
  warning: ['warn', text.warning],
  info: ['idle', text.info],
};
export const severityWord = (severity: Severity): Text => severityBadges[severity][1];

/** How bad it is, in colour, shape and word. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const [tone, word] = severityBadges[severity];
  return <StatusBadge tone={tone} text={word} />;
}

const states: Record<Alert['state'], readonly [Tone, Text]> = {
  firing: ['bad', text.firing],
  acknowledged: ['busy', text.acknowledged],
  resolved: ['good', text.resolved],
};

/** How an alert stands. */
export function StateBadge({ alert }: { alert: Pick<Alert, 'state' | 'silencedBecause'> }) {
  const [tone, word] = states[alert.state];
  return (
    <span className={styles.badges}>
      <StatusBadge tone={tone} text={word} />
      {alert.silencedBecause !== null && <StatusBadge tone="idle" text={text.silenced} />}
    </span>
  );
}

/** Where it is wrong: cluster and host, as far as they are known. */
export const whereOf = ({ cluster, host, labels }: Pick<Alert, 'cluster' | 'host' | 'labels'>): string =>
  [cluster?.name ?? labels['cluster'], host?.name ?? labels['host'], labels['mountpoint']]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ') || '—';

export const topicWords: Record<RuleTopic, Text> = {
  storage: text.topicStorage,
  archive: text.topicArchive,
  backup: text.topicBackup,
  replication: text.topicReplication,
  availability: text.topicAvailability,
  activity: text.topicActivity,
  maintenance: text.topicMaintenance,
  host: text.topicHost,
  elepherd: text.topicElepherd,
  own: text.topicOwn,
};

export const unitWords: Record<NonNullable<AlertRule['unit']>, Text> = {
  days: text.unitDays,
  hours: text.unitHours,
  minutes: text.unitMinutes,
  seconds: text.unitSeconds,
  percent: text.unitPercent,
  count: text.unitCount,
  bytes: text.unitBytes,
  transactions: text.unitTransactions,
};

export const kindWords: Record<ChannelKind, Text> = {
  mail: text.kindMail,
  webhook: text.kindWebhook,
  dingtalk: text.kindDingtalk,
  wecom: text.kindWecom,
  feishu: text.kindFeishu,
};

const tabs = [
  { to: '/alerts', word: text.tabAlerts },
  { to: '/alerts/rules', word: text.tabRules },
  { to: '/alerts/silences', word: text.tabSilences },
  { to: '/alerts/channels', word: text.tabChannels },
  { to: '/alerts/on-call', word: text.tabOnCall },
];

/** The parts of alerting. */
export function AlertTabs() {
  const t = useText();
  return (
    <nav className={styles.tabs} aria-label={t(text.sections)}>
      {tabs.map(({ to, word }) => (
        <NavLink key={to} to={to} end prefetch="intent" preventScrollReset>
          {t(word)}
        </NavLink>
      ))}
    </nav>
  );
}
