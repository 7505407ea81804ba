import { Button, Modal, Radio, Select, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { BackupPlan, BackupType } from '#src/fleet/contract/backups.ts';
import type { RestoreWindow } from '#src/fleet/contract/restores.ts';
import { Buttons, Form } from '#src/fleet/web/clusters/dialog-parts.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { IconClipboardText, IconRefresh } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useNow } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { Figures, StandingBadge, Wrongs } from './protection-card.tsx';
import { type DrillSeen, protectionOf } from './protection.ts';
import { typeWords } from './schedule.ts';

type Props = {
  plan: BackupPlan;
  window: RestoreWindow | null;
  drills: readonly DrillSeen[] | null;
  change: () => void;
  /** Reads everything again, after a command. */
  done: () => void;
};

type Question = 'run' | 'disable' | null;

/** How one cluster is protected: the figures, what is wrong, the repositories, and what can be done. */
export function PlanCard({ plan, window, drills, change, done }: Props) {
  const t = useText();
  const locale = useLocale();
  const cardHint = useId();
  const now = useNow(30_000);
  const maySeeCard = useMay('fleet.restore.read');
  const mayRun = useMay('fleet.backup.run');
  const mayManage = useMay('fleet.backup.manage');
  const mayAsk = useMay('fleet.backup.read');
  const { command, problem, busy } = useCommand();
  const [question, setQuestion] = useState<Question>(null);
  const { standing, wrongs, lossSeconds } = protectionOf({ plan, window, drills }, now);
  const isOn = plan.state === 'on';
  const close = () => setQuestion(null);
  return (
    <Panel
      title={t(text.planTitle)}
      actions={
        <>
          {isOn && mayRun && (
            <Button size="xs" onClick={() => setQuestion('run')}>
              {t(text.runNow)}
            </Button>
          )}
          {mayManage && (isOn || plan.state === 'off') && (
            <Button size="xs" variant="default" onClick={change}>
              {t(isOn ? text.changePlan : text.protect)}
            </Button>
          )}
          {isOn && mayManage && (
            <Button size="xs" variant="default" onClick={() => setQuestion('disable')}>
              {t(text.disable)}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.planParts}>
        <ProblemNotice problem={problem} />
        <div className={styles.planFoot}>
          <StandingBadge standing={standing} />
          <span>
            {t(text.planPolicy)} <strong>{plan.policy.name}</strong>
          </span>
          <ArchiveWords plan={plan} />
        </div>
        {plan.state === 'off' ? (
          <p className={styles.bare}>{t(text.stoppedWords)}</p>
        ) : (
          <Figures plan={plan} known={{ plan, window, drills }} lossSeconds={lossSeconds} />
        )}
        {wrongs.length > 0 && <Wrongs wrongs={wrongs} />}
        <Repositories plan={plan} />
        <div className={styles.planTools}>
          {mayAsk && plan.state !== 'enabling' && (
            <Button
              size="xs"
              variant="subtle"
              loading={busy}
              leftSection={<IconRefresh size={15} aria-hidden />}
              onClick={() => void command('post', paths.look(plan.clusterId), undefined, done)}
            >
              {t(text.lookAgain)}
            </Button>
          )}
          {maySeeCard && (
            <>
              <Button
                component="a"
                size="xs"
                variant="default"
                target="_blank"
                rel="noopener"
                href={paths.recoveryCard(plan.clusterName, locale)}
                leftSection={<IconClipboardText size={15} aria-hidden />}
                aria-describedby={cardHint}
              >
                {t(text.recoveryCard)}
              </Button>
              <span className={styles.dim} id={cardHint}>
                {t(text.recoveryCardHint)}
              </span>
            </>
          )}
        </div>
      </div>
      <Modal
        opened={question === 'run'}
        onClose={close}
        title={t(text.runTitle)}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <RunForm plan={plan} close={close} done={done} />
      </Modal>
      <Modal
        opened={question === 'disable'}
        onClose={close}
        title={t(text.disableTitle)}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <DisableForm plan={plan} close={close} done={done} />
      </Modal>
    </Panel>
  );
}

function ArchiveWords({ plan: { archive } }: { plan: BackupPlan }) {
  const t = useText();
  const format = useFormat();
  const words =
    archive.failing !== null
      ? text.archiveFails
      : archive.seenAt === null
        ? text.archiveUnseen
        : (archive.waitingFiles ?? 0) > 0
          ? text.archiveBehind(archive.waitingFiles ?? 0, format.duration(archive.lagSeconds ?? 0))
          : text.archiveWell;
  return (
    <span suppressHydrationWarning>
      {t(text.planArchive)} <strong>{t(words)}</strong>
    </span>
  );
}

function Repositories({ plan }: { plan: BackupPlan }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <ul className={styles.repositories} aria-label={t(text.tabRepositories)}>
      {plan.repositories.map((one) => (
        <li key={one.id} data-bad={one.problem !== null || undefined}>
          <span>
            <strong>{one.name}</strong>{' '}
            <span className={styles.dim}>{t(text.repositoryPosition(one.position))}</span>
          </span>
          <code>{one.address}</code>
          <span>{t(text.repositorySum(one.backups, format.bytes(one.repositoryBytes)))}</span>
          <span className={styles.dim} suppressHydrationWarning>
            {one.seenAt === null ? t(text.neverSeen) : t(text.seen(format.ago(one.seenAt, now)))}
          </span>
        </li>
      ))}
    </ul>
  );
}

type FormProps = { plan: BackupPlan; close: () => void; done: () => void };

const typeHints = { full: text.fullWords, diff: text.diffWords, incr: text.incrWords };

function RunForm({ plan, close, done }: FormProps) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const hasFull = plan.repositories.some(({ lastFullAt }) => lastFullAt !== null);
  const [type, setType] = useState<BackupType>(hasFull ? 'incr' : 'full');
  const [repository, setRepository] = useState('');
  const body = { type, ...(repository !== '' && { repository }) };
  return (
    <Form
      go={() =>
        void command('post', paths.backups(plan.clusterId), body, () => {
          close();
          done();
        })
      }
    >
      <ProblemNotice problem={problem} />
      <p style={{ marginTop: 0 }}>{t(text.runSays)}</p>
      <Radio.Group label={t(text.runType)} value={type} onChange={(value) => setType(value as BackupType)}>
        <Stack gap="xs" mt="xs">
          {(['full', 'diff', 'incr'] as const).map((one) => (
            <Radio
              key={one}
              value={one}
              disabled={one !== 'full' && !hasFull}
              label={t(typeWords[one])}
              description={t(typeHints[one])}
            />
          ))}
        </Stack>
      </Radio.Group>
      {plan.repositories.length > 1 && (
        <Select
          mt="md"
          label={t(text.runWhere)}
          data={[
            { value: '', label: t(text.runAll) },
            ...plan.repositories.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={repository}
          allowDeselect={false}
          onChange={(value) => setRepository(value ?? '')}
        />
      )}
      <Buttons busy={busy} close={close} word={text.runNow} />
    </Form>
  );
}

function DisableForm({ plan, close, done }: FormProps) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  return (
    <Form
      go={() =>
        void command('post', paths.disable(plan.clusterId), undefined, () => {
          close();
          done();
        })
      }
    >
      <ProblemNotice problem={problem} />
      <p style={{ marginTop: 0 }}>{t(text.disableSays)}</p>
      <Buttons busy={busy} close={close} danger word={text.disableNow} />
    </Form>
  );
}
