import { Button, Group, TextInput } from '@mantine/core';
import { organisationPageText as text } from '#src/identity/contract/organisation-page.text.ts';
import type { Organisation } from '#src/identity/contract/organisations.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { usePanel } from './use-panel.ts';

/** The organisation's name. */
export function NamePanel({ organisation }: { organisation: Organisation }) {
  const t = useText();
  const mayRename = useMay('identity.organisation.update');
  const { Form, busy, problem } = usePanel();
  return (
    <Panel>
      <ProblemNotice problem={problem} />
      <Form method="post">
        <input type="hidden" name="intent" value="rename" />
        <Group align="flex-end">
          <TextInput
            name="name"
            label={t(text.name)}
            defaultValue={organisation.name}
            maxLength={100}
            required
            readOnly={!mayRename}
            w={320}
            error={fieldProblem(problem, 'name')}
          />
          {mayRename && (
            <Button type="submit" variant="default" loading={busy}>
              {t(text.rename)}
            </Button>
          )}
        </Group>
      </Form>
    </Panel>
  );
}
