import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { SettingRow } from '#src/fleet/contract/clusters.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { asWritten, type Draft } from './setting-value.ts';
import styles from './settings.module.css';
import { useCommand } from './use-command.ts';

type Props = {
  opened: boolean;
  close: () => void;
  cluster: string;
  settings: SettingRow[];
  draft: Draft;
  several: boolean;
  done: () => void;
};

/** What would change, line by line, and what it takes, before anything is sent. */
export function SettingsReview({ opened, close, ...rest }: Props) {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(text.reviewTitle)}
      size="lg"
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      <Review {...rest} close={close} />
    </Modal>
  );
}

function Review({ cluster, settings, draft, several, close, done }: Omit<Props, 'opened'>) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [restart, setRestart] = useState('later');
  const rows = settings.filter((row) => draft[row.name] !== undefined);
  const needRestart = rows.filter((row) => row.context === 'postmaster');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { settings: draft, restart: needRestart.length > 0 && restart === 'now' };
        void command('patch', `/api/fleet/clusters/${cluster}/settings`, body, done);
      }}
    >
      <ProblemNotice problem={problem} />
      <ul className={styles.diff} aria-label={t(text.reviewTitle)}>
        {rows.map((row) => (
          <li key={row.name}>
            <strong>
              <code>{row.name}</code>
              {row.context === 'postmaster' && (
                <span className={styles.restartMark}>{t(text.restartNeeded)}</span>
              )}
            </strong>
            <del>
              <span className="el-hidden">{t(text.before)} </span>
              <code>{row.value === '' ? t(text.valueEmpty) : asWritten(row, row.value)}</code>
            </del>
            <ins>
              <span className="el-hidden">{t(text.after)} </span>
              <code>{draft[row.name] ?? t(text.givenBack)}</code>
            </ins>
          </li>
        ))}
      </ul>
      {needRestart.length > 0 ? (
        <Radio.Group mt="lg" value={restart} onChange={setRestart} label={t(text.restartWhen)}>
          <Stack gap="sm" mt="xs">
            <Radio value="later" label={t(text.restartLater)} description={t(text.restartLaterSays)} />
            <Radio
              value="now"
              label={t(text.restartAtOnce)}
              description={t(several ? text.restartAtOnceSays : text.restartAtOnceAlone)}
            />
          </Stack>
        </Radio.Group>
      ) : (
        <p className={styles.calm}>{t(text.noRestartNeeded)}</p>
      )}
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
