import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { organisationPageText as text } from '#src/identity/contract/organisation-page.text.ts';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { Invitation } from '#src/identity/contract/organisations.ts';
import { roles } from '#src/identity/contract/roles.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconMail } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { usePanel } from './use-panel.ts';

/** Invitations that wait, and a form for the next. */
export function InvitationPanel({ invitations }: { invitations: Invitation[] }) {
  const t = useText();
  const format = useFormat();
  const mayInvite = useMay('identity.member.invite');
  const mayGrant = useMay('identity.owner.grant');
  const sending = usePanel();
  const revoking = usePanel();
  const columns: Column<Invitation>[] = [
    { key: 'email', title: text.email, main: true, cell: (one) => one.email },
    { key: 'role', title: text.role, cell: (one) => t(organisationText[one.role]) },
    { key: 'by', title: text.invitedBy, cell: (one) => one.invitedBy ?? '' },
    { key: 'until', title: text.until, cell: (one) => format.date(one.expiresAt) },
    {
      key: 'revoke',
      title: text.actions,
      align: 'end',
      cell: (one) =>
        mayInvite && (
          <revoking.Form method="post">
            <input type="hidden" name="intent" value="revoke-invitation" />
            <input type="hidden" name="id" value={one.id} />
            <Button type="submit" size="compact-sm" variant="light" color="red">
              {t(text.revoke)}
            </Button>
          </revoking.Form>
        ),
    },
  ];
  return (
    <Panel title={t(text.invitations)}>
      <Stack>
        <ProblemNotice problem={sending.problem ?? revoking.problem} />
        <DataTable
          caption={t(text.invitations)}
          columns={columns}
          rows={invitations}
          rowKey={(one) => one.id}
          empty={<EmptyState icon={IconMail} title={t(text.noInvitations)} />}
        />
        {mayInvite && (
          <sending.Form method="post" key={sending.done ? invitations.length : 'open'}>
            <input type="hidden" name="intent" value="invite" />
            <Group align="flex-end">
              <TextInput
                name="email"
                type="email"
                label={t(text.email)}
                maxLength={254}
                required
                w={280}
                error={fieldProblem(sending.problem, 'email')}
              />
              <NativeSelect
                name="role"
                label={t(text.role)}
                defaultValue="viewer"
                data={roles
                  .filter((role) => role !== 'owner' || mayGrant)
                  .map((role) => ({ value: role, label: t(organisationText[role]) }))}
              />
              <Button type="submit" loading={sending.busy}>
                {t(text.invite)}
              </Button>
            </Group>
            <Text role="status" size="sm" c="dimmed" mt="xs">
              {sending.done ? t(text.sent) : t(text.inviteLead)}
            </Text>
          </sending.Form>
        )}
      </Stack>
    </Panel>
  );
}
