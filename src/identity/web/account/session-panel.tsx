import { Button, Stack, Text } from '@mantine/core';
import { accountPageText as text } from '#src/identity/contract/account-page.text.ts';
import type { Session } from '#src/identity/contract/accounts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { browserOf } from './browser-of.ts';
import { usePanel } from './use-panel.ts';

/** Browsers that are signed in, each to be ended. */
export function SessionPanel({ sessions }: { sessions: Session[] }) {
  const t = useText();
  const { Form, problem } = usePanel();
  const columns: Column<Session>[] = [
    {
      key: 'browser',
      title: text.browser,
      main: true,
      cell: (one) => browserOf(one.userAgent) ?? t(text.unknownBrowser),
    },
    { key: 'ip', title: text.address, cell: (one) => one.ip ?? '' },
    { key: 'since', title: text.since, cell: (one) => <TimeAgo at={one.createdAt} /> },
    {
      key: 'end',
      title: text.actions,
      align: 'end',
      cell: (one) =>
        one.isCurrent ? (
          <StatusBadge tone="good" text={text.thisBrowser} />
        ) : (
          <Form method="post">
            <input type="hidden" name="intent" value="end-session" />
            <input type="hidden" name="id" value={one.id} />
            <Button type="submit" size="compact-sm" variant="light" color="red">
              {t(text.end)}
            </Button>
          </Form>
        ),
    },
  ];
  return (
    <Panel
      title={t(text.sessions)}
      actions={
        sessions.length > 1 && (
          <Form method="post">
            <input type="hidden" name="intent" value="end-others" />
            <Button type="submit" size="compact-sm" variant="default">
              {t(text.endOthers)}
            </Button>
          </Form>
        )
      }
    >
      <Stack>
        <Text c="dimmed">{t(text.sessionsLead)}</Text>
        <ProblemNotice problem={problem} />
        <DataTable
          caption={t(text.sessions)}
          columns={columns}
          rows={sessions}
          rowKey={(one) => one.id}
          empty={null}
        />
      </Stack>
    </Panel>
  );
}
