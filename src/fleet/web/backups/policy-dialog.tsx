import { Modal, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { CreatePolicy, Policy } from '#src/fleet/contract/backups.ts';
import { Buttons, Form } from '#src/fleet/web/clusters/dialog-parts.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { isName } from '#src/fleet/web/clusters/wish.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { cronWords } from './schedule.ts';

type Props = { policy: Policy | 'new' | null; close: () => void; done: () => void };

/** Asks when backups are to be taken and how long they stay, for a new policy or one that is there. */
export function PolicyDialog({ policy, close, done }: Props) {
  const t = useText();
  const [last, setLast] = useState(policy);
  if (policy !== null && policy !== last) setLast(policy);
  const shown = policy ?? last;
  return (
    <Modal
      opened={policy !== null}
      onClose={close}
      size="lg"
      title={t(shown === null || shown === 'new' ? text.newPolicy : text.editPolicy(shown.name))}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {shown && <PolicyForm policy={shown === 'new' ? null : shown} close={close} done={done} />}
    </Modal>
  );
}

const cronShape = /^[\d*,/-]+( [\d*,/-]+){4}$/;
const isCron = (value: string) => cronShape.test(value.trim());

function PolicyForm({ policy, close, done }: Omit<Props, 'policy'> & { policy: Policy | null }) {
  const t = useText();
  const format = useFormat();
  const { command, problem, busy } = useCommand();
  const [tried, setTried] = useState(false);
  const [name, setName] = useState(policy?.name ?? '');
  const [crons, setCrons] = useState({
    full: policy?.schedule.full ?? '0 1 * * 0',
    diff: policy ? (policy.schedule.diff ?? '') : '0 1 * * 1-6',
    incr: policy?.schedule.incr ?? '',
  });
  const [zone, setZone] = useState(policy?.schedule.timeZone ?? format.timeZone);
  const [retention, setRetention] = useState(policy?.retention ?? { days: 14, weeks: 4, months: 6 });
  const [timeout, setTimeoutSeconds] = useState(policy?.archiveTimeoutSeconds ?? 60);
  const [processMax, setProcessMax] = useState(policy?.processMax ?? 2);
  const [compression, setCompression] = useState(policy?.compression ?? 'lz4');
  const [gentle, setGentle] = useState(policy?.gentle ?? false);
  const cronFits = {
    full: isCron(crons.full),
    diff: crons.diff.trim() === '' || isCron(crons.diff),
    incr: crons.incr.trim() === '' || isCron(crons.incr),
  };
  const fits = (policy !== null || isName(name)) && cronFits.full && cronFits.diff && cronFits.incr;

  const go = () => {
    setTried(true);
    if (!fits) return;
    const optional = (cron: string) => (cron.trim() === '' ? null : cron.trim());
    const body = {
      schedule: {
        full: crons.full.trim(),
        diff: optional(crons.diff),
        incr: optional(crons.incr),
        timeZone: zone,
      },
      retention,
      processMax,
      compression,
      gentle,
      archiveTimeoutSeconds: timeout,
    } satisfies Omit<CreatePolicy, 'name'>;
    const accepted = () => {
      close();
      done();
    };
    void (policy
      ? command('patch', paths.policy(policy.id), body, accepted)
      : command('post', paths.policies, { name, ...body }, accepted));
  };
  const cron = (type: keyof typeof crons, label: Text) => (
    <TextInput
      label={t(label)}
      description={
        isCron(crons[type])
          ? t(cronWords(crons[type])).trim()
          : t(type === 'full' ? text.cronHint : text.cronOptional)
      }
      value={crons[type]}
      spellCheck={false}
      autoComplete="off"
      error={cronFits[type] ? undefined : t(text.cronWrong)}
      onChange={(event) => setCrons({ ...crons, [type]: event.currentTarget.value })}
    />
  );
  const amount = (label: Text, value: number, least: number, most: number, set: (value: number) => void) => (
    <NumberInput
      label={t(label)}
      value={value}
      min={least}
      max={most}
      allowDecimal={false}
      onChange={(next) => set(Math.min(most, Math.max(least, Number(next) || least)))}
    />
  );
  return (
    <Form go={go}>
      <div className={styles.form}>
        <ProblemNotice problem={problem} />
        {policy ? (
          <p className={styles.hintBox}>{t(text.policyFollows(policy.clusters.length))}</p>
        ) : (
          <TextInput
            data-autofocus
            label={t(text.name)}
            description={t(text.nameHint)}
            value={name}
            autoComplete="off"
            spellCheck={false}
            required
            error={tried && !isName(name) ? t(text.nameWrong) : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <div className={styles.pair}>
          {cron('full', text.fullSchedule)}
          {cron('diff', text.diffSchedule)}
        </div>
        <div className={styles.pair}>
          {cron('incr', text.incrSchedule)}
          <Select
            label={t(text.timeZone)}
            data={[...new Set([zone, format.timeZone, 'Asia/Shanghai', 'UTC'])]}
            value={zone}
            allowDeselect={false}
            onChange={(value) => setZone(value ?? 'UTC')}
          />
        </div>
        <div className={styles.pair}>
          {amount(text.keepDays, retention.days, 1, 3660, (days) => setRetention({ ...retention, days }))}
          {amount(text.keepWeeks, retention.weeks, 0, 520, (weeks) => setRetention({ ...retention, weeks }))}
        </div>
        <div className={styles.pair}>
          {amount(text.keepMonths, retention.months, 0, 120, (months) =>
            setRetention({ ...retention, months }),
          )}
          {amount(text.archiveTimeout, timeout, 5, 86_400, setTimeoutSeconds)}
        </div>
        <p className={styles.hintBox}>{t(text.archiveTimeoutHint)}</p>
        <div className={styles.pair}>
          {amount(text.processMax, processMax, 1, 32, setProcessMax)}
          <Select
            label={t(text.compression)}
            data={[
              { value: 'lz4', label: 'lz4' },
              { value: 'zst', label: 'zstd' },
              { value: 'gz', label: 'gzip' },
              { value: 'none', label: t(text.compressionNone) },
            ]}
            value={compression}
            allowDeselect={false}
            onChange={(value) => setCompression((value ?? 'lz4') as Policy['compression'])}
          />
        </div>
        <Switch
          checked={gentle}
          onChange={(event) => setGentle(event.currentTarget.checked)}
          label={t(text.gentle)}
          description={t(text.gentleHint)}
        />
      </div>
      <Buttons busy={busy} close={close} word={policy ? text.save : text.create} />
    </Form>
  );
}
