import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { z } from 'zod';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { ClusterBackups } from '#src/fleet/contract/backups.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { Restore, type RestoreStarted, RestoreWindow } from '#src/fleet/contract/restores.ts';
import { useCluster } from '#src/fleet/web/clusters/cluster.layout.tsx';
import { StepTitle } from '#src/fleet/web/clusters/step-title.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import wizard from '#src/fleet/web/clusters/wizard.module.css';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconHourglass } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/restore.page.ts';
import { BackupsNav } from './backups-nav.tsx';
import styles from './backups.module.css';
import { MomentPicker } from './moment-picker.tsx';
import { paths } from './paths.ts';
import { KeptData, primaryHostOf } from './restore-list.tsx';
import { RestorePlaceFields } from './restore-place.tsx';
import { RestorePreviewPane } from './restore-preview.tsx';
import { restoreBody, restoredName, type RestoreWish } from './restore-wish.ts';
import { useRestorePreview } from './use-restore-preview.ts';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), text.restoreTitle(args.params.name)[localeOf(args)]);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const maySeeHosts = context.get(viewerContext).permissions.includes('fleet.host.read');
  const query = new URL(request.url).searchParams;
  const at = Date.parse(query.get('at') ?? '');
  const [{ plan, backups }, window, restores, hosts] = await Promise.all([
    api.get(paths.backups(params.name), ClusterBackups),
    api.get(paths.window(params.name), RestoreWindow),
    api.get(paths.restores(params.name), z.array(Restore)),
    maySeeHosts ? api.get('/api/fleet/hosts?limit=200', page(Host)).then(({ items }) => items) : [],
  ]);
  return {
    plan,
    backups: backups.map(({ label, type, endedAt }) => ({ label, type, endedAt })),
    window,
    restores,
    hosts: hosts
      .filter((host) => host.online && host.phase === 'active')
      .map(({ id, name }) => ({ id, name })),
    at: Number.isNaN(at) ? null : at,
    backup: backups.find(({ label }) => label === query.get('backup'))?.label ?? null,
  };
}

export default function RestorePage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { cluster, refresh } = useCluster();
  if (loaderData.plan === null || loaderData.window.ranges.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={IconHourglass}
          title={t(loaderData.plan ? text.nothingYet : text.noPlanTitle)}
          action={
            <Button component={Link} to={`/clusters/${cluster.name}/backups`}>
              {t(text.tab)}
            </Button>
          }
        >
          {t(loaderData.plan ? text.nothingYetHint : text.emptyHint)}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className={styles.stack}>
      <BackupsNav name={cluster.name} />
      <KeptData
        clusterName={cluster.name}
        primary={primaryHostOf(cluster)}
        restores={loaderData.restores}
        done={refresh}
      />
      <RestoreForm {...loaderData} plan={loaderData.plan} />
    </div>
  );
}

type Data = Route.ComponentProps['loaderData'];

function RestoreForm({
  plan,
  backups,
  window,
  hosts,
  at,
  backup,
}: Data & { plan: NonNullable<Data['plan']> }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { cluster } = useCluster();
  const may = useMay('fleet.restore.start');
  const mayCreate = useMay('fleet.cluster.create');
  const { send, problem, busy } = useCommand();
  const [confirming, setConfirming] = useState(false);
  const [wish, setWish] = useState<RestoreWish>({
    at,
    backup: at === null ? backup : null,
    kind: hosts.length > 0 ? 'scratch' : 'in-place',
    hostId:
      hosts.find(({ id }) => cluster.members.every(({ hostId }) => hostId !== id))?.id ?? hosts[0]?.id ?? '',
    hours: 8,
    name: restoredName(cluster.name),
    members: 1,
    hostIds: [],
    memberId: null,
  });
  const set = (change: Partial<RestoreWish>) => setWish((known) => ({ ...known, ...change }));
  const body = restoreBody(wish, cluster);
  const state = useRestorePreview(cluster.name, body);
  const ready = state.fresh && state.preview?.possible === true;
  const isNewest = wish.at === null && wish.backup === null;
  const moment =
    wish.at !== null
      ? format.fullTime(new Date(wish.at).toISOString())
      : t(isNewest ? text.previewNewest : text.endOfBackup(wish.backup ?? ''));

  const start = async () => {
    const confirm = wish.kind === 'in-place' ? { confirm: cluster.name } : {};
    const begun = await send<RestoreStarted>('post', paths.restores(cluster.name), { ...body, ...confirm });
    if (begun) await navigate(`/operations/${begun.operationId}`);
  };
  return (
    <form
      className={wizard.wizard}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || !may) return;
        if (wish.kind === 'in-place') setConfirming(true);
        else void start();
      }}
    >
      <div className={wizard.steps}>
        <Panel title={<StepTitle step={1} word={t(text.stepMoment)} />}>
          {wish.backup !== null && wish.at === null ? (
            <div className={styles.form}>
              <p style={{ margin: 0 }}>
                <strong>{t(text.endOfBackup(wish.backup))}</strong>
                <br />
                {t(text.backupOnly)}
              </p>
              <div>
                <Button size="xs" variant="default" onClick={() => set({ backup: null })}>
                  {t(text.chooseMoment)}
                </Button>
              </div>
            </div>
          ) : (
            <MomentPicker
              window={window}
              backups={backups}
              policy={plan.policy}
              value={wish.at}
              onChange={(next) => set({ at: next, backup: null })}
            />
          )}
        </Panel>
        <Panel title={<StepTitle step={2} word={t(text.stepPlace)} />}>
          <RestorePlaceFields
            wish={wish}
            set={set}
            cluster={cluster}
            hosts={hosts}
            mayCreate={mayCreate || !may}
          />
        </Panel>
      </div>
      <aside className={wizard.side} aria-label={t(text.previewLabel)}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls where the window is low, and a keyboard must reach that */}
        <div tabIndex={0} role="group" aria-label={t(text.preview)} className={wizard.scroller}>
          <ProblemNotice problem={problem} />
          <RestorePreviewPane
            state={state}
            isNewest={isNewest}
            take={(next) => set({ at: next, backup: null })}
          />
        </div>
        <div className={wizard.finish}>
          <p
            className={wizard.finishWords}
            role="status"
            data-tone={state.fresh && !ready ? 'bad' : undefined}
          >
            {t(
              !may
                ? text.mayNotRestore
                : ready
                  ? text.readyWords
                  : state.fresh
                    ? text.notReadyWords
                    : text.previewAsking,
            )}
          </p>
          {may && (
            <Button
              type="submit"
              size="md"
              loading={busy}
              disabled={!ready}
              {...(wish.kind === 'in-place' && { color: 'red' })}
            >
              {t(wish.kind === 'in-place' ? text.startHere : text.start)}
            </Button>
          )}
        </div>
      </aside>
      <ConfirmTyped
        opened={confirming}
        close={() => setConfirming(false)}
        name={cluster.name}
        title={t(text.confirmTitle(cluster.name))}
        confirmLabel={t(text.confirmNow)}
        busy={busy}
        confirm={() => void start()}
      >
        <ProblemNotice problem={problem} />
        <p style={{ marginTop: 0 }}>{t(text.confirmSays(moment))}</p>
        <p>{t(text.confirmKept)}</p>
      </ConfirmTyped>
    </form>
  );
}
