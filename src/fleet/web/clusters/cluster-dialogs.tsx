import { Button, Group, Modal, Radio, Select, Stack } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Cluster, Member } from '#src/fleet/contract/clusters.ts';
import type { Host } from '#src/fleet/contract/hosts.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './cluster.module.css';
import { serversOf } from './cluster-words.tsx';
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
      {last && <Question {...props} key={`${last.verb}${'member' in last ? last.member?.id : ''}`} action={last} />}
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
  const { send, problem, busy } = useCommand();
  const run = async (method: 'post' | 'delete', path: string, body?: unknown) => {
    if ((await send(method, `${base}${path}`, body)) === null) return;
    close();
    done();
  };
  const shared = { problem, busy, close };
  switch (action.verb) {
    case 'switchover':
      return <SwitchoverForm {...shared} cluster={cluster} first={action.member} run={(body) => void run('post', '/switchover', body)} />;
    case 'restart':
      return (
        <Confirm
          {...shared}
          says={action.member ? [text.restartMemberSays] : serversOf(cluster).length > 1 ? [text.restartSays, text.restartOrder] : [text.restartAloneSays]}
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

type Shared = Pick<ReturnType<typeof useCommand>, 'problem' | 'busy'> & { close: () => void };

function Buttons({ busy, close, word, danger, disabled }: Omit<Shared, 'problem'> & { word: Text; danger?: boolean; disabled?: boolean }) {
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

function Form({ go, children }: { go: () => void; children: ReactNode }) {
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

function Confirm({ problem, says, go, ...rest }: Shared & { says: Text[]; word: Text; danger?: boolean; go: () => void }) {
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

function AddForm({
  cluster,
  run,
  problem,
  ...rest
}: Shared & { cluster: Cluster; run: (body: { hostId: string; witnessHostId?: string }) => void }) {
  const t = useText();
  const [hosts, setHosts] = useState<Host[] | null>(null);
  const [hostId, setHostId] = useState<string | null>(null);
  const [witness, setWitness] = useState<string | null>(null);
  useEffect(() => {
    readTrusted<{ items: Host[] }>('/api/fleet/hosts?limit=200').then(
      ({ items }) => setHosts(items),
      () => setHosts([]),
    );
  }, []);
  const taken = new Set(cluster.members.map((member) => member.hostId));
  const free = (hosts ?? []).filter((host) => host.online && host.phase === 'active' && !taken.has(host.id));
  const choices = (without: string | null) =>
    free
      .filter(({ id }) => id !== without)
      .map((host) => ({
        value: host.id,
        label: host.failureDomain ? `${host.name} · ${host.failureDomain}` : host.name,
      }));
  const needsWitness = serversOf(cluster).length === 1;
  return (
    <Form go={() => hostId && run({ hostId, ...(needsWitness && witness ? { witnessHostId: witness } : {}) })}>
      <ProblemNotice problem={problem} />
      <p className={styles.ask}>{t(text.addSays)}</p>
      <Select
        label={t(text.addHost)}
        description={hosts !== null && free.length === 0 ? t(text.addNoHost) : undefined}
        data={choices(witness)}
        value={hostId}
        onChange={setHostId}
        searchable
        required
        data-autofocus
        openOnFocus={false}
      />
      {needsWitness && (
        <Select
          mt="md"
          label={t(text.addWitness)}
          description={t(text.addWitnessSays)}
          data={choices(hostId)}
          value={witness}
          onChange={setWitness}
          searchable
          clearable
        />
      )}
      <Buttons {...rest} word={text.addNow} disabled={hostId === null} />
    </Form>
  );
}

const graces = [0, 24, 72, 168, 720];

function DeleteDialog({ cluster, action, close, done }: Props) {
  const t = useText();
  const { send, problem, busy } = useCommand();
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
        void send('delete', `/api/fleet/clusters/${cluster.id}`, body).then((answer) => {
          if (answer === null) return;
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
