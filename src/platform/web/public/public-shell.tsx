import type { ReactNode } from 'react';
import { useLocation, useRouteLoaderData } from 'react-router';
import { shellText } from '#src/platform/contract/shell.text.ts';
import type { loader as rootLoader } from '#src/root.tsx';
import { useLocale, useText } from '../i18n.tsx';
import { Brand } from '../ui/brand.tsx';
import './public.css';

/** The frame of pages that need no script: a bar, the page, a foot with language and colours as plain links. */
export function PublicShell({ children }: { children: ReactNode }) {
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
    <div className="pub">
      <a className="el-skip" href="#main">
        {t(shellText.skip)}
      </a>
      <header className="pub-bar">
        <Brand />
      </header>
      <main id="main" className="pub-main">
        {children}
      </main>
      <footer className="pub-foot">
        <p>{t(shellText.tagline)}</p>
        <nav aria-label={t(shellText.language)}>
          {languages.map((one) => (
            <a
              key={one.to}
              href={`/locale?to=${one.to}&back=${back}`}
              lang={one.to}
              hrefLang={one.to}
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
              aria-current={one.to === scheme ? 'true' : undefined}
            >
              {one.name}
            </a>
          ))}
        </nav>
      </footer>
    </div>
  );
}
