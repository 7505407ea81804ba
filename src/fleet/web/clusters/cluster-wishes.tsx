import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Cluster, Recovery } from '#src/fleet/contract/clusters.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { FactList, Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { protectionWords, recoveryWords, serversOf } from './cluster-words.tsx';
import { useCommand } from './use-command.ts';
import { isNetwork } from './wish.ts';
import { NetworkField } from './wizard-networks.tsx';
import { ProtectionChoices } from './wizard-protection.tsx';

type Props = {
  cluster: Cluster;
  times: Record<Recovery, { ttl: number; loopWait: number }>;
  done: () => void;
};

/** What was chosen for the whole cluster when it was made: protection, recovery, networks; each can be changed. */
export function ClusterWishes({ cluster, times, done }: Props) {
  const t = useText();
  const mayEdit = useMay('fleet.cluster.update') && cluster.phase === 'ready';
  const [opened, { open, close }] = useDisclosure(false);
  const members = serversOf(cluster).length;
  return (
    <Panel
      title={t(text.wishes)}
      actions={
        mayEdit && (
          <Button size="sm" variant="default" onClick={open}>
            {t(text.edit)}
          </Button>
        )
      }
    >
      <FactList
        facts={[
          ...(members > 1
            ? [
                { name: t(text.columnProtection), value: t(protectionWords[cluster.protection].title) },
                { name: t(text.failover), value: t(recoveryWords[cluster.recovery].title) },
              ]
            : []),
          {
            name: t(text.networks),
            value: cluster.networks.length === 0 ? t(text.networksNobody) : cluster.networks.join(', '),
          },
        ]}
      />
      <Modal
        opened={opened}
        onClose={close}
        title={t(text.wishes)}
        size="xl"
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <WishesForm cluster={cluster} times={times} members={members} close={close} done={done} />
      </Modal>
    </Panel>
  );
}

function WishesForm({
  cluster,
  times,
  members,
  close,
  done,
}: Props & { members: number; close: () => void }) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [wish, setWish] = useState({
    protection: cluster.protection,
    recovery: cluster.recovery,
    networks: cluster.networks,
  });
  const set = (change: Partial<typeof wish>) => setWish((known) => ({ ...known, ...change }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { ...wish, networks: wish.networks.filter(isNetwork) };
        void command('patch', `/api/fleet/clusters/${cluster.id}`, body, () => {
          close();
          done();
        });
      }}
    >
      <ProblemNotice problem={problem} />
      {members > 1 && <ProtectionChoices wish={wish} set={set} members={members} times={times} />}
      <div style={{ marginTop: members > 1 ? 24 : 0 }}>
        <NetworkField wish={wish} set={set} addresses={cluster.members.map((member) => member.address)} />
      </div>
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
