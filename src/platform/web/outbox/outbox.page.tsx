import { Link } from 'react-router';
import { Mail } from '#src/platform/contract/mail.ts';
import { mailText as text } from '#src/platform/contract/mail.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '../contexts.ts';
import { titled, useText } from '../i18n.tsx';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconMail } from '../ui/icons.ts';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { TimeAgo } from '../ui/time-ago.tsx';
import type { Route } from './+types/outbox.page.ts';
import { MailBadge } from './mail-state.tsx';
import styles from './outbox.module.css';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = new URLSearchParams({ limit: '50', ...(cursor === null ? {} : { cursor }) });
  const found = await context.get(apiContext).get(`/api/platform/mails?${query}`, page(Mail));
  return { ...found, isFirst: cursor === null };
}

const columns: Column<Mail>[] = [
  {
    key: 'subject',
    title: text.columnSubject,
    main: true,
    cell: (row) => row.subject,
    sortBy: (row) => row.subject,
  },
  { key: 'to', title: text.columnTo, cell: (row) => row.to, sortBy: (row) => row.to },
  {
    key: 'state',
    title: text.columnState,
    cell: (row) => <MailBadge state={row.state} />,
    sortBy: (row) => row.state,
  },
  {
    key: 'written',
    title: text.columnWritten,
    cell: (row) => <TimeAgo at={row.createdAt} />,
    sortBy: (row) => row.createdAt,
  },
];

export default function OutboxPage({ loaderData: { items, nextCursor, isFirst } }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} />
      <Panel flush>
        <DataTable
          caption={t(text.listCaption)}
          columns={columns}
          rows={items}
          rowKey={(row) => row.id}
          rowHref={(row) => `/outbox/${row.id}`}
          empty={
            <EmptyState icon={IconMail} title={t(text.none)}>
              {t(text.noneHint)}
            </EmptyState>
          }
        />
      </Panel>
      {(nextCursor !== null || !isFirst) && (
        <nav className={styles.pages}>
          {!isFirst && <Link to="/outbox">{t(text.newest)}</Link>}
          {nextCursor !== null && (
            <Link to={`/outbox?cursor=${encodeURIComponent(nextCursor)}`}>{t(text.older)}</Link>
          )}
        </nav>
      )}
    </>
  );
}
