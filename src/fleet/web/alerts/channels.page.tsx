import { Button, Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { z } from 'zod';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { AlertChannel, type ChannelTest, type NewAlertChannel } from '#src/fleet/contract/alerts.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { CodeBlock } from '#src/platform/web/ui/code-block.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconMail, IconPlus } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { useCommand } from '../clusters/use-command.ts';
import type { Route } from './+types/channels.page.ts';
import { AlertTabs, kindWords, severityWord } from './alert-words.tsx';
import styles from './alerts.module.css';
import { ChannelForm } from './channel-form.tsx';

const lastWords: Record<'queued' | 'sent' | 'dead', readonly [Tone, Text]> = {
  sent: ['good', text.sent],
  queued: ['busy', text.queued],
  dead: ['bad', text.dead],
};

export const meta = titled(text.tabChannels);

export async function loader({ context }: Route.LoaderArgs) {
  return { channels: await context.get(apiContext).get('/api/fleet/alert-channels', z.array(AlertChannel)) };
}

export default function ChannelsPage({ loaderData: { channels } }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const mayManage = useMay('fleet.alert.manage');
  const { send, command, problem, busy } = useCommand();
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<NewAlertChannel | null>(null);
  const [tested, setTested] = useState<ChannelTest | null>(null);
  const path = (id: string) => `/api/fleet/alert-channels/${id}`;
  const columns = useColumns(
    mayManage
      ? {
          busy,
          async test(id) {
            setTested(null);
            setTested(await send<ChannelTest>('post', `${path(id)}/test`));
            void revalidate();
          },
          enable: (id, enabled) => void command('patch', path(id), { enabled }, () => void revalidate()),
          remove: (id) => void command('delete', path(id), undefined, () => void revalidate()),
        }
      : undefined,
  );
  const add = mayManage && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAsking(true)}>
      {t(text.addChannel)}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t(text.tabChannels)}
        lead={t(text.channelsLead)}
        actions={channels.length > 0 && add}
      />
      <AlertTabs />
      {!asking && <ProblemNotice problem={problem} />}
      {tested && (
        <p className={styles.notice} data-tone={tested.sent ? 'good' : 'bad'} role="status">
          {t(tested.sent ? text.testSent : text.testRefused(tested.error ?? ''))}
        </p>
      )}
      {made?.key != null && (
        <div className={styles.notice} role="status">
          <p>{t(text.theKey)}</p>
          <CodeBlock code={made.key} label={t(text.key)} />
        </div>
      )}
      <Panel flush>
        <DataTable
          caption={t(text.channelsCaption)}
          columns={columns}
          rows={channels}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={IconMail} title={t(text.noChannel)} action={add}>
              {t(text.noChannelHint)}
            </EmptyState>
          }
        />
      </Panel>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t(text.addChannel)}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <ChannelForm
          close={() => setAsking(false)}
          done={(channel) => {
            setAsking(false);
            setMade(channel.kind === 'webhook' ? channel : null);
            void revalidate();
          }}
        />
      </Modal>
    </>
  );
}

type Doings = {
  busy: boolean;
  test: (id: string) => Promise<void>;
  enable: (id: string, enabled: boolean) => void;
  remove: (id: string) => void;
};

function useColumns(doings: Doings | undefined): Column<AlertChannel>[] {
  const t = useText();
  return [
    {
      key: 'name',
      title: text.name,
      main: true,
      cell: (row) => (
        <span className={styles.name}>
          <strong>{row.name}</strong>
          <small>{t(kindWords[row.kind])}</small>
        </span>
      ),
      sortBy: (row) => row.name,
    },
    {
      key: 'to',
      title: text.columnTo,
      cell: (row) => (row.kind === 'mail' ? row.recipients.join(', ') : (row.host ?? '—')),
    },
    {
      key: 'carries',
      title: text.leastSeverity,
      cell: (row) =>
        row.enabled ? t(severityWord(row.severity)) : <StatusBadge tone="idle" text={text.disabled} />,
    },
    {
      key: 'last',
      title: text.columnLast,
      cell: (row) => {
        if (row.last === null) return <span className={styles.dim}>{t(text.never)}</span>;
        const [tone, word] = lastWords[row.last.state];
        return (
          <span className={styles.name}>
            <StatusBadge tone={tone} text={word} />
            {row.last.error !== null && <small>{row.last.error}</small>}
          </span>
        );
      },
    },
    ...(doings
      ? [
          {
            key: 'actions',
            title: text.columnActions,
            align: 'end' as const,
            cell: (row: AlertChannel) => (
              <span className={styles.buttons}>
                <Button
                  variant="default"
                  size="compact-sm"
                  disabled={doings.busy}
                  aria-label={`${t(text.test)}: ${row.name}`}
                  onClick={() => void doings.test(row.id)}
                >
                  {t(text.test)}
                </Button>
                <Switch
                  size="sm"
                  checked={row.enabled}
                  disabled={doings.busy}
                  aria-label={`${t(text.ruleEnabled)}: ${row.name}`}
                  onChange={(event) => doings.enable(row.id, event.currentTarget.checked)}
                />
                <Button
                  variant="subtle"
                  size="compact-sm"
                  disabled={doings.busy}
                  aria-label={`${t(text.remove)}: ${row.name}`}
                  onClick={() => doings.remove(row.id)}
                >
                  {t(text.remove)}
                </Button>
              </span>
            ),
          },
        ]
      : []),
  ];
}
