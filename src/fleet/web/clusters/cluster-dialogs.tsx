import { Modal, Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Cluster, Member } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { AddForm } from './add-member-form.tsx';
import styles from './cluster.module.css';
import { serversOf } from './cluster-words.tsx';
import { Buttons, Form, type Shared } from './dialog-parts.tsx';
import { useCommand } from './use-command.ts';

export type ClusterAction =
  | { verb: 'switchover' | 'restart'; member?: Member }
  | { verb: 'rebuild' | 'remove'; member: Member }
  | { verb: 'add' }
  | { verb: 'delete' };

type Props = { cluster: Cluster; action: ClusterAction | null; close: () => void; done: () => void };

/** The questions before something is done to a cluster: what will happen, what clients notice, what stays. */
export function ClusterDialogs(props: Props) {
  const { action, close } = props;
  const t = useText();
  // The last question stays while its window closes.
  const [last, setLast] = useState(action);
  if (action && action !== last) setLast(action);
  if (last?.verb === 'delete') return <DeleteDialog {...props} />;
  return (
    <Modal
      opened={action !== null}
      onClose={close}
      title={last ? t(titleOf(last)) : ''}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      size="lg"
    >
      {last && (
        <Question {...props} key={`${last.verb}${'member' in last ? last.member?.id : ''}`} action={last} />
      )}
    </Modal>
  );
}

function titleOf(action: ClusterAction): Text {
  switch (action.verb) {
    case 'switchover':
      return text.switchoverTitle;
    case 'restart':
      return action.member ? text.restartMemberTitle(action.member.name) : text.restartTitle;
    case 'rebuild':
      return text.rebuildTitle(action.member.name);
    case 'remove':
      return text.removeTitle(action.member.name);
    case 'add':
      return text.addTitle;
    case 'delete':
      return text.deleteTitle;
  }
}

function Question({ cluster, action, close, done }: Props & { action: ClusterAction }) {
  const base = `/api/fleet/clusters/${cluster.id}`;
  const { command, problem, busy } = useCommand();
  const run = async (method: 'post' | 'delete', path: string, body?: unknown) => {
    await command(method, `${base}${path}`, body, () => {
      close();
      done();
    });
  };
  const shared = { problem, busy, close };
  switch (action.verb) {
    case 'switchover':
      return (
        <SwitchoverForm
          {...shared}
          cluster={cluster}
          first={action.member}
          run={(body) => void run('post', '/switchover', body)}
        />
      );
    case 'restart':
      return (
        <Confirm
          {...shared}
          says={
            action.member
              ? [text.restartMemberSays]
              : serversOf(cluster).length > 1
                ? [text.restartSays, text.restartOrder]
                : [text.restartAloneSays]
          }
          word={text.restartNow}
          go={() => void run('post', '/restart', action.member ? { memberId: action.member.id } : {})}
        />
      );
    case 'rebuild':
      return (
        <Confirm
          {...shared}
          says={[text.rebuildSays, text.rebuildCost]}
          word={text.rebuildNow}
          go={() => void run('post', `/members/${action.member.id}/rebuild`)}
        />
      );
    case 'remove':
      return (
        <Confirm
          {...shared}
          danger
          says={[text.removeSays(action.member.hostName), text.removeCost]}
          word={text.removeNow}
          go={() => void run('delete', `/members/${action.member.id}`)}
        />
      );
    case 'add':
      return <AddForm {...shared} cluster={cluster} run={(body) => void run('post', '/members', body)} />;
    case 'delete':
      return null;
  }
}

function Confirm({
  problem,
  says,
  go,
  ...rest
}: Shared & { says: Text[]; word: Text; danger?: boolean; go: () => void }) {
  const t = useText();
  return (
    <Form go={go}>
      <ProblemNotice problem={problem} />
      <ul className={styles.asks}>
        {says.map((say) => (
          <li key={say.en}>{t(say)}</li>
        ))}
      </ul>
      <Buttons {...rest} />
    </Form>
  );
}

function SwitchoverForm({
  cluster,
  first,
  run,
  problem,
  ...rest
}: Shared & { cluster: Cluster; first: Member | undefined; run: (body: { memberId?: string }) => void }) {
  const t = useText();
  const followers = serversOf(cluster).filter(({ role }) => role !== 'primary' && role !== 'standby_leader');
  const [to, setTo] = useState(first?.id ?? '');
  return (
    <Form go={() => run(to === '' ? {} : { memberId: to })}>
      <ProblemNotice problem={problem} />
      <p className={styles.ask}>{t(text.switchoverSays)}</p>
      <Radio.Group value={to} onChange={setTo} label={t(text.switchoverTo)}>
        <Stack gap="xs" mt="xs">
          <Radio value="" label={t(text.switchoverBest)} />
          {followers.map((member) => (
            <Radio
              key={member.id}
              value={member.id}
              disabled={!member.hostOnline || member.role === null}
              label={`${member.name} · ${member.hostName}`}
              description={member.hostOnline && member.role !== null ? undefined : t(text.hostSilent)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Buttons {...rest} word={text.switchoverNow} />
    </Form>
  );
}

const graces = [0, 24, 72, 168, 720];

function DeleteDialog({ cluster, action, close, done }: Props) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [hours, setHours] = useState('72');
  return (
    <ConfirmTyped
      opened={action !== null}
      close={close}
      name={cluster.name}
      title={t(text.deleteTitle)}
      confirmLabel={t(text.deleteNow)}
      busy={busy}
      confirm={() => {
        const body = { confirm: cluster.name, graceHours: Number(hours) };
        void command('delete', `/api/fleet/clusters/${cluster.id}`, body, () => {
          close();
          done();
        });
      }}
    >
      <ProblemNotice problem={problem} />
      <ul className={styles.asks}>
        <li>{t(text.deleteSays)}</li>
        <li>{t(hours === '0' ? text.deleteAtOnce : text.deleteUndo(Number(hours)))}</li>
      </ul>
      <Select
        label={t(text.deleteGrace)}
        data={graces.map((one) => ({ value: String(one), label: t(text.graceHours(one)) }))}
        value={hours}
        onChange={(value) => setHours(value ?? '72')}
        allowDeselect={false}
      />
    </ConfirmTyped>
  );
}
