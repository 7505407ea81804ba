import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { hostPageText as text } from '#src/fleet/contract/host-pages.text.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconPlus, IconServer } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { useLive } from '../clusters/use-live.ts';
import type { Route } from './+types/hosts.page.ts';
import { foundOn, HostBadge } from './host-words.tsx';
import styles from './hosts.module.css';

const newsMs = 4000;

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = new URLSearchParams({ limit: '100', ...(cursor === null ? {} : { cursor }) });
  const path = `/api/fleet/hosts?${query}`;
  return { path, found: await context.get(apiContext).get(path, page(Host)), isFirst: cursor === null };
}

export default function HostsPage({ loaderData: { path, found, isFirst } }: Route.ComponentProps) {
  const t = useText();
  const mayAdd = useMay('fleet.host.create');
  const { value } = useLive(path, found, newsMs);
  const add = mayAdd && (
    <Button component={Link} to="/hosts/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t(text.add)}
    </Button>
  );
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} actions={value.items.length > 0 && add} />
      <Panel flush>
        <DataTable
          caption={t(text.listCaption)}
          columns={useColumns()}
          rows={value.items}
          rowKey={(row) => row.id}
          rowHref={(row) => `/hosts/${row.id}`}
          initialSort={{ key: 'name', descending: false }}
          empty={
            <EmptyState icon={IconServer} title={t(text.none)} action={add}>
              {t(text.noneHint)}
            </EmptyState>
          }
        />
      </Panel>
      {(value.nextCursor !== null || !isFirst) && (
        <nav className={styles.pages} aria-label={t(text.pages)}>
          {!isFirst && <Link to="/hosts">{t(text.firstPage)}</Link>}
          {value.nextCursor !== null && (
            <Link to={`/hosts?cursor=${encodeURIComponent(value.nextCursor)}`}>{t(text.nextPage)}</Link>
          )}
        </nav>
      )}
    </>
  );
}

function useColumns(): Column<Host>[] {
  const t = useText();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: text.columnName,
      main: true,
      cell: (row) => (
        <span className={styles.name}>
          <strong>{row.name}</strong>
          <small>{row.address}</small>
        </span>
      ),
      sortBy: (row) => row.name,
    },
    {
      key: 'state',
      title: text.columnState,
      cell: (row) => <HostBadge host={row} />,
      sortBy: (row) => (row.online ? 1 : 0),
    },
    {
      key: 'system',
      title: text.columnSystem,
      cell: (row) => row.facts?.os.name ?? '—',
      sortBy: (row) => row.facts?.os.name ?? null,
    },
    {
      key: 'size',
      title: text.columnSize,
      cell: (row) =>
        row.facts ? (
          <span className="el-number">
            {t(text.size(row.facts.cpu.cores, format.bytes(row.facts.memoryBytes)))}
          </span>
        ) : (
          '—'
        ),
      sortBy: (row) => row.facts?.memoryBytes ?? null,
    },
    {
      key: 'domain',
      title: text.columnDomain,
      cell: (row) => row.failureDomain ?? <span className={styles.dim}>{t(text.domainUnknown)}</span>,
      sortBy: (row) => row.failureDomain,
    },
    {
      key: 'servers',
      title: text.columnServers,
      cell: (row) => t(text.serverCount(row.servers.length, foundOn(row).length)),
      sortBy: (row) => row.servers.length + foundOn(row).length,
    },
    {
      key: 'seen',
      title: text.columnSeen,
      cell: (row) => (row.lastSeenAt === null ? '—' : <TimeAgo at={row.lastSeenAt} />),
      sortBy: (row) => row.lastSeenAt,
    },
  ];
}
