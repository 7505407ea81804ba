import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '../i18n.tsx';

type Props = {
  opened: boolean;
  close: () => void;
  /** What must be typed: the name of the thing that goes. */
  name: string;
  title: string;
  /** What will happen, what stays, and until when it can be undone. */
  children: ReactNode;
  confirmLabel: string;
  confirm: () => void;
  busy?: boolean;
};

/** Asks for the name of a thing before something is done to it that cannot be taken back lightly. */
export function ConfirmTyped(props: Props) {
  const t = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      title={props.title}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      <TypedForm {...props} />
    </Modal>
  );
}

// Apart, so that closing the window forgets what was typed.
function TypedForm({ name, children, confirmLabel, confirm, close, busy }: Props) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (matches && !busy) confirm();
      }}
    >
      {children}
      <TextInput
        mt="md"
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        label={t(shellText.typeToConfirm(name))}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {t(shellText.cancel)}
        </Button>
        <Button type="submit" color="red" disabled={!matches} loading={busy ?? false}>
          {confirmLabel}
        </Button>
      </Group>
    </form>
  );
}
