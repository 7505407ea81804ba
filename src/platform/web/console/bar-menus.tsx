import { ActionIcon, Avatar, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Link, useLocation, useRevalidator, useSubmit } from 'react-router';
import { shellText } from '#src/platform/contract/shell.text.ts';
import type { Viewer } from '#src/platform/contract/viewer.ts';
import { useLocale, useText } from '../i18n.tsx';
import { type Scheme, schemes } from '../preferences/preferences.ts';
import {
  IconBuilding,
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from '../ui/icons.ts';
import styles from './bar-menus.module.css';

const languages = [
  { locale: 'zh-CN', name: shellText.chinese },
  { locale: 'en', name: shellText.english },
] as const;

/** Changes the language of every page; each language is named in itself. */
export function LanguageMenu() {
  const t = useText();
  const locale = useLocale();
  const { pathname, search } = useLocation();
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t(shellText.language)}>
          <IconLanguage size={19} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((one) => (
          <Menu.Item
            key={one.locale}
            component="a"
            href={`/locale?to=${one.locale}&back=${encodeURIComponent(pathname + search)}`}
            lang={one.locale}
            aria-current={one.locale === locale ? 'true' : undefined}
            rightSection={one.locale === locale ? <IconCheck size={16} aria-hidden /> : null}
          >
            {t(one.name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const schemeIcons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon };
const schemeTexts = { auto: shellText.themeAuto, light: shellText.themeLight, dark: shellText.themeDark };

/** Changes the colours at once, and for the next visit. */
export function ThemeMenu() {
  const t = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { revalidate } = useRevalidator();
  const Current = schemeIcons[colorScheme];
  const choose = (scheme: Scheme) => {
    setColorScheme(scheme);
    void revalidate();
  };
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t(shellText.theme)}>
          <Current size={19} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => choose(value as Scheme)}>
          {schemes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick>
              {t(schemeTexts[scheme])}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Who is signed in, and the way out. */
export function AccountMenu({ viewer, canSignOut }: { viewer: Viewer | null; canSignOut: boolean }) {
  const t = useText();
  const submit = useSubmit();
  const user = viewer?.user;
  if (!user) return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        {/* The name is hidden text and no label, which would have to hold the initials that one sees. */}
        <UnstyledButton className={styles.avatar ?? ''}>
          <span className="el-hidden">{t(shellText.accountMenu(user.name))}</span>
          <Avatar size={32} radius="xl" className={styles.face ?? ''} aria-hidden>
            {initials(user.name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <strong>{user.name}</strong>
          <span>{user.email}</span>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} aria-hidden />}>
          {t(shellText.navAccount)}
        </Menu.Item>
        {canSignOut && (
          <Menu.Item
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={() => void submit(null, { method: 'post', action: '/sign-out' })}
          >
            {t(shellText.signOut)}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The organisation whose things are shown; a menu when the person belongs to several. */
export function OrganisationMenu({ viewer, canSwitch }: { viewer: Viewer | null; canSwitch: boolean }) {
  const t = useText();
  const submit = useSubmit();
  if (!viewer?.org) return null;
  const current = viewer.org;
  const others = viewer.orgs.filter((org) => org.id !== current.id);
  if (!canSwitch || others.length === 0) {
    return (
      <span className={styles.org}>
        <IconBuilding size={17} stroke={1.6} aria-hidden />
        <span className={styles.orgName}>{current.name}</span>
      </span>
    );
  }
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton
          className={`${styles.org} ${styles.orgButton}`}
          aria-label={`${t(shellText.switchOrganisation)}: ${current.name}`}
        >
          <IconBuilding size={17} stroke={1.6} aria-hidden />
          <span className={styles.orgName}>{current.name}</span>
          <IconChevronDown size={15} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(shellText.switchOrganisation)}</Menu.Label>
        {others.map((org) => (
          <Menu.Item
            key={org.id}
            onClick={() => void submit({ orgId: org.id }, { method: 'post', action: '/switch-organisation' })}
          >
            {org.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  if (/\p{Script=Han}/u.test(name)) return name.trim().slice(-2);
  return name
    .split(/[\s._-]+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
}
