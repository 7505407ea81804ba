import { MultiSelect, Radio, Select, TextInput } from '@mantine/core';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Cluster } from '#src/fleet/contract/clusters.ts';
import { ChoiceCard } from '#src/fleet/web/clusters/choice-card.tsx';
import { serversOf } from '#src/fleet/web/clusters/cluster-words.tsx';
import { isName } from '#src/fleet/web/clusters/wish.ts';
import wizard from '#src/fleet/web/clusters/wizard.module.css';
import { useText } from '#src/platform/web/i18n.tsx';
import styles from './backups.module.css';
import type { RestoreWish } from './restore-wish.ts';

type Props = {
  wish: RestoreWish;
  set: (change: Partial<RestoreWish>) => void;
  cluster: Cluster;
  hosts: readonly { id: string; name: string }[];
  /** A new cluster takes the right to make one. */
  mayCreate: boolean;
};

const lifetimes = [2, 8, 24, 72, 168];

/** Where the data is brought to: three ways, from the one that touches nothing to the one that replaces. */
export function RestorePlaceFields({ wish, set, cluster, hosts, mayCreate }: Props) {
  const t = useText();
  const ways = [
    {
      value: 'scratch',
      title: text.placeScratch,
      words: text.placeScratchWords,
      mark: text.safest,
      open: hosts.length > 0,
    },
    {
      value: 'new-cluster',
      title: text.placeNew,
      words: text.placeNewWords,
      mark: null,
      open: mayCreate && hosts.length > 0,
    },
    { value: 'in-place', title: text.placeHere, words: text.placeHereWords, mark: null, open: true },
  ];
  return (
    <>
      <Radio.Group
        value={wish.kind}
        onChange={(kind) => set({ kind: kind as RestoreWish['kind'] })}
        aria-label={t(text.placeLabel)}
      >
        <div className={wizard.choices}>
          {ways
            .filter(({ open }) => open)
            .map(({ value, title, words, mark }) => (
              <ChoiceCard key={value} value={value} title={t(title)} mark={mark ? t(mark) : undefined}>
                {t(words)}
              </ChoiceCard>
            ))}
        </div>
      </Radio.Group>
      <div className={styles.options}>
        {wish.kind === 'scratch' && (
          <div className={styles.pair}>
            <Select
              label={t(text.scratchHost)}
              data={hosts.map(({ id, name }) => ({ value: id, label: name }))}
              value={wish.hostId}
              allowDeselect={false}
              onChange={(hostId) => set({ hostId: hostId ?? '' })}
            />
            <Select
              label={t(text.scratchHours)}
              data={lifetimes.map((hours) => ({ value: String(hours), label: t(text.hours(hours)) }))}
              value={String(wish.hours)}
              allowDeselect={false}
              onChange={(hours) => set({ hours: Number(hours) })}
            />
          </div>
        )}
        {wish.kind === 'new-cluster' && (
          <>
            <div className={styles.pair}>
              <TextInput
                label={t(text.newName)}
                value={wish.name}
                autoComplete="off"
                spellCheck={false}
                error={isName(wish.name) ? undefined : t(text.nameWrong)}
                onChange={(event) => set({ name: event.currentTarget.value })}
              />
              <Select
                label={t(text.newMembers)}
                data={['1', '3']}
                value={String(wish.hostIds.length > 0 ? wish.hostIds.length : wish.members)}
                disabled={wish.hostIds.length > 0}
                allowDeselect={false}
                onChange={(members) => set({ members: Number(members) })}
              />
            </div>
            <MultiSelect
              label={t(text.newHosts)}
              description={t(text.newMembersHint)}
              placeholder={wish.hostIds.length === 0 ? t(text.newHostsAuto) : ''}
              data={hosts.map(({ id, name }) => ({ value: id, label: name }))}
              value={wish.hostIds}
              clearable
              onChange={(hostIds) => set({ hostIds })}
            />
          </>
        )}
        {wish.kind === 'in-place' && (
          <Select
            label={t(text.hereMember)}
            data={[
              { value: '', label: t(text.hereAuto) },
              ...serversOf(cluster).map(({ id, name, hostName }) => ({
                value: id,
                label: `${name} · ${hostName}`,
              })),
            ]}
            value={wish.memberId ?? ''}
            allowDeselect={false}
            onChange={(memberId) => set({ memberId: memberId === '' ? null : memberId })}
          />
        )}
      </div>
    </>
  );
}
