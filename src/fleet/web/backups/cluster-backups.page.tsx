import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { ClusterBackups, Policy, Repository } from '#src/fleet/contract/backups.ts';
import { ClusterDrills } from '#src/fleet/contract/drills.ts';
import { Restore, RestoreWindow } from '#src/fleet/contract/restores.ts';
import { useCluster } from '#src/fleet/web/clusters/cluster.layout.tsx';
import { useLive } from '#src/fleet/web/clusters/use-live.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconArrowBackUp, IconHourglass, IconLock } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/cluster-backups.page.ts';
import { BackupList } from './backup-list.tsx';
import { BackupsNav } from './backups-nav.tsx';
import styles from './backups.module.css';
import { EnableDialog } from './enable-dialog.tsx';
import { canReach, MomentPicker } from './moment-picker.tsx';
import { paths } from './paths.ts';
import { PlanCard } from './plan-card.tsx';
import { KeptData, primaryHostOf, RestoreList } from './restore-list.tsx';

const newsMs = 5000;

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), text.clusterTitle(args.params.name)[localeOf(args)]);

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const may = (permission: string) => context.get(viewerContext).permissions.includes(permission);
  const [known, window, restores, drills, policies, repositories] = await Promise.all([
    api.get(paths.backups(params.name), ClusterBackups),
    may('fleet.restore.read') ? api.get(paths.window(params.name), RestoreWindow) : null,
    may('fleet.restore.read') ? api.get(paths.restores(params.name), z.array(Restore)) : [],
    may('fleet.drill.read') ? api.get(paths.drills(params.name), ClusterDrills) : null,
    may('fleet.backup.manage') ? api.get(paths.policies, z.array(Policy)) : [],
    may('fleet.repository.read') ? api.get(paths.repositories, z.array(Repository)) : [],
  ]);
  return { known, window, restores, drills: drills && drills.drills.slice(0, 10), policies, repositories };
}

export default function ClusterBackupsPage({
  loaderData: { known: initial, window, restores, drills, policies, repositories },
}: Route.ComponentProps) {
  const { cluster, refresh } = useCluster();
  const { value: known } = useLive(paths.backups(cluster.name), initial, newsMs);
  const [enabling, setEnabling] = useState(false);
  const { plan } = known;
  return (
    <div className={styles.stack}>
      {plan && <BackupsNav name={cluster.name} />}
      <KeptData
        clusterName={cluster.name}
        primary={primaryHostOf(cluster)}
        restores={restores}
        done={refresh}
      />
      {plan ? (
        <PlanCard
          plan={plan}
          window={window}
          drills={drills}
          change={() => setEnabling(true)}
          done={refresh}
        />
      ) : (
        <NoPlan name={cluster.name} ready={cluster.phase === 'ready'} protect={() => setEnabling(true)} />
      )}
      {plan && window && (
        <Moments name={cluster.name} policy={plan.policy} window={window} backups={known.backups} />
      )}
      {plan && <BackupList clusterName={cluster.name} backups={known.backups} />}
      {restores.length > 0 && <RestoreList restores={restores} />}
      <EnableDialog
        cluster={enabling ? cluster : null}
        plan={plan}
        policies={policies}
        repositories={repositories}
        close={() => setEnabling(false)}
        done={refresh}
      />
    </div>
  );
}

function NoPlan({ name, ready, protect }: { name: string; ready: boolean; protect: () => void }) {
  const t = useText();
  const mayManage = useMay('fleet.backup.manage');
  const maySeeRepositories = useMay('fleet.repository.read');
  return (
    <Panel>
      <EmptyState
        icon={IconLock}
        title={t(text.emptyTitle(name))}
        action={
          mayManage &&
          maySeeRepositories &&
          ready && (
            <Button size="md" onClick={protect}>
              {t(text.protect)}
            </Button>
          )
        }
      >
        <p>{t(text.unprotectedWords)}</p>
        <p>{t(text.emptyHint)}</p>
      </EmptyState>
    </Panel>
  );
}

type MomentsProps = {
  name: string;
  policy: Policy;
  window: RestoreWindow;
  backups: ClusterBackups['backups'];
};

function Moments({ name, policy, window: initial, backups }: MomentsProps) {
  const t = useText();
  const { value: window } = useLive(paths.window(name), initial, newsMs * 4);
  const [value, setValue] = useState<number | null>(null);
  const to = `/clusters/${name}/backups/restore${value === null ? '' : `?at=${new Date(value).toISOString()}`}`;
  return (
    <Panel title={t(text.momentTitle)}>
      {window.ranges.length === 0 ? (
        <EmptyState icon={IconHourglass} title={t(text.nothingYet)}>
          {t(text.nothingYetHint)}
        </EmptyState>
      ) : (
        <>
          <MomentPicker window={window} backups={backups} policy={policy} value={value} onChange={setValue} />
          <div className={styles.under}>
            {canReach(window, value) ? (
              <Button component={Link} to={to} leftSection={<IconArrowBackUp size={18} aria-hidden />}>
                {t(text.restoreTo)}
              </Button>
            ) : (
              <Button disabled leftSection={<IconArrowBackUp size={18} aria-hidden />}>
                {t(text.restoreTo)}
              </Button>
            )}
          </div>
        </>
      )}
    </Panel>
  );
}
