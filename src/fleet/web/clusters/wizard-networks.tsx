import { Button, TagsInput } from '@mantine/core';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { IconLock, IconPlus, IconWorld } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { StepTitle } from './step-title.tsx';
import { isNetwork, nearbyNetworks, type Wish } from './wish.ts';
import styles from './wizard.module.css';

type Props = {
  wish: Pick<Wish, 'networks'>;
  set: (change: Pick<Wish, 'networks'>) => void;
  addresses: string[];
};

/** Step 4: from where clients may connect. */
export function WizardNetworks(props: Props) {
  const t = useText();
  return (
    <Panel title={<StepTitle step={4} word={t(text.stepNetworks)} />}>
      <NetworkField {...props} />
    </Panel>
  );
}

/** The list of networks, with what it means as it stands. */
export function NetworkField({ wish, set, addresses }: Props) {
  const t = useText();
  const { networks } = wish;
  const wrong = networks.filter((one) => !isNetwork(one));
  const wideOpen = networks.some((one) => one.endsWith('/0'));
  const suggestions = nearbyNetworks(addresses).filter((one) => !networks.includes(one));
  return (
    <>
      <TagsInput
        label={t(text.networks)}
        description={t(text.networksHint)}
        placeholder={networks.length === 0 ? '10.0.0.0/24' : ''}
        value={networks}
        onChange={(value) => set({ networks: value })}
        error={wrong.length > 0 ? t(text.networkWrong(wrong.join(', '))) : undefined}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        maxTags={50}
      />
      {suggestions.length > 0 && (
        <p className={styles.suggestions}>
          <span>{t(text.networksNear)}</span>
          {suggestions.slice(0, 4).map((one) => (
            <Button
              key={one}
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => set({ networks: [...networks, one] })}
            >
              {one}
            </Button>
          ))}
        </p>
      )}
      <p className={styles.verdictLine} data-tone={wideOpen ? 'warn' : 'calm'}>
        {wideOpen ? <IconWorld size={18} aria-hidden /> : <IconLock size={18} aria-hidden />}
        <span>
          {t(wideOpen ? text.networksAll : networks.length === 0 ? text.networksNone : text.networksSome)}
        </span>
      </p>
    </>
  );
}
