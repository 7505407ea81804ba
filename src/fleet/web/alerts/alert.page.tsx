import { Button } from '@mantine/core';
import { Link, useRevalidator } from 'react-router';
import { findLabelText } from '#src/fleet/contract/alert-labels.text.ts';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { AlertDetail } from '#src/fleet/contract/alerts.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IconBellOff, IconCheck } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { FactList, Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { useCommand } from '../clusters/use-command.ts';
import { useLive } from '../clusters/use-live.ts';
import type { Route } from './+types/alert.page.ts';
import { SeverityBadge, StateBadge } from './alert-words.tsx';
import styles from './alerts.module.css';

const newsMs = 5000;
const silenceMinutes = 120;
const itself = new Set(['host', 'host_id', 'cluster', 'cluster_id', 'external_id']);

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), (args.loaderData?.alert.title ?? text.title)[localeOf(args)]);

export async function loader({ context, params }: Route.LoaderArgs) {
  const path = `/api/fleet/alerts/${encodeURIComponent(params.id)}`;
  return { alert: await context.get(apiContext).get(path, AlertDetail) };
}

export default function AlertPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const path = `/api/fleet/alerts/${loaderData.alert.id}`;
  const { value: alert } = useLive(path, loaderData.alert, newsMs);
  const { command, problem, busy } = useCommand();
  const may = { acknowledge: useMay('fleet.alert.acknowledge'), silence: useMay('fleet.alert.silence') };
  const silence = () =>
    void command(
      'post',
      '/api/fleet/silences',
      {
        reason: t(text.silenceReason),
        rule: alert.rule,
        minutes: silenceMinutes,
        ...(alert.host && { hostId: alert.host.id }),
        ...(alert.cluster && { clusterId: alert.cluster.id }),
      },
      () => void revalidate(),
    );
  const isOpen = alert.state !== 'resolved';
  return (
    <>
      <PageHeader
        title={t(alert.title)}
        lead={t(alert.summary)}
        back={{ to: '/alerts', label: t(text.title) }}
        status={
          <span className={styles.badges}>
            <SeverityBadge severity={alert.severity} />
            <StateBadge alert={alert} />
          </span>
        }
        actions={
          isOpen && (
            <>
              {may.acknowledge && alert.state === 'firing' && (
                <Button
                  loading={busy}
                  leftSection={<IconCheck size={17} aria-hidden />}
                  onClick={() =>
                    void command('post', `${path}/acknowledge`, undefined, () => void revalidate())
                  }
                >
                  {t(text.acknowledge)}
                </Button>
              )}
              {may.silence && alert.silencedBecause === null && (
                <Button
                  variant="default"
                  disabled={busy}
                  leftSection={<IconBellOff size={17} aria-hidden />}
                  onClick={silence}
                >
                  {t(text.silenceIt)}
                </Button>
              )}
            </>
          )
        }
      />
      <ProblemNotice problem={problem} />
      {alert.silencedBecause !== null && (
        <p className={styles.notice} role="status">
          {t(text.silencedBecause(alert.silencedBecause))}
        </p>
      )}
      <ExplanationPanel alert={alert} />
      <FactsPanel alert={alert} />
      <StoryPanel alert={alert} />
    </>
  );
}

function ExplanationPanel({ alert: { explanation } }: { alert: AlertDetail }) {
  const t = useText();
  return (
    <Panel>
      <div className={styles.explain}>
        <div>
          <h3>{t(text.meaning)}</h3>
          <p>{t(explanation.meaning)}</p>
        </div>
        <div>
          <h3>{t(text.ignored)}</h3>
          <p>{t(explanation.ignored)}</p>
        </div>
        <div className={styles.step}>
          <h3>{t(text.nextStep)}</h3>
          <p>{t(explanation.nextStep)}</p>
        </div>
      </div>
    </Panel>
  );
}

function FactsPanel({ alert }: { alert: AlertDetail }) {
  const t = useText();
  const format = useFormat();
  const others = Object.entries(alert.labels).filter(([name]) => !itself.has(name));
  const facts = [
    { name: t(text.began), value: format.dateTime(alert.startedAt) },
    ...(alert.resolvedAt === null ? [] : [{ name: t(text.ended), value: format.dateTime(alert.resolvedAt) }]),
    ...(alert.cluster
      ? [
          {
            name: t(text.cluster),
            value: (
              <Link className={styles.link} to={`/clusters/${alert.cluster.name}`}>
                {alert.cluster.name}
              </Link>
            ),
          },
        ]
      : []),
    ...(alert.host
      ? [
          {
            name: t(text.host),
            value: (
              <Link className={styles.link} to={`/hosts/${alert.host.id}`}>
                {alert.host.name}
              </Link>
            ),
          },
        ]
      : []),
    ...(alert.acknowledgedBy === null ? [] : [{ name: t(text.acknowledgedBy), value: alert.acknowledgedBy }]),
    { name: t(text.rule), value: <code>{alert.rule}</code> },
    ...others.map(([label, value]) => {
      const known = findLabelText(label);
      return { name: known ? t(known) : label, value };
    }),
  ];
  return (
    <Panel title={t(text.facts)}>
      <FactList facts={facts} />
    </Panel>
  );
}

function StoryPanel({ alert: { events } }: { alert: AlertDetail }) {
  const t = useText();
  const format = useFormat();
  return (
    <Panel title={t(text.story)}>
      <ol className={styles.story}>
        {events.map((event) => (
          <li key={event.id}>
            <time dateTime={event.at}>{format.dateTime(event.at)}</time>
            <span>
              {t(event.text)} {event.by !== null && <small>{t(text.by(event.by))}</small>}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
