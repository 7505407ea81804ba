import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { accountPageText as text } from '#src/identity/contract/account-page.text.ts';
import type { Account } from '#src/identity/contract/accounts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { usePanel } from './use-panel.ts';

/** Sets or changes the password. */
export function PasswordPanel({ account }: { account: Account }) {
  const t = useText();
  const { Form, busy, problem, done } = usePanel();
  return (
    <Panel title={t(text.password)}>
      <ProblemNotice problem={problem} />
      <Form method="post" key={done ? 'done' : 'open'}>
        <input type="hidden" name="intent" value="password" />
        <input type="hidden" name="username" autoComplete="username" value={account.email} readOnly />
        <Stack maw={460}>
          {account.hasPassword && (
            <PasswordInput
              name="currentPassword"
              label={t(text.currentPassword)}
              autoComplete="current-password"
              maxLength={200}
              required
            />
          )}
          <PasswordInput
            name="newPassword"
            label={t(text.newPassword)}
            description={t(text.passwordHint)}
            autoComplete="new-password"
            minLength={12}
            maxLength={200}
            required
            error={fieldProblem(problem, 'newPassword')}
          />
          <Group>
            <Button type="submit" loading={busy}>
              {t(account.hasPassword ? text.changePassword : text.setPassword)}
            </Button>
            <Text role="status" c="dimmed">
              {done ? t(text.saved) : ''}
            </Text>
          </Group>
        </Stack>
      </Form>
    </Panel>
  );
}
