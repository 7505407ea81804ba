import { SegmentedControl } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { Alert, AlertOverview, severities } from '#src/fleet/contract/alerts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconCircleCheck } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { useLive } from '../clusters/use-live.ts';
import type { Route } from './+types/alerts.page.ts';
import { AlertTabs, SeverityBadge, StateBadge, whereOf } from './alert-words.tsx';
import styles from './alerts.module.css';

const newsMs = 5000;

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const state = searchParams.get('state') === 'resolved' ? ('resolved' as const) : ('open' as const);
  const query = new URLSearchParams({ limit: '100', state, ...(cursor === null ? {} : { cursor }) });
  const path = `/api/fleet/alerts?${query}`;
  const [found, overview] = await Promise.all([
    api.get(path, page(Alert)),
    api.get('/api/fleet/alerts/overview', AlertOverview),
  ]);
  return { path, found, overview, state, isFirst: cursor === null };
}

export default function AlertsPage({ loaderData }: Route.ComponentProps) {
  const { path, found, overview, state, isFirst } = loaderData;
  const t = useText();
  const navigate = useNavigate();
  const { value } = useLive(path, found, newsMs);
  const { value: now } = useLive('/api/fleet/alerts/overview', overview, newsMs);
  const address = (cursor: string | null) =>
    `/alerts?${new URLSearchParams({ state, ...(cursor === null ? {} : { cursor }) })}`;
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} />
      <AlertTabs />
      {!now.engineAlive && (
        <p className={styles.notice} data-tone="bad" role="status">
          {t(text.engineDead)}
        </p>
      )}
      <Panel
        flush
        title={t(state === 'open' ? text.filterOpen : text.filterResolved)}
        actions={
          <SegmentedControl
            aria-label={t(text.filter)}
            value={state}
            onChange={(wished) => void navigate(`/alerts?state=${wished}`)}
            data={[
              { value: 'open', label: t(text.filterOpen) },
              { value: 'resolved', label: t(text.filterResolved) },
            ]}
          />
        }
      >
        <DataTable
          caption={t(text.listCaption)}
          columns={columns}
          rows={value.items}
          rowKey={(row) => row.id}
          rowHref={(row) => `/alerts/${row.id}`}
          empty={
            <EmptyState icon={IconCircleCheck} title={t(state === 'open' ? text.noneOpen : text.noneOver)}>
              {state === 'open' && t(text.noneOpenHint)}
            </EmptyState>
          }
        />
      </Panel>
      {(value.nextCursor !== null || !isFirst) && (
        <nav className={styles.pages} aria-label={t(text.pages)}>
          {!isFirst && <Link to={address(null)}>{t(text.firstPage)}</Link>}
          {value.nextCursor !== null && <Link to={address(value.nextCursor)}>{t(text.nextPage)}</Link>}
        </nav>
      )}
    </>
  );
}

function Summary({ alert }: { alert: Alert }) {
  const t = useText();
  return (
    <span className={styles.name}>
      <strong>{t(alert.title)}</strong>
      <small>{t(alert.summary)}</small>
    </span>
  );
}

const columns: Column<Alert>[] = [
  {
    key: 'alert',
    title: text.columnAlert,
    main: true,
    cell: (row) => <Summary alert={row} />,
    sortBy: (row) => row.rule,
  },
  {
    key: 'severity',
    title: text.columnSeverity,
    cell: (row) => <SeverityBadge severity={row.severity} />,
    sortBy: (row) => severities.indexOf(row.severity),
  },
  {
    key: 'state',
    title: text.columnState,
    cell: (row) => <StateBadge alert={row} />,
    sortBy: (row) => row.state,
  },
  { key: 'place', title: text.columnPlace, cell: whereOf, sortBy: whereOf },
  {
    key: 'since',
    title: text.columnSince,
    align: 'end',
    cell: (row) => <TimeAgo at={row.startedAt} />,
    sortBy: (row) => row.startedAt,
  },
];
