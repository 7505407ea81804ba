import { Button } from '@mantine/core';
import { useState } from 'react';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { RepositoryKey } from '#src/fleet/contract/backups.ts';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { CopyButton } from '#src/platform/web/ui/copy-button.tsx';
import { IconKey } from '#src/platform/web/ui/icons.ts';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './backups.module.css';

/** Says what asking means, asks, and shows the passphrase until the window closes. */
export function KeyForm({
  path,
  close,
  done,
}: {
  /** Where the passphrase is asked for. */
  path: string;
  close: () => void;
  done: () => void;
}) {
  const t = useText();
  const { send, problem, busy } = useCommand();
  const [key, setKey] = useState<RepositoryKey | null>(null);
  if (key) {
    return (
      <>
        <p style={{ marginTop: 0 }}>{t(text.keyWhy)}</p>
        <div className={styles.secret}>
          <code>{key.passphrase}</code>
          <CopyButton value={key.passphrase} />
        </div>
        <p className={styles.dim}>
          {t(text.keyFingerprint)} <code>{key.keyFingerprint}</code>
        </p>
        <Button
          fullWidth
          onClick={() => {
            close();
            done();
          }}
        >
          {t(text.keyKeptIt)}
        </Button>
      </>
    );
  }
  return (
    <>
      <ProblemNotice problem={problem} />
      <p style={{ marginTop: 0 }}>{t(text.keyAsk)}</p>
      <Button
        fullWidth
        loading={busy}
        leftSection={<IconKey size={17} aria-hidden />}
        onClick={() => void send<RepositoryKey>('post', path).then((answer) => setKey(answer))}
      >
        {t(text.showKey)}
      </Button>
      <Button fullWidth mt="xs" variant="subtle" onClick={close}>
        {t(shellText.cancel)}
      </Button>
    </>
  );
}
