import { Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { DrillPlan } from '#src/fleet/contract/drills.ts';
import { Buttons, Form } from '#src/fleet/web/clusters/dialog-parts.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './backups.module.css';
import { paths } from './paths.ts';

type Props = {
  cluster: { id: string };
  plan: DrillPlan | null;
  hosts: readonly { id: string; name: string }[];
  question: 'run' | 'plan' | null;
  close: () => void;
  done: () => void;
};

/** The questions before a drill is run, or run regularly. */
export function DrillDialogs(props: Props) {
  const { question, close } = props;
  const t = useText();
  // The last question stays while its window closes.
  const [last, setLast] = useState(question);
  if (question !== null && question !== last) setLast(question);
  return (
    <Modal
      opened={question !== null}
      onClose={close}
      title={t(last === 'plan' ? text.drillPlanTitle : text.drillNow)}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {last === 'plan' ? <PlanForm {...props} /> : <RunForm {...props} />}
    </Modal>
  );
}

function HostField({
  hosts,
  value,
  set,
}: Pick<Props, 'hosts'> & { value: string; set: (id: string) => void }) {
  const t = useText();
  return (
    <Select
      label={t(text.drillHost)}
      data={[
        { value: '', label: t(text.drillHostAny) },
        ...hosts.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value}
      allowDeselect={false}
      onChange={(id) => set(id ?? '')}
    />
  );
}

function RunForm({ cluster, hosts, close, done }: Props) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [host, setHost] = useState('');
  return (
    <Form
      go={() =>
        void command('post', paths.drills(cluster.id), host === '' ? {} : { hostId: host }, () => {
          close();
          done();
        })
      }
    >
      <ProblemNotice problem={problem} />
      <p style={{ marginTop: 0 }}>{t(text.drillNowSays)}</p>
      <HostField hosts={hosts} value={host} set={setHost} />
      <Buttons busy={busy} close={close} word={text.drillNow} />
    </Form>
  );
}

const intervals = [24, 72, 168, 336, 720];

function PlanForm({ cluster, plan, hosts, close, done }: Props) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [hours, setHours] = useState(String(plan?.intervalHours ?? 168));
  const [host, setHost] = useState(plan?.hostId ?? '');
  const offered = [...new Set([...intervals, ...(plan ? [plan.intervalHours] : [])])].toSorted(
    (a, b) => a - b,
  );
  const go = () => {
    const accepted = () => {
      close();
      done();
    };
    const path = paths.drillPlan(cluster.id);
    if (hours === '0') void command('delete', path, undefined, accepted);
    else
      void command(
        'post',
        path,
        { intervalHours: Number(hours), hostId: host === '' ? null : host },
        accepted,
      );
  };
  return (
    <Form go={go}>
      <div className={styles.form}>
        <ProblemNotice problem={problem} />
        <Select
          label={t(text.drillPlanEvery)}
          data={[
            ...offered.map((one) => ({ value: String(one), label: t(text.drillEvery(one)) })),
            { value: '0', label: t(text.drillPlanNone) },
          ]}
          value={hours}
          allowDeselect={false}
          onChange={(value) => setHours(value ?? '168')}
        />
        {hours !== '0' && <HostField hosts={hosts} value={host} set={setHost} />}
      </div>
      <Buttons busy={busy} close={close} word={text.save} />
    </Form>
  );
}
