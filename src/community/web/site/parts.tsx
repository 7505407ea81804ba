import { type ReactNode, useState } from 'react';
import { tagPath } from '#src/community/contract/addresses.ts';
import { siteText as text } from '#src/community/contract/site.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Herd } from './herd.tsx';

/** A page's main matter with what stands beside it; below it on a phone. */
export function PageGrid({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="com-grid" data-aside={aside ? '' : undefined}>
      <div className="com-col">{children}</div>
      {aside && <aside className="com-aside">{aside}</aside>}
    </div>
  );
}

/** The head of a page: its title, a line about it, and what can be done there. */
export function PageHead(props: { title: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  return (
    <div className="com-head">
      <div>
        <h1>{props.title}</h1>
        {props.lead && <p className="com-lead">{props.lead}</p>}
      </div>
      {props.children && <div className="com-actions">{props.children}</div>}
    </div>
  );
}

/** A titled box: in the aside, or around a part of a page. */
export function Box(props: {
  title?: ReactNode;
  more?: { href: string; label: string };
  children: ReactNode;
}) {
  return (
    <section className="com-box">
      {props.title && (
        <div className="com-boxhead">
          <h2>{props.title}</h2>
          {props.more && <a href={props.more.href}>{props.more.label}</a>}
        </div>
      )}
      {props.children}
    </section>
  );
}

/** Around a table that may be wider than a phone: it scrolls by itself, and a keyboard reaches it. */
export function Wide({ children }: { children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and a keyboard must reach it
    <div className="com-wide" tabIndex={0}>
      {children}
    </div>
  );
}

/** Where a page stands: links from the section down, the page itself last without a link. */
export function Breadcrumb({ steps }: { steps: { href?: string; label: string }[] }) {
  const t = useText();
  return (
    <nav className="com-crumbs" aria-label={t(text.breadcrumb)}>
      <ol>
        {steps.map((step) => (
          <li key={step.label}>
            {step.href === undefined ? (
              <span aria-current="page">{step.label}</span>
            ) : (
              <a href={step.href}>{step.label}</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Views of one list as links; the one shown has `current`. */
export function Tabs(props: {
  label: string;
  tabs: { href: string; label: string; count?: number; current: boolean }[];
}) {
  const format = useFormat();
  return (
    <nav className="com-tabs" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label}
          {tab.count !== undefined && <span className="com-count">{format.number(tab.count)}</span>}
        </a>
      ))}
    </nav>
  );
}

/** Links through a list that is read by cursors; absent when there is one page only. */
export function Pager({ next, first }: { next: string | null; first?: string | null }) {
  const t = useText();
  if (next === null && !first) return null;
  return (
    <nav className="com-pager" aria-label={t(text.pages)}>
      {first ? (
        <a href={first} rel="first">
          {t(text.firstPage)}
        </a>
      ) : (
        <span />
      )}
      {next !== null && (
        <a className="com-button" data-kind="quiet" href={next} rel="next">
          {t(text.nextPage)} →
        </a>
      )}
    </nav>
  );
}

/** One subject. */
export function TagChip({ name, count }: { name: string; count?: number }) {
  const format = useFormat();
  return (
    <a className="com-tag" href={tagPath(name)} rel="tag">
      <bdi>{name}</bdi>
      {count !== undefined && <span className="com-count">{format.number(count)}</span>}
    </a>
  );
}

/** Several subjects in a row. */
export function Tags({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <ul className="com-tags">
      {names.map((name) => (
        <li key={name}>
          <TagChip name={name} />
        </li>
      ))}
    </ul>
  );
}

/** What stands where nothing is yet: why, and what to do about it. */
export function EmptyState(props: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="com-empty">
      <Herd />
      <p>{props.title}</p>
      {props.hint && <p className="com-dim">{props.hint}</p>}
      {props.children && <div className="com-actions">{props.children}</div>}
    </div>
  );
}

/** A sentence that must be seen: what went wrong (`bad`), what was done (`good`), what to know. */
export function Notice({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'good' | 'warn' | 'bad';
  children: ReactNode;
}) {
  return (
    <div className="com-notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** One figure with its name; with `href` it leads to the rows it counts, which stand below when it is `current`. */
export function Stat(props: { value: number | string; label: string; href?: string; current?: boolean }) {
  const { value, label, href, current } = props;
  const format = useFormat();
  const inside = (
    <>
      <b>{typeof value === 'number' ? format.number(value) : value}</b>
      <span>{label}</span>
    </>
  );
  return href === undefined ? (
    <div className="com-stat">{inside}</div>
  ) : (
    <a className="com-stat" href={href} aria-current={current ? 'true' : undefined}>
      {inside}
    </a>
  );
}

/** How long ago; the full time in the reader's zone on hover and for machines. */
export function Ago({ at }: { at: string }) {
  const format = useFormat();
  const [now] = useState(() => Date.now());
  return (
    <time dateTime={at} title={format.fullTime(at)}>
      {format.ago(at, now)}
    </time>
  );
}
