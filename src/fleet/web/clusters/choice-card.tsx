import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './wizard.module.css';

type Props = {
  value: string;
  title: string;
  mark?: string | undefined;
  disabled?: boolean;
  children?: ReactNode;
};

/** One of several ways, with what it brings and what it costs; a radio button as large as its words. */
export function ChoiceCard({ value, title, mark, disabled = false, children }: Props) {
  return (
    <Radio.Card value={value} className={styles.choice ?? ''} disabled={disabled} radius="md">
      <span className={styles.choiceHead}>
        <Radio.Indicator disabled={disabled} />
        <strong>{title}</strong>
        {mark && <span className={styles.mark}>{mark}</span>}
      </span>
      {children && <span className={styles.choiceBody}>{children}</span>}
    </Radio.Card>
  );
}
