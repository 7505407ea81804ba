import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useRevalidator } from 'react-router';
import { accountPageText as text } from '#src/identity/contract/account-page.text.ts';
import type { Passkey } from '#src/identity/contract/accounts.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { browserApi, postTrusted } from '#src/platform/web/browser-api.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconKey } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { usePanel } from './use-panel.ts';

/** The passkeys of the account; adding one happens in the browser, so this part needs its script. */
export function PasskeyPanel({ passkeys, address }: { passkeys: Passkey[]; address: string }) {
  const t = useText();
  const removal = usePanel();
  const { name, setName, problem, busy, add } = useNewPasskey();
  const [isHere, setIsHere] = useState(true);
  useEffect(() => setIsHere(location.origin === address), [address]);
  const columns: Column<Passkey>[] = [
    { key: 'name', title: text.passkeyName, main: true, cell: (one) => one.name || t(text.passkeys) },
    { key: 'kind', title: text.passkeys, cell: (one) => t(one.synced ? text.synced : text.oneDevice) },
    { key: 'added', title: text.added, cell: (one) => <TimeAgo at={one.createdAt} /> },
    {
      key: 'remove',
      title: text.actions,
      align: 'end',
      cell: (one) => (
        <removal.Form method="post">
          <input type="hidden" name="intent" value="remove-passkey" />
          <input type="hidden" name="id" value={one.id} />
          <Button type="submit" size="compact-sm" variant="light" color="red">
            {t(text.remove)}
          </Button>
        </removal.Form>
      ),
    },
  ];
  return (
    <Panel title={t(text.passkeys)}>
      <Stack>
        <Text c="dimmed">{t(text.passkeysLead)}</Text>
        <ProblemNotice problem={problem ?? removal.problem} />
        <DataTable
          caption={t(text.passkeys)}
          columns={columns}
          rows={passkeys}
          rowKey={(one) => one.id}
          empty={<EmptyState icon={IconKey} title={t(text.noPasskeys)} />}
        />
        {isHere ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void add();
            }}
          >
            <Group align="flex-end">
              <TextInput
                label={t(text.passkeyName)}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                maxLength={100}
                required
                w={280}
              />
              <Button type="submit" variant="default" loading={busy}>
                {t(text.addPasskey)}
              </Button>
            </Group>
          </form>
        ) : (
          <Text>{t(text.passkeyElsewhere(address))}</Text>
        )}
      </Stack>
    </Panel>
  );
}

function useNewPasskey() {
  const t = useText();
  const { revalidate } = useRevalidator();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const asked = await postTrusted<PublicKeyCredentialCreationOptionsJSON>(
        '/api/identity/passkeys/options',
      );
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked);
      const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
      await browserApi.post('/api/identity/passkeys', { name, response: made.toJSON() });
      setName('');
      await revalidate();
    } catch (error) {
      // The browser's own refusal (a cancelled window, no authenticator) is shown as the API's refusals are.
      const code = 'invalid';
      const stopped = { type: 'about:blank', title: code, status: 422, code };
      setProblem(problemOf(error) ?? { ...stopped, detail: t(text.passkeyStopped) });
    } finally {
      setBusy(false);
    }
  };
  return { name, setName, problem, busy, add };
}
