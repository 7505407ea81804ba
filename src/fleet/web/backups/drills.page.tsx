import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useRevalidator } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { ClusterDrills, type Drill, type DrillPlan } from '#src/fleet/contract/drills.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { useCluster } from '#src/fleet/web/clusters/cluster.layout.tsx';
import { useLive } from '#src/fleet/web/clusters/use-live.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconDownload, IconRotate } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { TimeAgo, useNow } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/drills.page.ts';
import { BackupsNav } from './backups-nav.tsx';
import styles from './backups.module.css';
import { DrillChart } from './drill-chart.tsx';
import { DrillDialogs } from './drill-dialogs.tsx';
import { DrillBadge } from './drill-words.tsx';
import { paths } from './paths.ts';

const newsMs = 4000;

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), text.drillsTitle(args.params.name)[localeOf(args)]);

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const maySeeHosts = context.get(viewerContext).permissions.includes('fleet.host.read');
  const [known, hosts] = await Promise.all([
    api.get(paths.drills(params.name), ClusterDrills),
    maySeeHosts ? api.get('/api/fleet/hosts?limit=200', page(Host)).then(({ items }) => items) : [],
  ]);
  const ready = hosts.filter((host) => host.online && host.phase === 'active');
  return { known, hosts: ready.map(({ id, name }) => ({ id, name })) };
}

export default function DrillsPage({ loaderData: { known: initial, hosts } }: Route.ComponentProps) {
  const t = useText();
  const { cluster } = useCluster();
  const { revalidate } = useRevalidator();
  const { value: known } = useLive(paths.drills(cluster.name), initial, newsMs);
  const mayRun = useMay('fleet.drill.run');
  const mayManage = useMay('fleet.drill.manage');
  const [question, setQuestion] = useState<'run' | 'plan' | null>(null);
  const { plan, drills } = known;
  const run = mayRun && (
    <Button
      onClick={() => setQuestion('run')}
      disabled={drills[0]?.state === 'running'}
      leftSection={<IconRotate size={17} aria-hidden />}
    >
      {t(text.drillNow)}
    </Button>
  );
  return (
    <div className={styles.stack}>
      <BackupsNav name={cluster.name} />
      <Panel title={t(text.trend)} actions={drills.length > 0 && run}>
        <div className={styles.planParts}>
          <div className={styles.drillLine}>
            <PlanWords plan={plan} />
            {mayManage && (
              <Button size="xs" variant="default" onClick={() => setQuestion('plan')}>
                {t(text.drillPlanChange)}
              </Button>
            )}
          </div>
          <Charts drills={drills} />
        </div>
      </Panel>
      <Panel flush>
        <DataTable
          caption={t(text.drillListCaption)}
          columns={useColumns()}
          rows={drills}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={IconRotate} title={t(text.drillNone)} action={run}>
              <p>{t(text.drillNoneHint)}</p>
              <p>{t(text.drillsLead)}</p>
            </EmptyState>
          }
        />
      </Panel>
      <DrillDialogs
        cluster={cluster}
        plan={plan}
        hosts={hosts}
        question={question}
        close={() => setQuestion(null)}
        done={() => void revalidate()}
      />
    </div>
  );
}

function PlanWords({ plan }: { plan: DrillPlan | null }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(60_000);
  return (
    <p suppressHydrationWarning>
      {plan
        ? t(text.drillPlanOn(text.drillEvery(plan.intervalHours), format.ago(plan.nextAt, now)))
        : t(text.drillPlanOff)}
    </p>
  );
}

function Charts({ drills }: { drills: readonly Drill[] }) {
  const passed = drills.filter(({ state }) => state === 'passed');
  const of = (key: 'recoverySeconds' | 'lossSeconds') =>
    passed.flatMap((drill) => {
      const seconds = drill[key];
      return seconds === null ? [] : [{ at: Date.parse(drill.createdAt), seconds }];
    });
  const [recovery, loss] = [of('recoverySeconds'), of('lossSeconds')];
  if (recovery.length + loss.length === 0) return null;
  return (
    <div className={styles.charts}>
      <DrillChart title={text.trendRecovery} words={text.trendRecoveryWords} measured={recovery} />
      <DrillChart title={text.trendLoss} words={text.trendLossWords} measured={loss} />
    </div>
  );
}

function useColumns(): Column<Drill>[] {
  const t = useText();
  const format = useFormat();
  const maySeeOperations = useMay('platform.operation.read');
  return [
    {
      key: 'drill',
      title: text.columnDrill,
      main: true,
      cell: (row) => (
        <span className={styles.place}>
          <TimeAgo at={row.createdAt} />
          <small>{t(row.planned ? text.drillPlanned : text.drillByHand(row.startedBy))}</small>
        </span>
      ),
      sortBy: (row) => row.createdAt,
    },
    {
      key: 'state',
      title: text.columnState,
      cell: (row) => (
        <span className={styles.verdictCell}>
          <DrillBadge state={row.state} />
          {row.state === 'infrastructure-failed' && (
            <span className={styles.reason}>{t(text.drillInfrastructureWords)}</span>
          )}
          {row.reason && row.state !== 'passed' && <span className={styles.reason}>{t(row.reason)}</span>}
        </span>
      ),
      sortBy: (row) => row.state,
    },
    {
      key: 'moment',
      title: text.columnMoment,
      cell: (row) => (
        <span className={styles.place}>
          <span suppressHydrationWarning>
            {row.at === null ? t(text.endOfBackup(row.backup)) : format.dateTime(row.at)}
          </span>
          <small>{`${row.repositoryName} → ${row.hostName}`}</small>
        </span>
      ),
      sortBy: (row) => row.at,
    },
    {
      key: 'recovery',
      title: text.columnRecovery,
      align: 'end',
      cell: (row) => (row.recoverySeconds === null ? '—' : format.duration(row.recoverySeconds)),
      sortBy: (row) => row.recoverySeconds,
    },
    {
      key: 'loss',
      title: text.columnLost,
      align: 'end',
      cell: (row) => (row.lossSeconds === null ? '—' : format.duration(row.lossSeconds)),
      sortBy: (row) => row.lossSeconds,
    },
    {
      key: 'evidence',
      title: text.columnEvidence,
      align: 'end',
      cell: (row) => {
        if (row.state === 'running') {
          return row.operationId && maySeeOperations ? (
            <Button component={Link} size="compact-sm" variant="subtle" to={`/operations/${row.operationId}`}>
              {t(text.progress)}
            </Button>
          ) : (
            '—'
          );
        }
        return row.hasEvidence ? <Evidence drill={row} /> : '—';
      },
    },
  ];
}

function Evidence({ drill }: { drill: Drill }) {
  const t = useText();
  const format = useFormat();
  const when = format.dateTime(drill.createdAt);
  return (
    <span className={styles.rowActions}>
      <Button
        component="a"
        size="compact-sm"
        variant="subtle"
        target="_blank"
        rel="noopener"
        href={paths.evidence(drill.id, 'html', format.locale)}
        aria-label={`${t(text.evidence)} ${when}`}
      >
        {t(text.evidence)}
      </Button>
      <Button
        component="a"
        size="compact-sm"
        variant="subtle"
        href={paths.evidence(drill.id, 'pdf', format.locale)}
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label={`${t(text.pdf)} ${when}`}
      >
        {t(text.pdf)}
      </Button>
    </span>
  );
}
