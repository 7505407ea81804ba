import { useId, type ReactNode } from 'react';
import styles from './panel.module.css';

/** A titled surface on a page. `flush` lets a table or a list reach its edges. */
export function Panel(props: {
  title?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={props.title ? id : undefined}>
      {(props.title || props.actions) && (
        <div className={styles.head}>
          {props.title && <h2 id={id}>{props.title}</h2>}
          {props.actions && <div className={styles.actions}>{props.actions}</div>}
        </div>
      )}
      <div className={props.flush ? undefined : styles.body}>{props.children}</div>
    </section>
  );
}

/** Named values of one thing. */
export function FactList({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
