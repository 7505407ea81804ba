import { Button } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { Cluster } from '#src/fleet/contract/clusters.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { passportText } from '#src/fleet/contract/passports.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconDatabase, IconPlus } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/clusters.page.ts';
import { useCommand } from './use-command.ts';
import { HealthBadge, primaryOf, protectionWords, serversOf, worstLag } from './cluster-words.tsx';
import styles from './clusters.module.css';
import { useLive } from './use-live.ts';

const newsMs = 4000;

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = new URLSearchParams({ limit: '100', ...(cursor === null ? {} : { cursor }) });
  const path = `/api/fleet/clusters?${query}`;
  const found = await api.get(path, page(Cluster));
  const maySeeHosts = context.get(viewerContext).permissions.includes('fleet.host.read');
  const hasHost =
    found.items.length > 0 ||
    !maySeeHosts ||
    (await api.get('/api/fleet/hosts?limit=1', page(Host))).items.length > 0;
  return { path, found, hasHost, isFirst: cursor === null };
}

export default function ClustersPage({
  loaderData: { path, found, hasHost, isFirst },
}: Route.ComponentProps) {
  const t = useText();
  const mayCreate = useMay('fleet.cluster.create');
  const { value } = useLive(path, found, newsMs);
  const create = mayCreate && hasHost && (
    <Button component={Link} to="/clusters/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t(text.create)}
    </Button>
  );
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} actions={value.items.length > 0 && create} />
      <Panel flush>
        <DataTable
          caption={t(text.listCaption)}
          columns={useColumns()}
          rows={value.items}
          rowKey={(row) => row.id}
          rowHref={(row) => `/clusters/${row.name}`}
          initialSort={{ key: 'name', descending: false }}
          empty={<NoCluster hasHost={hasHost} create={create} />}
        />
      </Panel>
      {(value.nextCursor !== null || !isFirst) && (
        <nav className={styles.pages} aria-label={t(text.pages)}>
          {!isFirst && <Link to="/clusters">{t(text.firstPage)}</Link>}
          {value.nextCursor !== null && (
            <Link to={`/clusters?cursor=${encodeURIComponent(value.nextCursor)}`}>{t(text.nextPage)}</Link>
          )}
        </nav>
      )}
    </>
  );
}

function NoCluster({ hasHost, create }: { hasHost: boolean; create: React.ReactNode }) {
  const t = useText();
  const mayAddHost = useMay('fleet.host.create');
  return (
    <EmptyState
      icon={IconDatabase}
      title={t(text.none)}
      action={
        hasHost ? (
          <>
            {create}
            {create && <TakeBack />}
          </>
        ) : (
          mayAddHost && (
            <Button component={Link} to="/hosts" leftSection={<IconPlus size={18} aria-hidden />}>
              {t(text.addHostFirst)}
            </Button>
          )
        )
      }
    >
      {t(hasHost ? text.noneHint : text.noneNoHost)}
    </EmptyState>
  );
}

/** For an Elepherd that was set up anew: its hosts know their clusters. */
function TakeBack() {
  const t = useText();
  const navigate = useNavigate();
  const { send, problem, busy } = useCommand();
  const go = async () => {
    const begun = await send<{ operationId: string }>('post', '/api/fleet/take-back');
    if (begun) await navigate(`/operations/${begun.operationId}`);
  };
  return (
    <>
      <Button variant="default" loading={busy} onClick={() => void go()}>
        {t(passportText.title)}
      </Button>
      <ProblemNotice problem={problem} />
      <p>{t(passportText.lead)}</p>
    </>
  );
}

function useColumns(): Column<Cluster>[] {
  const t = useText();
  return [
    { key: 'name', title: text.columnName, main: true, cell: (row) => row.name, sortBy: (row) => row.name },
    {
      key: 'health',
      title: text.columnHealth,
      cell: (row) => <HealthBadge cluster={row} />,
      sortBy: (row) => row.health,
    },
    {
      key: 'version',
      title: text.columnVersion,
      cell: (row) => <span className="el-number">{`PostgreSQL ${row.pgVersion}`}</span>,
      sortBy: (row) => row.pgVersion,
    },
    {
      key: 'members',
      title: text.columnMembers,
      cell: (row) => <MemberDots cluster={row} />,
      sortBy: (row) => serversOf(row).length,
    },
    {
      key: 'protection',
      title: text.columnProtection,
      cell: (row) => (serversOf(row).length > 1 ? t(protectionWords[row.protection].title) : t(text.single)),
      sortBy: (row) => row.protection,
    },
    {
      key: 'primary',
      title: text.columnPrimary,
      cell: (row) => primaryOf(row)?.hostName ?? '—',
      sortBy: (row) => primaryOf(row)?.hostName ?? null,
    },
    {
      key: 'lag',
      title: text.columnLag,
      align: 'end',
      cell: (row) => <Lag bytes={worstLag(row)} />,
      sortBy: (row) => worstLag(row),
    },
  ];
}

/** A mark for each member, in the shapes of the topology picture, and the count in words. */
function MemberDots({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const servers = serversOf(cluster);
  const witness = cluster.members.length > servers.length;
  return (
    <span className={styles.members}>
      <span className={styles.dots} aria-hidden>
        {cluster.members.map((member) => (
          <i
            key={member.id}
            data-kind={member.kind}
            data-role={member.role ?? 'none'}
            data-offline={!member.hostOnline || undefined}
          />
        ))}
      </span>
      {t(text.memberCount(servers.length, witness))}
    </span>
  );
}

function Lag({ bytes }: { bytes: number | null }) {
  const t = useText();
  const format = useFormat();
  if (bytes === null) return '—';
  return <span className="el-number">{bytes === 0 ? t(text.lagNone) : format.bytes(bytes)}</span>;
}
