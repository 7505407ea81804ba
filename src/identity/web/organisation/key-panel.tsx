import { Alert, Button, Code, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { organisationPageText as text } from '#src/identity/contract/organisation-page.text.ts';
import type { ApiKey } from '#src/identity/contract/organisations.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { CodeBlock } from '#src/platform/web/ui/code-block.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconKey } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { usePanel } from './use-panel.ts';

const presets = [
  { value: '*.read', label: text.readAll },
  { value: 'fleet.* platform.operation.*', label: text.fleetAll },
  { value: '*', label: text.all },
];

function stateOf(key: ApiKey) {
  if (key.revokedAt !== null) return { tone: 'bad', text: text.revoked } as const;
  if (key.expiresAt !== null && key.expiresAt < new Date().toISOString())
    return { tone: 'idle', text: text.expired } as const;
  return { tone: 'good', text: text.active } as const;
}

/** Keys for programs: made, shown once, revoked. */
export function KeyPanel({ keys }: { keys: ApiKey[] }) {
  const t = useText();
  const format = useFormat();
  const mayCreate = useMay('identity.key.create');
  const mayRevoke = useMay('identity.key.revoke');
  const making = usePanel();
  const revoking = usePanel();
  const columns: Column<ApiKey>[] = [
    {
      key: 'name',
      title: text.name,
      main: true,
      cell: (one) => (
        <>
          {one.name} <Code>{one.prefix}…</Code>
        </>
      ),
    },
    { key: 'scopes', title: text.scopes, cell: (one) => <Code>{one.scopes.join(' ')}</Code> },
    { key: 'by', title: text.createdBy, cell: (one) => one.createdBy },
    {
      key: 'used',
      title: text.lastUsed,
      cell: (one) => (one.lastUsedAt === null ? t(text.never) : <TimeAgo at={one.lastUsedAt} />),
    },
    {
      key: 'until',
      title: text.until,
      cell: (one) => (one.expiresAt === null ? t(text.noEnd) : format.date(one.expiresAt)),
    },
    { key: 'state', title: text.state, cell: (one) => <StatusBadge {...stateOf(one)} /> },
    {
      key: 'revoke',
      title: text.actions,
      align: 'end',
      cell: (one) =>
        mayRevoke &&
        one.revokedAt === null && (
          <revoking.Form method="post">
            <input type="hidden" name="intent" value="revoke-key" />
            <input type="hidden" name="id" value={one.id} />
            <Button type="submit" size="compact-sm" variant="light" color="red">
              {t(text.revokeKey)}
            </Button>
          </revoking.Form>
        ),
    },
  ];
  return (
    <Panel title={t(text.keys)}>
      <Stack>
        <Text c="dimmed">{t(text.keysLead)}</Text>
        <ProblemNotice problem={making.problem ?? revoking.problem} />
        {making.token !== null && (
          <Alert color="green" variant="light" role="status" title={t(text.keyShownOnce)}>
            <CodeBlock code={making.token} label={t(text.key)} />
          </Alert>
        )}
        <DataTable
          caption={t(text.keys)}
          columns={columns}
          rows={keys}
          rowKey={(one) => one.id}
          empty={<EmptyState icon={IconKey} title={t(text.noKeys)} />}
        />
        {mayCreate && <NewKeyForm making={making} />}
      </Stack>
    </Panel>
  );
}

function NewKeyForm({ making }: { making: ReturnType<typeof usePanel> }) {
  const t = useText();
  const [scopes, setScopes] = useState('*.read');
  return (
    <making.Form method="post">
      <input type="hidden" name="intent" value="create-key" />
      <Group align="flex-start">
        <TextInput
          name="name"
          label={t(text.name)}
          maxLength={100}
          required
          w={200}
          error={fieldProblem(making.problem, 'name')}
        />
        <NativeSelect
          label={t(text.scopePreset)}
          value={presets.some(({ value }) => value === scopes) ? scopes : ''}
          onChange={(event) => event.currentTarget.value && setScopes(event.currentTarget.value)}
          data={[
            { value: '', label: '…' },
            ...presets.map(({ value, label }) => ({ value, label: t(label) })),
          ]}
        />
        <TextInput
          name="scopes"
          label={t(text.scopes)}
          description={t(text.scopesHint)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={scopes}
          onChange={(event) => setScopes(event.currentTarget.value)}
          maxLength={4000}
          required
          w={360}
          error={making.problem?.fields?.find(({ path }) => path.startsWith('scopes'))?.message}
        />
        <NativeSelect
          name="daysValid"
          label={t(text.daysValid)}
          defaultValue="90"
          data={[
            ...[30, 90, 365].map((days) => ({ value: String(days), label: t(text.days(days)) })),
            { value: '', label: t(text.noEnd) },
          ]}
        />
      </Group>
      <Button type="submit" mt="md" loading={making.busy}>
        {t(text.createKey)}
      </Button>
    </making.Form>
  );
}
