import { CopyButton } from './copy-button.tsx';
import styles from './code-block.module.css';

/** Text for a terminal or a file, to be copied whole. `label` says what it is to those who cannot see it. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className={styles.block}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll, and a keyboard must reach them */}
      <pre tabIndex={0} aria-label={label} role="region">
        <code>{code}</code>
      </pre>
      <div className={styles.copy}>
        <CopyButton value={code} />
      </div>
    </div>
  );
}
