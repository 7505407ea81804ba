import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { z } from 'zod';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { AlertRule, Silence } from '#src/fleet/contract/alerts.ts';
import { Cluster } from '#src/fleet/contract/clusters.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconBellOff, IconPlus } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { Buttons, Form } from '../clusters/dialog-parts.tsx';
import { useCommand } from '../clusters/use-command.ts';
import type { Route } from './+types/silences.page.ts';
import { AlertTabs } from './alert-words.tsx';
import styles from './alerts.module.css';

const lengths = [30, 60, 120, 240, 480, 1440, 3 * 1440, 7 * 1440];
const usualLength = 120;
const monday = 1;

export const meta = titled(text.tabSilences);

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [silences, rules, clusters, hosts] = await Promise.all([
    api.get('/api/fleet/silences', z.array(Silence)),
    api.get('/api/fleet/alert-rules', z.array(AlertRule)),
    api.get('/api/fleet/clusters?limit=200', page(Cluster)),
    api.get('/api/fleet/hosts?limit=200', page(Host)),
  ]);
  return {
    silences,
    rules: rules.map(({ rule, title }) => ({ rule, title })),
    clusters: clusters.items.map(({ id, name }) => ({ id, name })),
    hosts: hosts.items.map(({ id, name }) => ({ id, name })),
  };
}

export default function SilencesPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const maySilence = useMay('fleet.alert.silence');
  const { command, problem, busy } = useCommand();
  const [asking, setAsking] = useState(false);
  const end = (id: string) =>
    void command('delete', `/api/fleet/silences/${id}`, undefined, () => void revalidate());
  const columns = useColumns(loaderData.rules, maySilence ? end : undefined, busy);
  const add = maySilence && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAsking(true)}>
      {t(text.addSilence)}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t(text.tabSilences)}
        lead={t(text.silencesLead)}
        actions={loaderData.silences.length > 0 && add}
      />
      <AlertTabs />
      {!asking && <ProblemNotice problem={problem} />}
      <Panel flush>
        <DataTable
          caption={t(text.silencesCaption)}
          columns={columns}
          rows={loaderData.silences}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={IconBellOff} title={t(text.noSilence)} action={add}>
              {t(text.noSilenceHint)}
            </EmptyState>
          }
        />
      </Panel>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t(text.addSilence)}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <SilenceForm
          choices={loaderData}
          close={() => setAsking(false)}
          done={() => {
            setAsking(false);
            void revalidate();
          }}
        />
      </Modal>
    </>
  );
}

type Choices = Route.ComponentProps['loaderData'];

function useColumns(
  rules: Choices['rules'],
  end: ((id: string) => void) | undefined,
  busy: boolean,
): Column<Silence>[] {
  const t = useText();
  const format = useFormat();
  const days = useDays();
  const covers = (row: Silence) =>
    [rules.find(({ rule }) => rule === row.rule)?.title, row.cluster?.name, row.host?.name]
      .filter((part) => part != null)
      .map((part) => (typeof part === 'string' ? part : t(part)))
      .join(' · ') || t(text.everything);
  const isOver = (row: Silence) => row.endsAt !== null && !row.active && Date.parse(row.endsAt) <= Date.now();
  return [
    {
      key: 'reason',
      title: text.columnReason,
      main: true,
      cell: (row) => (
        <span className={styles.name}>
          <strong>{row.reason}</strong>
          <small>{row.createdBy}</small>
        </span>
      ),
    },
    {
      key: 'state',
      title: text.columnState,
      cell: (row) => (
        <StatusBadge
          tone={row.active ? 'busy' : 'idle'}
          text={row.active ? text.holdsNow : isOver(row) ? text.over : text.waits}
        />
      ),
    },
    { key: 'covers', title: text.columnCovers, cell: covers },
    {
      key: 'time',
      title: text.columnTime,
      cell: (row) => (
        <span className={styles.name}>
          {row.repeats && (
            <span>
              {t(
                text.days(
                  row.repeats.weekdays.map((day) => days[day]).join(' '),
                  row.repeats.from,
                  format.duration(row.repeats.minutes * 60),
                  row.repeats.timeZone,
                ),
              )}
            </span>
          )}
          {row.endsAt !== null && <span>{t(text.until(format.dateTime(row.endsAt)))}</span>}
        </span>
      ),
    },
    ...(end
      ? [
          {
            key: 'end',
            title: text.columnActions,
            align: 'end' as const,
            cell: (row: Silence) =>
              !isOver(row) && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  disabled={busy}
                  aria-label={`${t(text.endNow)}: ${row.reason}`}
                  onClick={() => end(row.id)}
                >
                  {t(text.endNow)}
                </Button>
              ),
          },
        ]
      : []),
  ];
}

