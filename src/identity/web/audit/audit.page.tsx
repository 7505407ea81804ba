import { Alert, Button, Code, Group, Text, TextInput } from '@mantine/core';
import { Form, Link, useFetcher } from 'react-router';
import { auditPageText as text } from '#src/identity/contract/audit-page.text.ts';
import { AuditEntry, AuditVerification } from '#src/platform/contract/audit.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, displayContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconClipboardText } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import type { Route } from './+types/audit.page.ts';
import { dayStart } from './day-start.ts';

export const meta = titled(text.title);

const filters = ['actor', 'action', 'subject', 'from', 'to'] as const;

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams;
  const { timeZone } = context.get(displayContext);
  const query = new URLSearchParams({ limit: '50' });
  for (const name of ['actor', 'action', 'subject', 'cursor']) {
    const value = asked.get(name)?.trim();
    if (value) query.set(name, value);
  }
  // A person means whole days of their own zone, both ends included.
  const from = dayStart(asked.get('from'), timeZone, 0);
  const to = dayStart(asked.get('to'), timeZone, 1);
  if (from !== null) query.set('from', from);
  if (to !== null) query.set('to', to);
  const found = await context.get(apiContext).get(`/api/platform/audit?${query}`, page(AuditEntry));
  const set = Object.fromEntries(filters.map((name) => [name, asked.get(name) ?? '']));
  return { ...found, set, isFirst: !asked.has('cursor') };
}

/** Verifies the chain of hashes over the whole log. */
export async function action({ context }: Route.ActionArgs) {
  return context.get(apiContext).get('/api/platform/audit/verification', AuditVerification);
}

const kinds = {
  user: text.user,
  key: text.apiKey,
  agent: text.agent,
  system: text.system,
  anonymous: text.anonymous,
};

export default function AuditPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { items, nextCursor, isFirst, set } = loaderData;
  const columns: Column<AuditEntry>[] = [
    { key: 'at', title: text.when, cell: (one) => <time dateTime={one.at}>{format.dateTime(one.at)}</time> },
    {
      key: 'who',
      title: text.who,
      cell: (one) => (
        <>
          {one.actorName}
          <Text size="sm" c="dimmed">
            {[t(kinds[one.actorKind]), one.ip].filter(Boolean).join(' · ')}
          </Text>
        </>
      ),
    },
    { key: 'action', title: text.action, main: true, cell: (one) => <Code>{one.action}</Code> },
    { key: 'subject', title: text.subject, cell: (one) => one.subjectId && <Code>{one.subjectId}</Code> },
    {
      key: 'details',
      title: text.details,
      cell: (one) => Object.keys(one.details).length > 0 && <Code>{JSON.stringify(one.details)}</Code>,
    },
  ];
  const older = new URLSearchParams(Object.entries(set).filter(([, value]) => value !== ''));
  const newest = older.toString();
  if (nextCursor !== null) older.set('cursor', nextCursor);
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} actions={<Verify />} />
      <Panel>
        <Form method="get" key={newest}>
          <Group align="flex-end">
            <TextInput
              name="actor"
              label={t(text.who)}
              placeholder={t(text.whoHint)}
              defaultValue={set['actor']}
              maxLength={200}
            />
            <TextInput
              name="action"
              label={t(text.action)}
              placeholder="fleet.cluster"
              defaultValue={set['action']}
              maxLength={120}
              pattern="[a-z.\-]*"
            />
            <TextInput
              name="subject"
              label={t(text.subject)}
              placeholder={t(text.subjectHint)}
              defaultValue={set['subject']}
              maxLength={200}
            />
            <TextInput name="from" type="date" label={t(text.from)} defaultValue={set['from']} />
            <TextInput name="to" type="date" label={t(text.to)} defaultValue={set['to']} />
            <Button type="submit">{t(text.filter)}</Button>
            <Button variant="default" component={Link} to="/audit">
              {t(text.clear)}
            </Button>
          </Group>
        </Form>
      </Panel>
      <Panel flush>
        <DataTable
          caption={t(text.title)}
          columns={columns}
          rows={items}
          rowKey={(one) => String(one.id)}
          empty={<EmptyState icon={IconClipboardText} title={t(text.nothing)} />}
        />
      </Panel>
      <Group component="nav" mt="md">
        {!isFirst && <Link to={`/audit?${newest}`}>{t(text.newest)}</Link>}
        {nextCursor !== null && <Link to={`/audit?${older}`}>{t(text.older)}</Link>}
      </Group>
    </>
  );
}

function Verify() {
  const t = useText();
  const format = useFormat();
  const fetcher = useFetcher<typeof action>();
  const said = fetcher.data;
  return (
    <Group>
      {said && (
        <Alert role="status" color={said.brokenAt === null ? 'green' : 'red'} variant="light" py="xs">
          {said.brokenAt === null
            ? t(text.whole(format.number(said.rows)))
            : t(text.broken(String(said.brokenAt)))}
        </Alert>
      )}
      <fetcher.Form method="post">
        <Button type="submit" variant="default" loading={fetcher.state !== 'idle'}>
          {t(text.verify)}
        </Button>
      </fetcher.Form>
    </Group>
  );
}
