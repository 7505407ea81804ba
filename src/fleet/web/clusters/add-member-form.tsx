import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Cluster } from '#src/fleet/contract/clusters.ts';
import type { Host } from '#src/fleet/contract/hosts.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './cluster.module.css';
import { serversOf } from './cluster-words.tsx';
import { Buttons, Form, type Shared } from './dialog-parts.tsx';

/** Asks for the host of a new member, and for a witness where the cluster then needs one. */
export function AddForm({
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
    <Form
      go={() => hostId && run({ hostId, ...(needsWitness && witness ? { witnessHostId: witness } : {}) })}
    >
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
