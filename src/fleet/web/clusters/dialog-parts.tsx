import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import type { useCommand } from './use-command.ts';

/** What each form of a dialog is given. */
export type Shared = Pick<ReturnType<typeof useCommand>, 'problem' | 'busy'> & { close: () => void };

/** The way out, and the way on. */
export function Buttons({
  busy,
  close,
  word,
  danger,
  disabled,
}: Omit<Shared, 'problem'> & { word: Text; danger?: boolean; disabled?: boolean }) {
  const t = useText();
  return (
    <Group justify="flex-end" mt="lg">
      <Button variant="default" onClick={close}>
        {t(shellText.cancel)}
      </Button>
      <Button type="submit" loading={busy} disabled={disabled ?? false} {...(danger && { color: 'red' })}>
        {t(word)}
      </Button>
    </Group>
  );
}

/** A form that goes on by Enter as well. */
export function Form({ go, children }: { go: () => void; children: ReactNode }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      {children}
    </form>
  );
}
