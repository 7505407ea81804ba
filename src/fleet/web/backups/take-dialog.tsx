import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Started } from '#src/fleet/contract/clusters.ts';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Restore } from '#src/fleet/contract/restores.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { Buttons, Form } from '#src/fleet/web/clusters/dialog-parts.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './backups.module.css';
import { paths } from './paths.ts';

const nameShape = /^[A-Za-z_][\w-]{0,62}$/;
const tableShape = /^[A-Za-z_][\w-]{0,62}(\.[A-Za-z_][\w-]{0,62})?$/;

/** Asks which database, or which table of it, comes out of a scratch server, and into which new database of the cluster. */
export function TakeDialog({ restore, close }: { restore: Restore | null; close: () => void }) {
  const t = useText();
  return (
    <Modal
      opened={restore !== null}
      onClose={close}
      title={t(restoreText.takeTitle)}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {restore && <TakeForm id={restore.id} close={close} />}
    </Modal>
  );
}

function TakeForm({ id, close }: { id: string; close: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const { send, problem, busy } = useCommand();
  const [tried, setTried] = useState(false);
  const [what, setWhat] = useState<'database' | 'table'>('table');
  const [form, setForm] = useState({ database: '', table: '', into: '' });
  const into = form.into.trim() || `${form.database.trim()}_restored`.slice(0, 63);
  const wrong = {
    database: !nameShape.test(form.database.trim()),
    table: what === 'table' && !tableShape.test(form.table.trim()),
    into: form.into.trim() !== '' && !nameShape.test(form.into.trim()),
  };
  const go = async () => {
    setTried(true);
    if (Object.values(wrong).some(Boolean)) return;
    const begun = await send<Started>('post', paths.takeFromRestore(id), {
      database: form.database.trim(),
      ...(what === 'table' && { table: form.table.trim() }),
      into,
    });
    if (begun) await navigate(`/operations/${begun.operationId}`);
  };
  const input = (name: keyof typeof form) => ({
    value: form[name],
    autoComplete: 'off',
    spellCheck: false,
    error:
      fieldProblem(problem, name) ??
      (tried && wrong[name] ? t(form[name].trim() === '' ? text.required : text.takeNameWrong) : undefined),
    onChange: (event: { currentTarget: { value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  });
  return (
    <Form go={() => void go()}>
      <div className={styles.form}>
        <ProblemNotice problem={problem} />
        <p style={{ margin: 0 }}>{t(text.takeSays)}</p>
        <SegmentedControl
          fullWidth
          aria-label={t(text.takeWhat)}
          value={what}
          onChange={(value) => setWhat(value as typeof what)}
          data={[
            { value: 'table', label: t(text.takeTable) },
            { value: 'database', label: t(text.takeDatabase) },
          ]}
        />
        <TextInput {...input('database')} label={t(text.takeFrom)} required data-autofocus />
        {what === 'table' && (
          <TextInput
            {...input('table')}
            label={t(text.takeTableName)}
            description={t(text.takeTableHint)}
            required
          />
        )}
        <TextInput
          {...input('into')}
          label={t(text.takeInto)}
          description={t(text.takeIntoHint)}
          placeholder={form.database.trim() === '' ? '' : into}
        />
      </div>
      <Buttons busy={busy} close={close} word={text.takeNow} />
    </Form>
  );
}
