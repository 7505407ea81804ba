import styles from './wizard.module.css';

/** The head of one step of the wizard: its number and its words. */
export function StepTitle({ step, word }: { step: number; word: string }) {
  return (
    <span className={styles.stepTitle}>
      <span className={styles.stepNumber} aria-hidden>
        {step}
      </span>
      {word}
    </span>
  );
}
