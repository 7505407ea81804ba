import { Link, redirect, useRouteLoaderData } from 'react-router';
import { Operation } from '#src/platform/contract/operations.ts';
import { page } from '#src/platform/contract/pages.ts';
import { shellText as text } from '#src/platform/contract/shell.text.ts';
import type { loader as consoleLoader } from '#src/console.tsx';
import { apiContext, pathsContext, viewerContext } from '../contexts.ts';
import { titled, useText } from '../i18n.tsx';
import { OperationTable } from '../operations/operation-table.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { useViewer } from '../viewer.ts';
import type { Route } from './+types/overview.page.ts';
import styles from './overview.module.css';
import { StartHere } from './start-here.tsx';

export const meta = titled(text.navOverview);

export async function loader({ context }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  // Who belongs to no organisation has nothing here: their home is the community.
  if (viewer.user && !viewer.org && context.get(pathsContext).has('/community')) throw redirect('/community');
  const may = viewer.permissions.includes('platform.operation.read');
  if (!may) return { operations: null };
  const { items } = await context.get(apiContext).get('/api/platform/operations?limit=6', page(Operation));
  return { operations: items };
}

export default function OverviewPage({ loaderData: { operations } }: Route.ComponentProps) {
  const t = useText();
  const { user } = useViewer();
  const visible = useRouteLoaderData<typeof consoleLoader>('console')?.visible ?? [];
  return (
    <>
      <PageHeader
        title={user ? t(text.welcome(user.name)) : t(text.navOverview)}
        lead={t(text.overviewLead)}
      />
      <StartHere visible={visible} />
      {operations && (
        <Panel
          title={t(text.recentOperations)}
          flush
          actions={
            <Link to="/operations" className={styles.more}>
              {t(text.allOperations)}
            </Link>
          }
        >
          <OperationTable operations={operations} />
        </Panel>
      )}
    </>
  );
}
