import type { ReactNode } from 'react';
import { useLocation, useRouteLoaderData } from 'react-router';
import { searchText } from '#src/community/contract/search.text.ts';
import { siteText as text } from '#src/community/contract/site.text.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import type { loader as rootLoader } from '#src/root.tsx';
import { Herd } from './herd.tsx';
import { Avatar } from './people.tsx';
import './site.css';

const sections = [
  { href: '/questions', label: text.questions },
  { href: '/articles', label: text.articles },
  { href: '/faq', label: text.faq },
  { href: '/tags', label: text.tags },
  { href: '/members', label: text.members },
  { href: '/organisations', label: text.organisations },
];

/** The frame of the community's pages: the bar with sections, search and the reader's own menu; the foot. */
export function SiteShell({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <div className="com">
      <a className="el-skip" href="#main">
        {t(shellText.skip)}
      </a>
      <header className="com-bar">
        <div>
          <a className="com-brand" href="/community">
            <Herd />
            <span>{t(text.brand)}</span>
          </a>
          <Sections />
          <SearchField />
          <Own />
        </div>
      </header>
      <main id="main" className="com-main">
        {children}
      </main>
      <Foot />
    </div>
  );
}

function Sections() {
  const t = useText();
  const { pathname } = useLocation();
  return (
    <nav className="com-sections" aria-label={t(text.sections)}>
      {sections.map(({ href, label }) => (
        <a key={href} href={href} aria-current={pathname.startsWith(href) ? 'page' : undefined}>
          {t(label)}
        </a>
      ))}
    </nav>
  );
}

function SearchField() {
  const t = useText();
  const { pathname, search } = useLocation();
  const asked = pathname === '/search' ? (new URLSearchParams(search).get('q') ?? '') : '';
  return (
    <form className="com-search" action="/search" role="search">
      <CustomElement name="suggest" attributes={{ label: t(searchText.suggestions) }}>
        <input
          type="search"
          name="q"
          maxLength={200}
          defaultValue={asked}
          placeholder={t(text.searchHint)}
          aria-label={t(text.searchHint)}
        />
      </CustomElement>
      <button type="submit">{t(text.search)}</button>
    </form>
  );
}

function Own() {
  const t = useText();
  const { user } = useViewer();
  const { pathname, search } = useLocation();
  if (user === null)
    return (
      <div className="com-own">
        <a
          className="com-button"
          href={`/sign-in?back=${encodeURIComponent(pathname + search)}`}
          rel="nofollow"
        >
          {t(text.signIn)}
        </a>
      </div>
    );
  return (
    <div className="com-own">
      <details className="com-menu">
        <summary className="com-button">{t(text.write)}</summary>
        <nav aria-label={t(text.write)}>
          <a href="/questions/ask">{t(text.ask)}</a>
          <a href="/articles/write">{t(text.writeArticle)}</a>
        </nav>
      </details>
      <details className="com-menu">
        <summary aria-label={t(text.ownMenu(user.name))}>
          <Avatar member={{ handle: user.id, name: user.name, avatar: null }} size={32} />
        </summary>
        <nav aria-label={t(text.ownMenu(user.name))}>
          <a href="/notifications">{t(text.notifications)}</a>
          <a href="/messages">{t(text.messages)}</a>
          <a href="/settings/community">{t(text.ownSettings)}</a>
          <a href="/">{t(text.console)}</a>
          <form method="post" action="/sign-out">
            <button type="submit">{t(text.signOut)}</button>
          </form>
        </nav>
      </details>
    </div>
  );
}

function Foot() {
  const t = useText();
  const locale = useLocale();
  const scheme = useRouteLoaderData<typeof rootLoader>('root')?.scheme ?? 'auto';
  const { pathname, search } = useLocation();
  const back = encodeURIComponent(pathname + search);
  const languages = [
    { to: 'zh-CN', name: t(shellText.chinese) },
    { to: 'en', name: t(shellText.english) },
  ];
  const colours = [
    { to: 'auto', name: t(shellText.themeAuto) },
    { to: 'light', name: t(shellText.themeLight) },
    { to: 'dark', name: t(shellText.themeDark) },
  ];
  return (
    <footer className="com-end">
      <Herd count={5} />
      <div>
        <p>
          <strong>{t(text.brand)}</strong>
          <br />
          {t(text.motto)}
        </p>
        <nav aria-label={t(shellText.language)}>
          {languages.map((one) => (
            <a
              key={one.to}
              href={`/locale?to=${one.to}&back=${back}`}
              lang={one.to}
              hrefLang={one.to}
              rel="nofollow"
              aria-current={one.to === locale ? 'true' : undefined}
            >
              {one.name}
            </a>
          ))}
        </nav>
        <nav aria-label={t(shellText.theme)}>
          {colours.map((one) => (
            <a
              key={one.to}
              href={`/theme?to=${one.to}&back=${back}`}
              rel="nofollow"
              aria-current={one.to === scheme ? 'true' : undefined}
            >
              {one.name}
            </a>
          ))}
        </nav>
      </div>
    </footer>
  );
}
