import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { sandboxPageText as text } from '#src/fleet/contract/sandbox-pages.text.ts';
import { emptyTemplate, Sandbox, SandboxOffer } from '#src/fleet/contract/sandboxes.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconFlask, IconPlus } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { useLive } from '../clusters/use-live.ts';
import type { Route } from './+types/sandboxes.page.ts';
import { NewSandboxDialog } from './new-sandbox-dialog.tsx';
import { SandboxBadge, TimeLeft, titleOf } from './sandbox-words.tsx';
import styles from './sandboxes.module.css';

const newsMs = 4000;

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = new URLSearchParams({ limit: '100', ...(cursor === null ? {} : { cursor }) });
  const path = `/api/fleet/sandboxes?${query}`;
  const [found, offer] = await Promise.all([
    api.get(path, page(Sandbox)),
    api.get('/api/fleet/sandboxes/offer', SandboxOffer),
  ]);
  return { path, found, offer, isFirst: cursor === null };
}

export default function SandboxesPage({ loaderData }: Route.ComponentProps) {
  const { path, found, offer, isFirst } = loaderData;
  const t = useText();
  const navigate = useNavigate();
  const mayMake = useMay('fleet.sandbox.create');
  const [asking, setAsking] = useState(false);
  const { value } = useLive(path, found, newsMs);
  const add = mayMake && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAsking(true)}>
      {t(text.add)}
    </Button>
  );
  const { quota } = offer;
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} actions={value.items.length > 0 && add} />
      <Panel
        flush
        {...(value.items.length > 0 && { title: t(text.quota(quota.used.sandboxes, quota.sandboxes)) })}
      >
        <DataTable
          caption={t(text.listCaption)}
          columns={useColumns()}
          rows={value.items}
          rowKey={(row) => row.id}
          rowHref={(row) => `/sandboxes/${row.id}`}
          empty={
            <EmptyState icon={IconFlask} title={t(text.none)} action={add}>
              {t(text.noneHint)}
            </EmptyState>
          }
        />
      </Panel>
      {(value.nextCursor !== null || !isFirst) && (
        <nav className={styles.pages} aria-label={t(text.pages)}>
          {!isFirst && <Link to="/sandboxes">{t(text.firstPage)}</Link>}
          {value.nextCursor !== null && (
            <Link to={`/sandboxes?cursor=${encodeURIComponent(value.nextCursor)}`}>{t(text.nextPage)}</Link>
          )}
        </nav>
      )}
      <NewSandboxDialog
        opened={asking}
        close={() => setAsking(false)}
        offer={offer}
        made={({ id }) => void navigate(`/sandboxes/${id}`)}
      />
    </>
  );
}

function useColumns(): Column<Sandbox>[] {
  const t = useText();
  return [
    {
      key: 'purpose',
      title: text.columnPurpose,
      main: true,
      cell: (row) => (
        <span className={styles.name}>
          <strong>{t(titleOf(row))}</strong>
          <small>{row.host.name}</small>
        </span>
      ),
      sortBy: (row) => t(titleOf(row)),
    },
    {
      key: 'state',
      title: text.columnState,
      cell: (row) => <SandboxBadge state={row.state} />,
      sortBy: (row) => row.state,
    },
    {
      key: 'version',
      title: text.columnVersion,
      cell: (row) =>
        row.template === emptyTemplate
          ? row.pgVersion
          : t(text.versionAndTemplate(row.pgVersion, row.template)),
      sortBy: (row) => row.pgVersion,
    },
    {
      key: 'address',
      title: text.columnAddress,
      cell: (row) => (
        <span className="el-number">{row.address === null ? '—' : `${row.address}:${row.port}`}</span>
      ),
    },
    {
      key: 'by',
      title: text.columnBy,
      cell: (row) => row.madeBy,
      sortBy: (row) => row.madeBy,
    },
    {
      key: 'left',
      title: text.columnLeft,
      align: 'end',
      cell: (row) => <TimeLeft sandbox={row} className={styles.left} />,
      sortBy: (row) => row.expiresAt,
    },
  ];
}
