import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { SettingRow } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { IconPencil } from '#src/platform/web/ui/icons.ts';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { asWritten, checkValue, runsAsWished, withUnit } from './setting-value.ts';
import styles from './settings.module.css';

type Props = {
  row: SettingRow;
  /** What was chosen and not sent; undefined when nothing was, null to give it back. */
  draft: string | null | undefined;
  change: (value: string | null | undefined) => void;
  mayEdit: boolean;
};

const sources: Record<SettingRow['source'], Text> = {
  person: text.sourcePerson,
  derived: text.sourceDerived,
  default: text.sourceDefault,
};

/** One setting: what it is, who chose it and why; opens to be changed. */
export function SettingEditor({ row, draft, change, mayEdit }: Props) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const id = useId();
  const changed = draft !== undefined;
  return (
    <li className={styles.row} data-changed={changed || undefined}>
      <div className={styles.what}>
        <h3 id={id}>
          <code>{row.name}</code>
        </h3>
        {row.reason ? <p>{t(row.reason)}</p> : <p lang="en">{row.description}</p>}
      </div>
      <div className={styles.now}>
        <code className={styles.value}>
          {changed
            ? (draft ?? t(text.givenBack))
            : row.value === ''
              ? t(text.valueEmpty)
              : asWritten(row, row.value)}
        </code>
        <span className={styles.source} data-source={row.source}>
          {t(changed ? text.notSaved : sources[row.source])}
        </span>
      </div>
      <div className={styles.marks}>
        {row.needsRestart && <StatusBadge tone="warn" text={text.waitsForRestart} />}
        {row.running !== null && !runsAsWished(row) && (
          <small>
            {t(text.stillRuns)}{' '}
            <code>{row.running === '' ? t(text.valueEmpty) : asWritten(row, row.running)}</code>
          </small>
        )}
      </div>
      {mayEdit && (
        <div className={styles.open}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPencil size={15} aria-hidden />}
            aria-expanded={open}
            aria-describedby={id}
            onClick={() => setOpen(!open)}
          >
            {t(open ? text.editClose : text.edit)}
          </Button>
        </div>
      )}
      {open && <Field row={row} draft={draft} change={change} labelledBy={id} />}
    </li>
  );
}

function Field({ row, draft, change, labelledBy }: Omit<Props, 'mayEdit'> & { labelledBy: string }) {
  const t = useText();
  const value = draft ?? asWritten(row, row.value);
  const wrong = typeof draft === 'string' ? checkValue(row, draft) : null;
  const set = (next: string) =>
    change(next === row.value || next === asWritten(row, row.value) ? undefined : next);
  const isSwitch = row.choices?.length === 2 && row.choices.includes('on') && row.choices.includes('off');
  return (
    <div className={styles.field}>
      {isSwitch ? (
        <SegmentedControl aria-labelledby={labelledBy} value={value} onChange={set} data={['on', 'off']} />
      ) : row.choices ? (
        <Select
          aria-labelledby={labelledBy}
          data={row.choices}
          value={value}
          onChange={(next) => next !== null && set(next)}
          allowDeselect={false}
        />
      ) : (
        <TextInput
          aria-labelledby={labelledBy}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
          error={wrong ? t(wrong) : undefined}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: styles.input ?? '' }}
        />
      )}
      {row.source === 'person' && draft !== null && (
        <Button variant="default" onClick={() => change(null)}>
          {t(text.giveBack)}
        </Button>
      )}
      {draft !== undefined && (
        <Button variant="subtle" color="gray" onClick={() => change(undefined)}>
          {t(text.undoChange)}
        </Button>
      )}
      <p className={styles.about}>
        {row.reason && <span lang="en">{row.description} </span>}
        {row.minimum !== null && row.maximum !== null && (
          <span>{t(text.rangeIs(withUnit(row.minimum, row.unit), withUnit(row.maximum, row.unit)))} </span>
        )}
        <span>{t(row.context === 'postmaster' ? text.takesRestart : text.takesReload)}</span>
      </p>
    </div>
  );
}
