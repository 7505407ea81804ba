import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { MetaDescriptor } from 'react-router';
import type { Locale, Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { type Format, formatFor } from './format.ts';

const ReaderContext = createContext<{ locale: Locale; timeZone: string }>({ locale: 'en', timeZone: 'UTC' });

/** Tells everything below which language and time zone the reader has. */
export function ReaderProvider(props: { locale: Locale; timeZone: string; children: ReactNode }) {
  const { locale } = props;
  const timeZone = useZone(props.timeZone);
  const value = useMemo(() => ({ locale, timeZone }), [locale, timeZone]);
  return <ReaderContext value={value}>{props.children}</ReaderContext>;
}

// The server knows the zone from the second page on; on the first the browser corrects it after it took over.
function useZone(known: string): string {
  const [zone, setZone] = useState(known);
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone || known), [known]);
  return zone;
}

/** The reader's language and time zone, for a part that is drawn by itself. */
export function useReader(): { locale: Locale; timeZone: string } {
  return useContext(ReaderContext);
}

/** The reader's language. */
export function useLocale(): Locale {
  return useContext(ReaderContext).locale;
}

/** The function that says a text in the reader's language: `t(clusterText.title)`, `t(clusterText.nameTaken(name))`. */
export function useText(): (text: Text) => string {
  const { locale } = useContext(ReaderContext);
  return (text) => text[locale];
}

/** Numbers, sizes, durations and times as the reader writes them. */
export function useFormat(): Format {
  const { locale, timeZone } = useContext(ReaderContext);
  return useMemo(() => formatFor(locale, timeZone), [locale, timeZone]);
}

type MetaArgs = {
  matches: readonly (({ id: string; loaderData?: unknown } & Record<string, unknown>) | undefined)[];
};

/** The language of the page that a `meta` function describes. */
export function localeOf(args: MetaArgs): Locale {
  const root = args.matches.find((match) => match?.id === 'root');
  const data = root?.loaderData as { locale?: Locale } | undefined;
  return data?.locale ?? 'en';
}

/** A page's `meta` export: its title in the reader's language, with the product's name after it. */
export function titled(text: Text): (args: MetaArgs) => MetaDescriptor[] {
  return (args) => titleIn(localeOf(args), text[localeOf(args)]);
}

/** The same for a title that depends on what was loaded. */
export function titleIn(locale: Locale, title: string): MetaDescriptor[] {
  return [{ title: `${title} · ${shellText.product[locale]}` }];
}
