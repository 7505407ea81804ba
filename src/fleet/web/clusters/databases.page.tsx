import { Button } from '@mantine/core';
import { useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { Contents } from '#src/fleet/contract/clusters.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import type { Route } from './+types/databases.page.ts';
import { useCluster } from './cluster.layout.tsx';
import { type ContentsAction, ContentsDialogs } from './contents-dialogs.tsx';
import { DatabaseList, ExtensionList, RoleList } from './contents-lists.tsx';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), text.databasesTitle(args.params.name)[localeOf(args)]);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const database = new URL(request.url).searchParams.get('database') ?? 'app';
  const path = `/api/fleet/clusters/${encodeURIComponent(params.name)}/contents?database=${encodeURIComponent(database)}`;
  try {
    return { database, contents: await context.get(apiContext).get(path, Contents), problem: null };
  } catch (error) {
    // While the primary is away the rest of the cluster's pages stay in reach.
    const problem: Problem | null = problemOf(error);
    if (problem && [409, 503].includes(problem.status)) return { database, contents: null, problem };
    throw error;
  }
}

export default function DatabasesPage({ loaderData: { database, contents, problem } }: Route.ComponentProps) {
  const t = useText();
  const { cluster, refresh } = useCluster();
  const [action, setAction] = useState<ContentsAction | null>(null);
  if (!contents) {
    return (
      <Panel>
        <ProblemNotice problem={problem} />
        <Button variant="default" onClick={refresh}>
          {t(text.tryAgain)}
        </Button>
      </Panel>
    );
  }
  return (
    <>
      <DatabaseList contents={contents} act={setAction} />
      <RoleList contents={contents} act={setAction} />
      <ExtensionList contents={contents} database={database} act={setAction} />
      <ContentsDialogs
        cluster={cluster.id}
        contents={contents}
        database={database}
        action={action}
        close={() => setAction(null)}
        done={refresh}
      />
    </>
  );
}
