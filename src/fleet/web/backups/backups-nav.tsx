import { NavLink } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import styles from './backups.module.css';

/** The way between the pages about the backups of one cluster. */
export function BackupsNav({ name }: { name: string }) {
  const t = useText();
  const mayRestore = useMay('fleet.restore.read');
  const maySeeDrills = useMay('fleet.drill.read');
  const base = `/clusters/${name}/backups`;
  const pages = [
    { to: base, word: text.tab },
    ...(mayRestore ? [{ to: `${base}/restore`, word: text.restoreTab }] : []),
    ...(maySeeDrills ? [{ to: `${base}/drills`, word: text.drillsTab }] : []),
  ];
  return (
    <nav className={styles.nav} aria-label={t(text.clusterPagesLabel)}>
      {pages.map(({ to, word }) => (
        <NavLink key={to} to={to} end preventScrollReset>
          {t(word)}
        </NavLink>
      ))}
    </nav>
  );
}
