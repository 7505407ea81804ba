import { z } from 'zod';
import { operationsText as text } from '#src/platform/contract/operations.text.ts';
import { Operation, OperationLogLine } from '#src/platform/contract/operations.ts';
import { apiContext } from '../contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '../i18n.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Route } from './+types/operation.page.ts';
import { OperationProgress } from './operation-progress.tsx';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), args.loaderData?.operation.title[localeOf(args)] ?? text.title[localeOf(args)]);

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const path = `/api/platform/operations/${encodeURIComponent(params.id)}`;
  const [operation, lines] = await Promise.all([
    api.get(path, Operation),
    api.get(`${path}/log`, z.array(OperationLogLine)),
  ]);
  return { operation, lines };
}

export default function OperationPage({ loaderData: { operation, lines } }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const lead = [
    `${t(text.startedAt)} ${format.dateTime(operation.createdAt)}`,
    `${t(text.startedBy)} ${operation.startedBy ?? t(text.bySystem)}`,
  ].join(' · ');
  return (
    <>
      <PageHeader
        title={t(operation.title)}
        back={{ to: '/operations', label: t(text.title) }}
        lead={<span suppressHydrationWarning>{lead}</span>}
      />
      <OperationProgress key={operation.id} operation={operation} lines={lines} />
    </>
  );
}
