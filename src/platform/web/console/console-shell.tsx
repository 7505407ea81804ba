import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useState, type ReactNode } from 'react';
import { NavLink, useLocation, useNavigation } from 'react-router';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import type { Viewer } from '#src/platform/contract/viewer.ts';
import { useText } from '../i18n.tsx';
import { Brand } from '../ui/brand.tsx';
import { IconMenu2 } from '../ui/icons.ts';
import { AccountMenu, LanguageMenu, OrganisationMenu, ThemeMenu } from './bar-menus.tsx';
import { CommandPalette } from './command-palette.tsx';
import styles from './console-shell.module.css';
import type { NavEntry } from './nav-entry.ts';

type Props = {
  entries: NavEntry[];
  viewer: Viewer | null;
  canSignOut: boolean;
  canSwitchOrganisation: boolean;
  children: ReactNode;
};

/** The frame of the console: navigation at the side, the bar above, the page in the middle. */
export function ConsoleShell({ entries, viewer, canSignOut, canSwitchOrganisation, children }: Props) {
  const t = useText();
  const [drawer, { open, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <div className={styles.shell}>
      <a className="el-skip" href="#main">
        {t(shellText.skip)}
      </a>
      <Progress />
      <aside className={styles.side}>
        <div className={styles.sideStill}>
          <Brand className={styles.brand} />
          <Navigation entries={entries} />
        </div>
      </aside>
      <Drawer
        opened={drawer}
        onClose={close}
        size={272}
        withCloseButton
        closeButtonProps={{ 'aria-label': t(shellText.closeNavigation), className: styles.close ?? '' }}
        title={<Brand className={styles.brand} />}
        classNames={{
          content: styles.drawer ?? '',
          header: styles.drawerHeader ?? '',
          body: styles.drawerBody ?? '',
        }}
      >
        <Navigation entries={entries} />
      </Drawer>
      <header className={styles.bar}>
        <ActionIcon
          className={styles.burger ?? ''}
          variant="subtle"
          color="gray"
          size="lg"
          onClick={open}
          aria-label={t(shellText.openNavigation)}
        >
          <IconMenu2 size={20} />
        </ActionIcon>
        <OrganisationMenu viewer={viewer} canSwitch={canSwitchOrganisation} />
        <CommandPalette entries={entries} />
        <div className={styles.tools}>
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu viewer={viewer} canSignOut={canSignOut} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Announcer />
    </div>
  );
}

function Navigation({ entries }: { entries: NavEntry[] }) {
  const t = useText();
  const sections: { title: Text | undefined; entries: NavEntry[] }[] = [];
  for (const entry of entries) {
    const last = sections.at(-1);
    if (last && last.title === entry.section) last.entries.push(entry);
    else sections.push({ title: entry.section, entries: [entry] });
  }
  return (
    <nav aria-label={t(shellText.mainNavigation)} className={styles.nav}>
      {sections.map((section) => (
        <div key={section.entries[0]?.path} className={styles.section}>
          {section.title && <p className={styles.sectionTitle}>{t(section.title)}</p>}
          <ul>
            {section.entries.map(({ path, title, icon: Icon }) => (
              <li key={path}>
                <NavLink to={path} end={path === '/'} className={styles.link} prefetch="intent">
                  <Icon size={18} stroke={1.6} aria-hidden />
                  {t(title)}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Progress() {
  const { state } = useNavigation();
  return <div className={styles.progress} data-busy={state !== 'idle' || undefined} aria-hidden />;
}

// A screen reader does not notice a page change made by script: this says the new title.
function Announcer() {
  const { pathname } = useLocation();
  const [title, setTitle] = useState('');
  const [first, setFirst] = useState(pathname);
  useEffect(() => {
    if (pathname === first) return;
    setFirst('');
    const timer = setTimeout(() => setTitle(document.title), 150);
    return () => clearTimeout(timer);
  }, [pathname, first]);
  return (
    <div className="el-hidden" role="status" aria-live="polite">
      {title}
    </div>
  );
}
