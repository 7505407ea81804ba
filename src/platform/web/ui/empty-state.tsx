import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import styles from './empty-state.module.css';

/** What to say, and what to do first, where there is nothing yet. */
export function EmptyState(props: { icon?: Icon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      {props.icon && (
        <span className={styles.icon}>
          <props.icon size={26} stroke={1.5} aria-hidden />
        </span>
      )}
      <p className={styles.title}>{props.title}</p>
      {props.children && <div className={styles.words}>{props.children}</div>}
      {props.action}
    </div>
  );
}
