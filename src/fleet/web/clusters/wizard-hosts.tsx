import { Checkbox, Radio, SegmentedControl, Select } from '@mantine/core';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { ClusterPreview } from '#src/fleet/contract/clusters.ts';
import type { Host } from '#src/fleet/contract/hosts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ChoiceCard } from './choice-card.tsx';
import { StepTitle } from './step-title.tsx';
import { memberCount, type Wish } from './wish.ts';
import styles from './wizard.module.css';

type Props = { wish: Wish; set: (change: Partial<Wish>) => void; preview: ClusterPreview; hosts: Host[] };

const usable = (host: Host) => host.online && host.phase === 'active' && host.facts !== null;

/** Step 2: how many members, and on which hosts. */
export function WizardHosts({ wish, set, preview, hosts }: Props) {
  const t = useText();
  const ready = hosts.filter(usable).length;
  const byHand = wish.hostIds !== null;
  const count = memberCount(wish);
  const shapes = [
    { value: '1', title: text.shapeOne, words: text.shapeOneWords, needs: 1 },
    { value: '2', title: text.shapeTwo, words: text.shapeTwoWords, needs: 3 },
    { value: '3', title: text.shapeThree, words: text.shapeThreeWords, needs: 3 },
    ...(ready > 4 ? [{ value: '5', title: text.shapeFive, words: text.shapeFiveWords, needs: 5 }] : []),
  ];
  return (
    <Panel title={<StepTitle step={2} word={t(text.stepHosts)} />}>
      <Radio.Group
        label={t(text.shape)}
        value={String(count)}
        onChange={(value) => set({ members: Number(value), hostIds: null, witnessHostId: null })}
      >
        <div className={styles.choices}>
          {shapes.map(({ value, title, words, needs }) => (
            <ChoiceCard
              key={value}
              value={value}
              title={t(title)}
              mark={value === '3' ? t(text.recommended) : undefined}
            >
              {t(words)}
              {needs > ready && <em className={styles.lacks}>{t(text.shapeLacks(needs, ready))}</em>}
            </ChoiceCard>
          ))}
        </div>
      </Radio.Group>

      <div className={styles.hostsHead}>
        <h3 id="hosts-of-cluster">{t(text.hosts)}</h3>
        <SegmentedControl
          size="sm"
          aria-label={t(text.hostsHow)}
          value={byHand ? 'hand' : 'auto'}
          onChange={(value) =>
            set(
              value === 'hand'
                ? {
                    hostIds: preview.members.map((member) => member.hostId),
                    witnessHostId: preview.witness?.hostId ?? null,
                  }
                : { hostIds: null, witnessHostId: null, members: Math.max(1, count) },
            )
          }
          data={[
            { value: 'auto', label: t(text.hostsAuto) },
            { value: 'hand', label: t(text.hostsByHand) },
          ]}
        />
      </div>
      <p className={styles.hint}>{t(byHand ? text.hostsByHandHint : text.hostsAutoHint)}</p>
      <ul className={styles.hosts} aria-labelledby="hosts-of-cluster">
        {hosts.map((host) => (
          <HostRow key={host.id} host={host} wish={wish} set={set} preview={preview} />
        ))}
      </ul>
      {byHand && count === 2 && (
        <Select
          mt="md"
          label={t(text.witness)}
          description={t(text.witnessHint)}
          data={hosts
            .filter((host) => usable(host) && !wish.hostIds?.includes(host.id))
            .map((host) => ({
              value: host.id,
              label: host.failureDomain ? `${host.name} · ${host.failureDomain}` : host.name,
            }))}
          value={wish.witnessHostId}
          onChange={(witnessHostId) => set({ witnessHostId })}
          clearable
        />
      )}
    </Panel>
  );
}

function HostRow({ host, wish, set, preview }: Omit<Props, 'hosts'> & { host: Host }) {
  const t = useText();
  const format = useFormat();
  const byHand = wish.hostIds !== null;
  const isMember = byHand
    ? (wish.hostIds ?? []).includes(host.id)
    : preview.members.some((member) => member.hostId === host.id);
  const isWitness = byHand ? wish.witnessHostId === host.id : preview.witness?.hostId === host.id;
  const { facts } = host;
  const why = !host.online
    ? text.hostOffline
    : host.phase !== 'active'
      ? text.hostDraining
      : facts === null
        ? text.hostUnseen
        : null;
  const disk = facts?.disks.reduce((most, one) => Math.max(most, one.freeBytes), 0) ?? 0;
  const toggle = (on: boolean) =>
    set({
      hostIds: on ? [...(wish.hostIds ?? []), host.id] : (wish.hostIds ?? []).filter((id) => id !== host.id),
      ...(wish.witnessHostId === host.id && { witnessHostId: null }),
    });
  return (
    <li className={styles.hostRow} data-chosen={isMember || undefined} data-witness={isWitness || undefined}>
      {byHand ? (
        <Checkbox
          checked={isMember}
          disabled={why !== null}
          onChange={(event) => toggle(event.currentTarget.checked)}
          label={host.name}
          classNames={{ label: styles.hostName ?? '' }}
        />
      ) : (
        <span className={styles.hostName}>{host.name}</span>
      )}
      <span className={styles.hostDomain}>{host.failureDomain ?? t(text.domainUnknown)}</span>
      <span className={styles.hostFacts}>
        {why
          ? t(why)
          : facts && t(text.hostSize(facts.cpu.cores, format.bytes(facts.memoryBytes), format.bytes(disk)))}
      </span>
      <span className={styles.hostMark}>
        {isMember ? t(text.chosenMember) : isWitness ? t(text.chosenWitness) : ''}
      </span>
    </li>
  );
}