/** The names of the days, Sunday first. */
function useDays(): string[] {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(2026, 10, 1 + day))));
}

function SilenceForm({ choices, close, done }: { choices: Choices; close: () => void; done: () => void }) {
  const t = useText();
  const format = useFormat();
  const days = useDays();
  const { command, problem, busy } = useCommand();
  const [reason, setReason] = useState('');
  const [rule, setRule] = useState('');
  const [clusterId, setClusterId] = useState('');
  const [hostId, setHostId] = useState('');
  const [minutes, setMinutes] = useState(String(usualLength));
  const [again, setAgain] = useState(false);
  const [weekdays, setWeekdays] = useState<string[]>([String(monday)]);
  const [from, setFrom] = useState('22:00');
  const [timeZone, setTimeZone] = useState(format.timeZone);
  const repeats = {
    weekdays: weekdays.map(Number),
    from,
    minutes: Math.min(1440, Number(minutes)),
    timeZone,
  };
  const wish = {
    reason,
    ...(rule !== '' && { rule }),
    ...(clusterId !== '' && { clusterId }),
    ...(hostId !== '' && { hostId }),
    ...(again ? { repeats } : { minutes: Number(minutes) }),
  };
  const all = { value: '', label: t(text.all) };
  return (
    <Form go={() => void command('post', '/api/fleet/silences', wish, done)}>
      <ProblemNotice problem={problem} />
      <Stack gap="md">
        <TextInput
          label={t(text.reason)}
          placeholder={t(text.reasonExample)}
          required
          maxLength={500}
          value={reason}
          error={fieldProblem(problem, 'reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <NativeSelect
          label={t(text.coversRule)}
          value={rule}
          onChange={(event) => setRule(event.currentTarget.value)}
          data={[all, ...choices.rules.map((one) => ({ value: one.rule, label: t(one.title) }))]}
        />
        <NativeSelect
          label={t(text.coversCluster)}
          value={clusterId}
          onChange={(event) => setClusterId(event.currentTarget.value)}
          data={[all, ...choices.clusters.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <NativeSelect
          label={t(text.coversHost)}
          value={hostId}
          onChange={(event) => setHostId(event.currentTarget.value)}
          data={[all, ...choices.hosts.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <NativeSelect
          label={t(text.howLong)}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
          data={lengths
            .filter((one) => !again || one <= 1440)
            .map((one) => ({ value: String(one), label: format.duration(one * 60) }))}
        />
        <Switch
          label={t(text.comesAgain)}
          checked={again}
          onChange={(event) => setAgain(event.currentTarget.checked)}
        />
        {again && (
          <>
            <Checkbox.Group label={t(text.weekdays)} value={weekdays} onChange={setWeekdays}>
              <Group mt="xs" gap="md">
                {days.map((day, index) => (
                  <Checkbox key={day} value={String(index)} label={day} />
                ))}
              </Group>
            </Checkbox.Group>
            <TextInput
              label={t(text.fromTime)}
              type="time"
              required
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              label={t(text.timeZone)}
              required
              value={timeZone}
              error={fieldProblem(problem, 'repeats.timeZone')}
              onChange={(event) => setTimeZone(event.currentTarget.value)}
            />
          </>
        )}
      </Stack>
      <Buttons busy={busy} close={close} word={text.add} disabled={reason.trim() === ''} />
    </Form>
  );
}
