import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { accountPageText as text } from '#src/identity/contract/account-page.text.ts';
import type { Account } from '#src/identity/contract/accounts.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { usePanel } from './use-panel.ts';

/** Name, language and time zone. */
export function ProfilePanel({ account }: { account: Account }) {
  const t = useText();
  const { Form, busy, problem, done } = usePanel();
  return (
    <Panel title={t(text.profile)}>
      <ProblemNotice problem={problem} />
      <Form method="post">
        <input type="hidden" name="intent" value="profile" />
        <Stack maw={460}>
          <TextInput
            name="name"
            label={t(text.name)}
            defaultValue={account.name}
            maxLength={200}
            required
            autoComplete="name"
            error={fieldProblem(problem, 'name')}
          />
          <TextInput label={t(text.email)} value={account.email} readOnly variant="filled" />
          <NativeSelect
            name="locale"
            label={t(text.language)}
            defaultValue={account.locale ?? ''}
            data={[
              { value: '', label: t(text.asBrowser) },
              { value: 'zh-CN', label: t(shellText.chinese) },
              { value: 'en', label: t(shellText.english) },
            ]}
          />
          <TextInput
            name="timeZone"
            label={t(text.timeZone)}
            description={t(text.timeZoneHint)}
            defaultValue={account.timeZone ?? ''}
            maxLength={64}
            error={fieldProblem(problem, 'timeZone')}
          />
          <Group>
            <Button type="submit" loading={busy}>
              {t(text.save)}
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
