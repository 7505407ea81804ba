import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useRevalidator } from 'react-router';
import { z } from 'zod';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { BackupPlan, Policy, Repository } from '#src/fleet/contract/backups.ts';
import { Cluster } from '#src/fleet/contract/clusters.ts';
import { ClusterDrills, type Drill } from '#src/fleet/contract/drills.ts';
import { RestoreWindow } from '#src/fleet/contract/restores.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconAlertTriangle, IconDatabase } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { useNow } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/backups.page.ts';
import styles from './backups.module.css';
import { EnableDialog } from './enable-dialog.tsx';
import { paths } from './paths.ts';
import { ProtectionCard } from './protection-card.tsx';
import { type DrillSeen, keysNotKept, protectionOf, type Known, type Protection } from './protection.ts';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const may = (permission: string) => context.get(viewerContext).permissions.includes(permission);
  const [clusters, plans, repositories, policies] = await Promise.all([
    may('fleet.cluster.read') ? api.get(paths.clusters, page(Cluster)).then(({ items }) => items) : [],
    api.get(paths.plans, z.array(BackupPlan)),
    may('fleet.repository.read') ? api.get(paths.repositories, z.array(Repository)) : [],
    api.get(paths.policies, z.array(Policy)),
  ]);
  const rows = await Promise.all(
    clusters
      // One that is being built or removed has nothing to protect yet, or any more.
      .filter(({ phase }) => phase === 'ready')
      .map(async (cluster) => {
        const plan = plans.find(({ clusterId }) => clusterId === cluster.id) ?? null;
        const window =
          plan && may('fleet.restore.read') ? await api.get(paths.window(cluster.id), RestoreWindow) : null;
        const drills =
          plan && may('fleet.drill.read')
            ? (await api.get(paths.drills(cluster.id), ClusterDrills)).drills.slice(0, drillsLookedAt)
            : null;
        return {
          cluster: slim(cluster),
          known: { plan, window, drills: drills && drills.map(slimDrill) } satisfies Known,
        };
      }),
  );
  return { rows, repositories, policies };
}

// As far back as a judgement is looked for.
const drillsLookedAt = 10;
const slimDrill = ({ state, recoverySeconds, createdAt }: Drill): DrillSeen => ({
  state,
  recoverySeconds,
  createdAt,
});

// Of a cluster the page needs little; settings and members of a hundred would only travel.
const slim = ({ id, name, phase, members }: Cluster) => ({
  id,
  name,
  phase,
  servers: members.filter(({ kind }) => kind === 'server').length,
});
export type Row = { cluster: ReturnType<typeof slim>; known: Known };

const rank: Record<Protection['standing'], number> = {
  none: 0,
  bad: 1,
  warn: 2,
  disabling: 3,
  enabling: 4,
  good: 5,
};

export default function BackupsPage({ loaderData: { rows, repositories, policies } }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const now = useNow(30_000);
  const [enabling, setEnabling] = useState<Row | null>(null);
  const judged = rows
    .map((row) => ({ ...row, protection: protectionOf(row.known, now) }))
    .toSorted(
      (a, b) =>
        rank[a.protection.standing] - rank[b.protection.standing] ||
        a.cluster.name.localeCompare(b.cluster.name),
    );
  if (rows.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={IconDatabase}
          title={t(text.noClusters)}
          action={
            <Button component={Link} to="/clusters">
              {t(text.toClusters)}
            </Button>
          }
        >
          {t(text.noClustersHint)}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <Sums rows={judged} />
      <KeyNotice repositories={repositories} />
      <ul className={styles.cards} aria-label={t(text.clustersLabel)}>
        {judged.map((row) => (
          <ProtectionCard
            key={row.cluster.id}
            cluster={row.cluster}
            known={row.known}
            protection={row.protection}
            protect={() => setEnabling(row)}
          />
        ))}
      </ul>
      <EnableDialog
        cluster={enabling?.cluster ?? null}
        plan={enabling?.known.plan ?? null}
        policies={policies}
        repositories={repositories}
        close={() => setEnabling(null)}
        done={() => void revalidate()}
      />
    </>
  );
}

function Sums({ rows }: { rows: (Row & { protection: Protection })[] }) {
  const t = useText();
  const format = useFormat();
  const covered = rows.filter(({ protection }) => protection.standing !== 'none');
  const wrong = rows.filter(({ protection: { standing } }) => ['none', 'bad', 'warn'].includes(standing));
  const losses = covered.flatMap(({ protection: { lossSeconds } }) =>
    lossSeconds === null ? [] : [lossSeconds],
  );
  const recoveries = covered.flatMap(({ known: { drills } }) =>
    (drills ?? [])
      .filter(({ state }) => state === 'passed')
      .slice(0, 1)
      .flatMap((drill) => drill.recoverySeconds ?? []),
  );
  const sums = [
    {
      name: text.sumProtected,
      value: t(text.sumOf(covered.length, rows.length)),
      bad: covered.length < rows.length,
    },
    {
      name: text.sumLoss,
      value:
        covered.length < rows.length
          ? t(text.couldLoseAll)
          : losses.length > 0
            ? format.duration(Math.max(...losses))
            : '—',
      bad: covered.length < rows.length,
    },
    ...(recoveries.length > 0
      ? [{ name: text.sumRecovery, value: format.duration(Math.max(...recoveries)), bad: false }]
      : []),
    { name: text.sumWrong, value: format.number(wrong.length), bad: wrong.length > 0 },
  ];
  return (
    <dl className={styles.sums}>
      {sums.map(({ name, value, bad }) => (
        <div key={name.en} data-bad={bad || undefined}>
          <dt>{t(name)}</dt>
          <dd suppressHydrationWarning>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function KeyNotice({ repositories }: { repositories: Repository[] }) {
  const t = useText();
  const may = useMay('fleet.repository.show-key');
  const lost = keysNotKept(repositories);
  if (!may || lost.length === 0) return null;
  return (
    <section className={styles.notice} aria-label={t(text.columnKey)}>
      <IconAlertTriangle size={19} aria-hidden />
      <ul>
        {lost.map((one) => (
          <li key={one.id}>{t(text.wrongKey(one.name))}</li>
        ))}
      </ul>
      <Button component={Link} to="/backups/repositories" variant="default" size="xs">
        {t(text.keepKey)}
      </Button>
    </section>
  );
}
