import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { IconArrowLeft } from './icons.ts';
import styles from './page-header.module.css';

type Props = {
  title: ReactNode;
  /** One sentence on what this page is for. */
  lead?: ReactNode;
  /** The list this thing belongs to. */
  back?: { to: string; label: string };
  /** A badge beside the title. */
  status?: ReactNode;
  actions?: ReactNode;
};

/** The head of a page: its one h1, where it belongs, and what can be done. */
export function PageHeader({ title, lead, back, status, actions }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {back && (
          <Link to={back.to} className={styles.back}>
            <IconArrowLeft size={16} aria-hidden />
            {back.label}
          </Link>
        )}
        <div className={styles.line}>
          <h1>{title}</h1>
          {status}
        </div>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
