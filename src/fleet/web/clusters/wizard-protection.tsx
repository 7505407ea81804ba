import { Radio } from '@mantine/core';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Protection, Recovery } from '#src/fleet/contract/clusters.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ChoiceCard } from './choice-card.tsx';
import { protectionWords, recoveryWords } from './cluster-words.tsx';
import { StepTitle } from './step-title.tsx';
import type { Wish } from './wish.ts';
import styles from './wizard.module.css';

type Times = Record<Recovery, { ttl: number; loopWait: number }>;
type Props = {
  wish: Pick<Wish, 'protection' | 'recovery'>;
  set: (change: Partial<Wish>) => void;
  members: number;
  times: Times;
};

/** Step 3: what a lost host may cost, and how soon it is taken for lost. */
export function WizardProtection({ wish, set, members, times }: Props) {
  const t = useText();
  return (
    <Panel title={<StepTitle step={3} word={t(text.stepProtection)} />}>
      {members === 1 ? (
        <p className={styles.hint}>{t(text.protectionSingle)}</p>
      ) : (
        <ProtectionChoices wish={wish} set={set} members={members} times={times} />
      )}
    </Panel>
  );
}

/** Both choices, each way with what it survives and what it costs. */
export function ProtectionChoices({ wish, set, members, times }: Props) {
  const t = useText();
  return (
    <>
      <Radio.Group
        label={t(text.protection)}
        value={wish.protection}
        onChange={(value) => set({ protection: value as Protection })}
      >
        <div className={styles.choices}>
          {(['async', 'sync', 'strict'] as const).map((one) => (
            <ChoiceCard key={one} value={one} title={t(protectionWords[one].title)}>
              <Both survives={t(protectionWords[one].survives)} costs={t(protectionWords[one].costs)} />
              {one === 'strict' && members === 2 && <em className={styles.lacks}>{t(text.strictTwo)}</em>}
            </ChoiceCard>
          ))}
        </div>
      </Radio.Group>
      <Radio.Group
        mt="lg"
        label={t(text.recovery)}
        description={t(text.recoveryHint)}
        value={wish.recovery}
        onChange={(value) => set({ recovery: value as Recovery })}
      >
        <div className={styles.choices}>
          {(['fast', 'normal', 'wide'] as const).map((one) => (
            <ChoiceCard
              key={one}
              value={one}
              title={t(recoveryWords[one].title)}
              mark={t(text.aboutSeconds(Math.round(times[one].ttl + times[one].loopWait / 2)))}
            >
              <Both survives={t(recoveryWords[one].survives)} costs={t(recoveryWords[one].costs)} />
            </ChoiceCard>
          ))}
        </div>
      </Radio.Group>
    </>
  );
}

function Both({ survives, costs }: { survives: string; costs: string }) {
  return (
    <>
      <span className={styles.plus}>{survives}</span>
      <span className={styles.minus}>{costs}</span>
    </>
  );
}
