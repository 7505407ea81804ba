import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { hostPageText as text } from '#src/fleet/contract/host-pages.text.ts';
import type { Host } from '#src/fleet/contract/hosts.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useCommand } from '../clusters/use-command.ts';

export type HostAction = 'edit' | 'revoke' | 'remove';

type Props = { host: Host; action: HostAction | null; close: () => void; done: () => void };

/** The questions before something is done to a host. */
export function HostDialogs(props: Props) {
  const { host, action, close, done } = props;
  const t = useText();
  const navigate = useNavigate();
  const { send, problem: refused, busy } = useCommand();
  // A question asked again does not begin with the refusal of the last one.
  const [forgotten, setForgotten] = useState(refused);
  const problem = refused === forgotten ? null : refused;
  const leave = () => {
    setForgotten(refused);
    close();
  };
  const revoke = async () => {
    if ((await send('post', `/api/fleet/hosts/${host.id}/revoke`)) === null) return;
    leave();
    done();
  };
  const remove = async () => {
    if ((await send('delete', `/api/fleet/hosts/${host.id}`)) === null) return;
    void navigate('/hosts');
  };
  return (
    <>
      <Modal
        opened={action === 'edit'}
        onClose={leave}
        title={t(text.editTitle)}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <EditForm {...props} />
      </Modal>
      <ConfirmTyped
        opened={action === 'revoke'}
        close={leave}
        name={host.name}
        title={t(text.revokeTitle(host.name))}
        confirmLabel={t(text.revoke)}
        confirm={() => void revoke()}
        busy={busy}
      >
        <ProblemNotice problem={problem} />
        <p>{t(text.revokeMeans)}</p>
      </ConfirmTyped>
      <ConfirmTyped
        opened={action === 'remove'}
        close={leave}
        name={host.name}
        title={t(text.removeTitle(host.name))}
        confirmLabel={t(text.remove)}
        confirm={() => void remove()}
        busy={busy}
      >
        <ProblemNotice problem={problem} />
        <p>{t(text.removeMeans)}</p>
      </ConfirmTyped>
    </>
  );
}

function EditForm({ host, close, done }: Props) {
  const t = useText();
  const { send, problem, busy } = useCommand();
  const [name, setName] = useState(host.name);
  const [address, setAddress] = useState(host.address);
  const [domain, setDomain] = useState(host.failureDomain ?? '');
  const save = async () => {
    const change = {
      name: name.trim(),
      address: address.trim(),
      failureDomain: domain.trim() === '' ? null : domain.trim(),
    };
    if ((await send('patch', `/api/fleet/hosts/${host.id}`, change)) === null) return;
    close();
    done();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <ProblemNotice problem={problem} />
      <Stack gap="md">
        <TextInput
          label={t(text.editName)}
          data-autofocus
          required
          maxLength={40}
          spellCheck={false}
          value={name}
          error={fieldProblem(problem, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t(text.editAddress)}
          description={t(text.editAddressHint)}
          required
          maxLength={253}
          spellCheck={false}
          value={address}
          error={fieldProblem(problem, 'address')}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          label={t(text.editDomain)}
          description={t(text.editDomainHint)}
          maxLength={60}
          value={domain}
          error={fieldProblem(problem, 'failureDomain')}
          onChange={(event) => setDomain(event.currentTarget.value)}
        />
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {t(shellText.cancel)}
        </Button>
        <Button type="submit" loading={busy}>
          {t(text.save)}
        </Button>
      </Group>
    </form>
  );
}
