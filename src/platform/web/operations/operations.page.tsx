import { useEffect } from 'react';
import { Link, useRevalidator } from 'react-router';
import { operationsText as text } from '#src/platform/contract/operations.text.ts';
import { Operation } from '#src/platform/contract/operations.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '../contexts.ts';
import { titled, useText } from '../i18n.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import type { Route } from './+types/operations.page.ts';
import { isOver } from './operation-feed.ts';
import { OperationTable } from './operation-table.tsx';
import styles from './operations.module.css';

const newsMs = 5000;

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = new URLSearchParams({ limit: '50', ...(cursor === null ? {} : { cursor }) });
  const found = await context.get(apiContext).get(`/api/platform/operations?${query}`, page(Operation));
  return { ...found, isFirst: cursor === null };
}

export default function OperationsPage({ loaderData: { items, nextCursor, isFirst } }: Route.ComponentProps) {
  const t = useText();
  useNewsWhile(items.some((operation) => !isOver(operation)));
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} />
      <Panel flush>
        <OperationTable operations={items} />
      </Panel>
      {(nextCursor !== null || !isFirst) && (
        <nav className={styles.pages}>
          {!isFirst && <Link to="/operations">{t(text.newest)}</Link>}
          {nextCursor !== null && (
            <Link to={`/operations?cursor=${encodeURIComponent(nextCursor)}`}>{t(text.older)}</Link>
          )}
        </nav>
      )}
    </>
  );
}

function useNewsWhile(active: boolean) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (!document.hidden) void revalidate();
    }, newsMs);
    return () => clearInterval(timer);
  }, [active, revalidate]);
}
