import { Radio, TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { endOfLife } from './cluster-words.tsx';
import { StepTitle } from './step-title.tsx';
import { isName, type Wish } from './wish.ts';
import styles from './wizard.module.css';

/** A name as people give them; it is the same in every language. */
const exampleName = 'orders';

type Props = {
  wish: Wish;
  set: (change: Partial<Wish>) => void;
  /** Major versions that all chosen hosts offer, newest first. */
  offered: number[];
  tried: boolean;
  field: RefObject<HTMLInputElement | null>;
};

/** Step 1: what it is called, and which PostgreSQL. */
export function WizardName({ wish, set, offered, tried, field }: Props) {
  const t = useText();
  const locale = useLocale();
  const wrong = (tried || wish.name.length > 2) && !isName(wish.name);
  const newest = offered[0];
  const ends = (version: number) =>
    new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(
      new Date(`${endOfLife(version)}-01T00:00:00Z`),
    );
  return (
    <Panel title={<StepTitle step={1} word={t(text.stepName)} />}>
      <TextInput
        ref={field}
        label={t(text.name)}
        description={t(text.nameHint)}
        placeholder={exampleName}
        value={wish.name}
        error={wrong ? t(text.nameRule) : undefined}
        onChange={(event) => set({ name: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        required
        data-autofocus
      />
      <Radio.Group
        mt="lg"
        label={t(text.version)}
        description={t(offered.length === 0 ? text.versionNone : text.versionHint)}
        value={String(wish.pgVersion ?? newest ?? '')}
        onChange={(value) => set({ pgVersion: Number(value) === newest ? null : Number(value) })}
      >
        <div className={styles.versions}>
          {offered.map((version) => (
            <Radio.Card key={version} value={String(version)} className={styles.version ?? ''} radius="md">
              <Radio.Indicator />
              <span>
                <strong>{version}</strong>{' '}
                {version === newest && <span className={styles.mark}>{t(text.newest)}</span>}
                <small>{t(text.supportedUntil(ends(version)))}</small>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    </Panel>
  );
}
