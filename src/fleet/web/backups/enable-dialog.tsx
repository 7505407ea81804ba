import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { BackupPlan, EnableBackups, Policy, Repository } from '#src/fleet/contract/backups.ts';
import { Buttons, Form } from '#src/fleet/web/clusters/dialog-parts.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IconPlus } from '#src/platform/web/ui/icons.ts';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { PolicyLines } from './policy-lines.tsx';

type Props = {
  /** The question is open while there is one. */
  cluster: { id: string; name: string } | null;
  /** How it is protected so far. */
  plan: BackupPlan | null;
  policies: readonly Policy[];
  repositories: readonly Repository[];
  close: () => void;
  done: () => void;
};

const suggested = 'suggested';
const suggestedName = 'standard';

/** Asks by which policy and into which repositories a cluster is to be backed up. */
export function EnableDialog(props: Props) {
  const { cluster, plan, close } = props;
  const t = useText();
  // The question stays while its window closes.
  const [last, setLast] = useState(cluster);
  if (cluster !== null && cluster !== last) setLast(cluster);
  const shown = cluster ?? last;
  const isOn = plan !== null && plan.state !== 'off';
  return (
    <Modal
      opened={cluster !== null}
      onClose={close}
      size="lg"
      title={shown ? t(isOn ? text.changeTitle(shown.name) : text.enableTitle(shown.name)) : ''}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {shown && <EnableForm {...props} cluster={shown} />}
    </Modal>
  );
}

function EnableForm({
  cluster,
  plan,
  policies,
  repositories,
  close,
  done,
}: Props & { cluster: NonNullable<Props['cluster']> }) {
  const t = useText();
  const { timeZone } = useFormat();
  const { send, problem, busy } = useCommand();
  const [policy, setPolicy] = useState(plan?.policy.id ?? policies[0]?.id ?? suggested);
  const [first, setFirst] = useState(plan?.repositories[0]?.id ?? repositories[0]?.id ?? '');
  const [second, setSecond] = useState(plan?.repositories[1]?.id ?? '');
  if (repositories.length === 0) {
    return (
      <>
        <p>{t(text.needRepository)}</p>
        <Button
          component={Link}
          to="/backups/repositories/new"
          leftSection={<IconPlus size={18} aria-hidden />}
        >
          {t(text.newRepository)}
        </Button>
      </>
    );
  }
  const names = repositories.map((one) => ({ value: one.id, label: `${one.name} · ${one.address}` }));
  const isOn = plan !== null && plan.state !== 'off';
  const go = async () => {
    let named = policy;
    if (policy === suggested) {
      const schedule = { full: '0 1 * * 0', diff: '0 1 * * 1-6', incr: null, timeZone };
      const made = await send<Policy>('post', paths.policies, { name: suggestedName, schedule });
      if (!made) return;
      named = made.id;
      setPolicy(made.id);
    }
    const body: EnableBackups = { policy: named, repositories: [first, ...(second === '' ? [] : [second])] };
    if (await send('post', paths.enable(cluster.id), body)) {
      close();
      done();
    }
  };
  const chosen = policies.find(({ id }) => id === policy);
  return (
    <Form go={() => void go()}>
      <div className={styles.form}>
        <ProblemNotice problem={problem} />
        {!isOn && <p style={{ margin: 0 }}>{t(text.enableSays)}</p>}
        <Select
          label={t(text.firstRepository)}
          data={names}
          value={first}
          allowDeselect={false}
          onChange={(value) => {
            setFirst(value ?? '');
            if (value === second) setSecond('');
          }}
        />
        {repositories.length > 1 && (
          <Select
            label={t(text.secondRepository)}
            description={t(text.secondHint)}
            data={[{ value: '', label: t(text.noSecond) }, ...names.filter(({ value }) => value !== first)]}
            value={second}
            allowDeselect={false}
            onChange={(value) => setSecond(value ?? '')}
          />
        )}
        <Select
          label={t(text.policy)}
          data={[
            ...policies.map((one) => ({ value: one.id, label: one.name })),
            ...(policies.some(({ name }) => name === suggestedName)
              ? []
              : [{ value: suggested, label: t(text.policySuggestedName) }]),
          ]}
          value={policy}
          allowDeselect={false}
          onChange={(value) => setPolicy(value ?? suggested)}
        />
        {chosen ? <PolicyLines policy={chosen} /> : <p className={styles.hintBox}>{t(text.noPolicyHint)}</p>}
      </div>
      <Buttons busy={busy} close={close} word={isOn ? text.save : text.enableNow} disabled={first === ''} />
    </Form>
  );
}
