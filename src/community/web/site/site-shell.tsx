import type { ReactNode } from 'react';
import { useLocation, useRouteLoaderData } from 'react-router';
import { memberPath } from '#src/community/contract/addresses.ts';
import { searchText } from '#src/community/contract/search.text.ts';
import type { SiteFrame } from '#src/community/contract/site.ts';
import { siteSettingsText } from '#src/community/contract/site-settings.text.ts';
import { siteText as text } from '#src/community/contract/site.text.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { type ReadersOwn, useOwnPlace } from '#src/platform/web/public/shared-page.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import type { loader as rootLoader } from '#src/root.tsx';
import { Herd, HerdShape } from './herd.tsx';
import { Avatar } from './people.tsx';
import './site.css';

const sections = [
  { href: '/questions', label: text.questions },
  { href: '/articles', label: text.articles },
  { href: '/faq', label: text.faq },
  { href: '/wishes', label: text.wishes },
  { href: '/tags', label: text.tags },
  { href: '/members', label: text.members },
  { href: '/organisations', label: text.organisations },
];

/** What the site says of itself and its reader, and which pages there are: a link to none is not shown. */
export type Frame = SiteFrame & { pages: readonly string[] };

/** The frame of the community's pages: the bar with sections, search and the reader's own menu; the foot. */
export function SiteShell({ frame, children }: { frame?: Frame | undefined; children: ReactNode }) {
  const t = useText();
  return (
    <div className="com">
      <HerdShape />
      <a className="el-skip" href="#main">
        {t(shellText.skip)}
      </a>
      <header className="com-bar">
        <div>
          <a className="com-brand" href="/community">
            <Herd />
            <span>{t(text.brand)}</span>
          </a>
          <Sections pages={frame?.pages} />
          <SearchField />
          <Own frame={frame} />
        </div>
      </header>
      <main id="main" className="com-main">
        {children}
      </main>
      <Foot china={frame?.china ?? null} />
    </div>
  );
}

function Sections({ pages }: { pages: readonly string[] | undefined }) {
  const t = useText();
  const { pathname } = useLocation();
  return (
    <nav className="com-sections" aria-label={t(text.sections)}>
      {sections
        .filter(({ href }) => pages?.includes(href) !== false)
        .map(({ href, label }) => (
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

function Own({ frame }: { frame: Frame | undefined }) {
  const t = useText();
  const place = useOwnPlace();
  const { pathname, search } = useLocation();
  if (!frame || frame.me === null)
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
  if (place !== null) return <div className="com-own" dangerouslySetInnerHTML={{ __html: place }} />;
  return <div className="com-own">{ownMenuOf(frame, frame.me)}</div>;
}

type Me = NonNullable<SiteFrame['me']>;

const somebody: Me = {
  handle: null,
  name: '',
  avatar: null,
  isStaff: false,
  mayChangeSite: false,
  unread: 0,
};

/** The menu of the reader is all of the frame that is theirs alone. */
export const readersMenu: ReadersOwn<Frame> = {
  split: (frame) => frame.me && { shared: { ...frame, me: somebody }, own: ownMenuOf(frame, frame.me) },
};

const menuPages = ['/points', '/notifications', '/messages', '/settings/community', '/moderation'];

function ownMenuOf(frame: Frame, me: Me) {
  return <OwnMenu me={me} pages={menuPages.filter((href) => frame.pages.includes(href))} />;
}

/** All that it shows is given to it: it is drawn outside of the page. */
function OwnMenu({ me, pages }: { me: Me; pages: readonly string[] }) {
  const t = useText();
  const has = (href: string) => pages.includes(href);
  return (
    <>
      <details className="com-menu" name="com-menu">
        <summary className="com-button">{t(text.write)}</summary>
        <nav aria-label={t(text.write)}>
          <a href="/questions/ask">{t(text.ask)}</a>
          <a href="/articles/write">{t(text.writeArticle)}</a>
        </nav>
      </details>
      <details className="com-menu" name="com-menu">
        <summary>
          <Avatar member={{ ...me, handle: me.handle ?? me.name }} size={32} />
          <span className="el-hidden">
            {t(text.ownMenu(me.name))}
            {me.unread > 0 && `, ${t(text.unread(me.unread))}`}
          </span>
          {me.unread > 0 && (
            <span className="com-badge" aria-hidden="true">
              {me.unread}
            </span>
          )}
        </summary>
        <nav aria-label={t(text.ownMenu(me.name))}>
          {me.handle !== null && <a href={memberPath(me.handle)}>{t(text.ownPage)}</a>}
          {has('/points') && <a href="/points">{t(text.points)}</a>}
          {has('/notifications') && (
            <a href="/notifications">
              {t(text.notifications)}
              {me.unread > 0 && <span className="com-badge">{me.unread}</span>}
            </a>
          )}
          {has('/messages') && <a href="/messages">{t(text.messages)}</a>}
          {has('/settings/community') && <a href="/settings/community">{t(text.ownSettings)}</a>}
          {me.isStaff && has('/moderation') && <a href="/moderation">{t(text.moderation)}</a>}
          {me.mayChangeSite && <a href="/settings/site">{t(siteSettingsText.title)}</a>}
          <a href="/">{t(text.console)}</a>
          <form method="post" action="/sign-out">
            <button type="submit">{t(text.signOut)}</button>
          </form>
        </nav>
      </details>
    </>
  );
}

function Foot({ china }: { china: SiteFrame['china'] }) {
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
        <nav aria-label={t(text.about)}>
          <a href="/committees">{t(text.committees)}</a>
          <a href="/elections">{t(text.elections)}</a>
          <a href="/meetings">{t(text.meetings)}</a>
          <a href="/decisions">{t(text.decisions)}</a>
          <a href="/areas">{t(text.responsibilities)}</a>
          <a href="/goals">{t(text.goals)}</a>
          <a href="/transparency">{t(text.transparency)}</a>
          <a href="/annual-report">{t(text.annualReport)}</a>
          <a href="/newsletters">{t(text.newsletter)}</a>
          <a href="/feeds">{t(text.feeds)}</a>
        </nav>
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
        {china && <Registrations china={china} />}
      </div>
    </footer>
  );
}

/** What the law of China wants at the foot of each page: the granted numbers, leading to the registers that hold them. */
function Registrations({ china }: { china: NonNullable<SiteFrame['china']> }) {
  const t = useText();
  const { icpNumber, policeNumber } = china;
  const code = /\d{10,}/.exec(policeNumber)?.[0];
  return (
    <nav aria-label={t(text.registrations)}>
      {icpNumber !== '' && (
        <a href="https://beian.miit.gov.cn/" rel="noopener nofollow">
          {icpNumber}
        </a>
      )}
      {code !== undefined && (
        <a href={`https://beian.mps.gov.cn/#/query/webSearch?code=${code}`} rel="noopener nofollow">
          {policeNumber}
        </a>
      )}
    </nav>
  );
}
