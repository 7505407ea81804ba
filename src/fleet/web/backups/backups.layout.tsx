import { NavLink, Outlet } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { logicalBackupText } from '#src/fleet/contract/logical-backups.text.ts';
import tabs from '#src/fleet/web/clusters/cluster.module.css';
import { useText } from '#src/platform/web/i18n.tsx';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { useMay } from '#src/platform/web/viewer.ts';

/** What the fleet-wide pages of backups share: their head and the way between them. */
export default function BackupsLayout() {
  const t = useText();
  const maySeeRepositories = useMay('fleet.repository.read');
  const pages = [
    { to: '/backups', word: text.tabProtection },
    ...(maySeeRepositories ? [{ to: '/backups/repositories', word: text.tabRepositories }] : []),
    { to: '/backups/policies', word: text.tabPolicies },
    { to: '/backups/external', word: logicalBackupText.tab },
  ];
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} />
      <nav className={tabs.tabs} aria-label={t(text.pagesLabel)}>
        {pages.map(({ to, word }) => (
          <NavLink key={to} to={to} end={to === '/backups'} prefetch="intent" preventScrollReset>
            {t(word)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
