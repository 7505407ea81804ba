import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { organisationPageText as text } from '#src/identity/contract/organisation-page.text.ts';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { Member } from '#src/identity/contract/organisations.ts';
import { roles } from '#src/identity/contract/roles.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { useMay, useViewer } from '#src/platform/web/viewer.ts';
import { usePanel } from './use-panel.ts';

/** Who belongs to the organisation, and as what. */
export function MemberPanel({ members }: { members: Member[] }) {
  const t = useText();
  const me = useViewer().user?.id;
  const mayChange = useMay('identity.member.update');
  const mayRemove = useMay('identity.member.remove');
  const mayGrant = useMay('identity.owner.grant');
  const { submit, busy, problem } = usePanel();
  const [leaving, setLeaving] = useState<Member | null>(null);
  const columns: Column<Member>[] = [
    {
      key: 'name',
      title: text.member,
      main: true,
      sortBy: (one) => one.name,
      cell: (one) => (
        <>
          {one.name}
          <Text size="sm" c="dimmed" fw={400}>
            {one.email}
          </Text>
        </>
      ),
    },
    {
      key: 'role',
      title: text.role,
      sortBy: (one) => roles.indexOf(one.role),
      cell: (one) =>
        mayChange && (one.role !== 'owner' || mayGrant) ? (
          <NativeSelect
            aria-label={t(text.roleOf(one.name))}
            value={one.role}
            disabled={busy}
            onChange={(event) =>
              submit({ intent: 'change-role', id: one.accountId, role: event.currentTarget.value })
            }
            data={roles
              .filter((role) => role !== 'owner' || mayGrant)
              .map((role) => ({ value: role, label: t(organisationText[role]) }))}
          />
        ) : (
          t(organisationText[one.role])
        ),
    },
    {
      key: 'twoStep',
      title: text.twoStep,
      cell: (one) => (
        <StatusBadge tone={one.secondFactor ? 'good' : 'idle'} text={one.secondFactor ? text.on : text.off} />
      ),
    },
    { key: 'joined', title: text.joined, cell: (one) => <TimeAgo at={one.joinedAt} /> },
    {
      key: 'remove',
      title: text.actions,
      align: 'end',
      cell: (one) =>
        (mayRemove && (one.role !== 'owner' || mayGrant)) || one.accountId === me ? (
          <Button size="compact-sm" variant="light" color="red" onClick={() => setLeaving(one)}>
            {t(one.accountId === me ? text.leave : text.remove)}
          </Button>
        ) : null,
    },
  ];
  return (
    <Panel title={t(text.members)}>
      <ProblemNotice problem={problem} />
      <DataTable
        caption={t(text.members)}
        columns={columns}
        rows={members}
        rowKey={(one) => one.accountId}
        empty={null}
      />
      <Modal
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={leaving && t(text.removeTitle(leaving.name))}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <Stack>
          <Text>{t(text.removeBody)}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setLeaving(null)}>
              {t(shellText.cancel)}
            </Button>
            <Button
              color="red"
              onClick={() => {
                if (leaving) submit({ intent: 'remove-member', id: leaving.accountId });
                setLeaving(null);
              }}
            >
              {t(text.remove)}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Panel>
  );
}
