import { Modal, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { backupPageText } from '#src/fleet/contract/backup-pages.text.ts';
import { logicalBackupText as text } from '#src/fleet/contract/logical-backups.text.ts';
import { Buttons, Form } from '#src/fleet/web/clusters/dialog-parts.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { isName } from '#src/fleet/web/clusters/wish.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { cronWords } from './schedule.ts';

type Props = {
  opened: boolean;
  hosts: readonly { id: string; name: string }[];
  close: () => void;
  done: () => void;
};

/** Asks for the address of a database that Elepherd does not control, and where and when its dumps go. */
export function ExternalDialog({ opened, hosts, close, done }: Props) {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t(text.add)}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {opened && <ExternalForm hosts={hosts} close={close} done={done} />}
    </Modal>
  );
}

const cronShape = /^[\d*,/-]+( [\d*,/-]+){4}$/;

function ExternalForm({ hosts, close, done }: Omit<Props, 'opened'>) {
  const t = useText();
  const format = useFormat();
  const { command, problem, busy } = useCommand();
  const [tried, setTried] = useState(false);
  const [form, setForm] = useState({
    name: '',
    dsn: '',
    hostId: hosts[0]?.id ?? '',
    folder: '/mnt/backup/dumps',
    databases: '',
    schedule: '30 1 * * *',
  });
  const [zone, setZone] = useState(format.timeZone);
  const [keep, setKeep] = useState(14);
  const isCron = cronShape.test(form.schedule.trim());
  const missing = {
    name: !isName(form.name),
    dsn: !/^postgres(ql)?:\/\/\S+$/.test(form.dsn.trim()),
    schedule: !isCron,
  };
  const go = () => {
    setTried(true);
    if (Object.values(missing).some(Boolean)) return;
    const body = {
      ...form,
      dsn: form.dsn.trim(),
      schedule: form.schedule.trim(),
      timeZone: zone,
      keep,
      databases: form.databases
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    };
    void command('post', paths.externals, body, () => {
      close();
      done();
    });
  };
  const input = (name: 'name' | 'dsn' | 'folder' | 'databases' | 'schedule') => ({
    label: t(text[name]),
    value: form[name],
    autoComplete: 'off',
    spellCheck: false,
    error:
      fieldProblem(problem, name) ??
      (tried && name in missing && missing[name as keyof typeof missing]
        ? t(name === 'name' ? backupPageText.nameWrong : backupPageText.required)
        : undefined),
    onChange: (event: { currentTarget: { value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  });
  return (
    <Form go={go}>
      <div className={styles.form}>
        <ProblemNotice problem={problem} />
        <TextInput {...input('name')} data-autofocus required description={t(backupPageText.nameHint)} />
        <PasswordInput {...input('dsn')} required description={t(text.dsnHint)} />
        <TextInput {...input('databases')} description={t(text.databasesHint)} />
        <div className={styles.pair}>
          <Select
            label={t(text.host)}
            data={hosts.map(({ id, name }) => ({ value: id, label: name }))}
            value={form.hostId}
            allowDeselect={false}
            onChange={(value) => setForm({ ...form, hostId: value ?? '' })}
          />
          <TextInput {...input('folder')} required />
        </div>
        <div className={styles.pair}>
          <TextInput
            {...input('schedule')}
            description={isCron ? t(cronWords(form.schedule)).trim() : t(backupPageText.cronHint)}
          />
          <Select
            label={t(text.timeZone)}
            data={[...new Set([zone, format.timeZone, 'Asia/Shanghai', 'UTC'])]}
            value={zone}
            allowDeselect={false}
            onChange={(value) => setZone(value ?? 'UTC')}
          />
        </div>
        <NumberInput
          label={t(text.keep)}
          value={keep}
          min={1}
          max={1000}
          allowDecimal={false}
          onChange={(next) => setKeep(Math.min(1000, Math.max(1, Number(next) || 1)))}
        />
      </div>
      <Buttons busy={busy} close={close} word={text.add} />
    </Form>
  );
}
