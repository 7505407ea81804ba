import { Button, Switch } from '@mantine/core';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Cluster } from '#src/fleet/contract/clusters.ts';
import type { Operation } from '#src/platform/contract/operations.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { OperationProgress } from '#src/platform/web/operations/operation-progress.tsx';
import { OperationTable } from '#src/platform/web/operations/operation-table.tsx';
import { IconArrowBackUp, IconTrash } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useNow } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/cluster.page.ts';
import { useCluster } from './cluster.layout.tsx';
import styles from './cluster.module.css';
import { healthWords, protectionWords, recoveryWords, serversOf } from './cluster-words.tsx';
import { MemberTable } from './member-table.tsx';
import { Topology } from './topology.tsx';
import { nodesOfCluster } from './topology-model.ts';
import { useCommand } from './use-command.ts';

export const meta = (args: Route.MetaArgs) => titleIn(localeOf(args), args.params.name);

export default function ClusterPage() {
  const t = useText();
  const { cluster, operations, lines, link, refresh, act } = useCluster();
  const shown = operations[0] && needsEyes(operations[0]) ? operations[0] : undefined;
  const means = cluster.phase === 'ready' ? healthWords[cluster.health] : null;
  return (
    <div className={styles.stack}>
      {cluster.phase === 'deleting' && <UndeleteBanner cluster={cluster} done={refresh} />}
      {means && (
        <p className={styles.means} data-tone={cluster.health === 'down' ? 'bad' : 'warn'}>
          {t(means)}
        </p>
      )}
      {shown && <OperationProgress key={shown.id} operation={shown} lines={lines} onEnd={refresh} />}
      <Panel
        title={t(text.topology)}
        flush
        actions={
          <span className={styles.liveDot} data-link={link}>
            {t(link === 'live' ? text.live : text.notLive)}
          </span>
        }
      >
        <div className={styles.picture}>
          <Topology nodes={nodesOfCluster(cluster)} />
        </div>
        <Figures cluster={cluster} />
      </Panel>
      <Panel title={t(text.members)} flush>
        <MemberTable cluster={cluster} act={act} />
      </Panel>
      {operations.length > 0 && (
        <Panel title={t(text.lastOperations)} flush>
          <OperationTable operations={operations} />
        </Panel>
      )}
      <DangerZone cluster={cluster} done={refresh} remove={() => act({ verb: 'delete' })} />
    </div>
  );
}

/** Whether an operation is under way, or stopped where a person must decide. */
function needsEyes({ state }: Operation): boolean {
  return state === 'running' || state === 'cancelling' || state === 'failed';
}

function Figures({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const votes = cluster.members.filter(({ hasEtcd }) => hasEtcd);
  const silent = votes.filter(({ hostOnline }) => !hostOnline).length;
  const several = serversOf(cluster).length > 1;
  const figures = [
    {
      name: text.timeline,
      value: cluster.timeline === null ? '—' : String(cluster.timeline),
      hint: text.timelineHint,
    },
    {
      name: text.votes,
      value: t(text.votesOf(votes.length - silent, votes.length)),
      hint: votes.length < 3 ? text.votesSingle : text.votesHint(Math.floor(votes.length / 2) + 1),
    },
    ...(several
      ? [
          {
            name: text.columnProtection,
            value: t(protectionWords[cluster.protection].title),
            hint: protectionWords[cluster.protection].survives,
          },
          {
            name: text.failover,
            value: t(cluster.paused ? text.failoverPaused : text.failoverOn),
            hint: cluster.paused ? text.failoverPausedHint : recoveryWords[cluster.recovery].survives,
          },
        ]
      : []),
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, hint }) => (
        <div key={name.en}>
          <dt>{t(name)}</dt>
          <dd>
            {value}
            <small>{t(hint)}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function UndeleteBanner({ cluster, done }: { cluster: Cluster; done: () => void }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(1000);
  const may = useMay('fleet.cluster.delete');
  const { command, problem, busy } = useCommand();
  const left = cluster.deleteAfter === null ? 0 : (new Date(cluster.deleteAfter).getTime() - now) / 1000;
  return (
    <section className={styles.banner} aria-label={t(text.deletingTitle)}>
      <div>
        <ProblemNotice problem={problem} />
        <strong>{t(text.deletingTitle)}</strong>
        <p suppressHydrationWarning>
          {cluster.deleteAfter !== null && left > 0
            ? t(text.deletingLeft(format.duration(left), format.dateTime(cluster.deleteAfter)))
            : t(text.deletingNow)}
        </p>
      </div>
      {may && left > 0 && (
        <Button
          leftSection={<IconArrowBackUp size={18} aria-hidden />}
          loading={busy}
          onClick={() => void command('post', `/api/fleet/clusters/${cluster.id}/undelete`, undefined, done)}
        >
          {t(text.undelete)}
        </Button>
      )}
    </section>
  );
}

function DangerZone({ cluster, done, remove }: { cluster: Cluster; done: () => void; remove: () => void }) {
  const t = useText();
  const mayUpdate = useMay('fleet.cluster.update');
  const mayDelete = useMay('fleet.cluster.delete');
  const { command, problem, busy } = useCommand();
  if ((!mayUpdate && !mayDelete) || cluster.phase === 'deleting') return null;
  const protect = (deletionProtected: boolean) =>
    command('patch', `/api/fleet/clusters/${cluster.id}`, { deletionProtected }, done);
  return (
    <Panel title={t(text.dangerZone)}>
      <div className={styles.zone}>
        <ProblemNotice problem={problem} />
        {mayUpdate && (
          <div className={styles.zoneRow}>
            <div>
              <strong id="deletion-protection">{t(text.deletionProtection)}</strong>
              <p>{t(text.deletionProtectionHint)}</p>
            </div>
            <Switch
              aria-labelledby="deletion-protection"
              checked={cluster.deletionProtected}
              disabled={busy}
              onChange={(event) => void protect(event.currentTarget.checked)}
              label={t(cluster.deletionProtected ? text.on : text.off)}
            />
          </div>
        )}
        {mayDelete && (
          <div className={styles.zoneRow}>
            <div>
              <strong>{t(text.deleteTitle)}</strong>
              <p>{t(cluster.deletionProtected ? text.deleteBlocked : text.deleteHint)}</p>
            </div>
            <Button
              color="red"
              variant="outline"
              leftSection={<IconTrash size={17} aria-hidden />}
              disabled={cluster.deletionProtected}
              onClick={remove}
            >
              {t(text.deleteOpen)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
