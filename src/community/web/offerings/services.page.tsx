import { offeringPath, organisationPath } from '#src/community/contract/addresses.ts';
import { listCountries } from '#src/community/contract/countries.ts';
import { languageNameOf } from '#src/community/contract/languages.ts';
import {
  ListedService,
  serviceKinds,
  ServiceQuery,
  spokenLanguages,
} from '#src/community/contract/offerings.ts';
import {
  offeringPageText as text,
  serviceHoursText,
  serviceKindText,
} from '#src/community/contract/offerings.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField } from '#src/platform/web/public/form-parts.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { listHead } from '../site/head.ts';
import { EmptyState, PageGrid, PageHead, Pager } from '../site/parts.tsx';
import type { Route } from './+types/services.page.ts';
import { RegionNames } from './region-names.tsx';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.services, '/services');

export async function loader({ context, request }: Route.LoaderArgs) {
  // An empty choice is sent, too: it means any.
  const asked = [...new URL(request.url).searchParams].filter(([, value]) => value !== '');
  const { region, language, kind, cursor } = ServiceQuery.safeParse(Object.fromEntries(asked)).data ?? {};
  const filter = { region, language, kind };
  const address = addressWith('/api/community/offerings/services', { ...filter, cursor, limit: '30' });
  const list = await context.get(apiContext).get(address, page(ListedService));
  return { list, filter, isFirst: cursor === undefined };
}

export default function ServicesPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const { list, filter, isFirst } = loaderData;
  const choice = (name: keyof typeof filter, label: string, options: { value: string; words: string }[]) => (
    <ChoiceField label={label} name={name} defaultValue={filter[name] ?? ''}>
      <option value="">{t(text.any)}</option>
      {options.map(({ value, words }) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </ChoiceField>
  );
  return (
    <PageGrid>
      <PageHead title={t(text.services)} lead={t(text.servicesLead)} />
      <form className="com-form com-row" role="search">
        {choice(
          'region',
          t(text.region),
          listCountries(locale).map(({ code, name }) => ({ value: code, words: name })),
        )}
        {choice(
          'language',
          t(text.language),
          spokenLanguages.map((one) => ({ value: one, words: languageNameOf(one, locale) })),
        )}
        {choice(
          'kind',
          t(text.kinds),
          serviceKinds.map((one) => ({ value: one, words: t(serviceKindText[one]) })),
        )}
        <button type="submit" className="com-button">
          {t(text.filter)}
        </button>
      </form>
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)} />
      ) : (
        <ul className="com-plain com-lines">
          {list.items.map((one) => (
            <li key={one.id}>
              <h2>
                <a href={offeringPath({ kind: 'service', id: one.id })}>
                  <bdi>{one.name}</bdi>
                </a>
              </h2>
              <p>{one.summary}</p>
              <p className="com-meta">
                {one.kinds.map((kind) => (
                  <span key={kind} className="com-mark" data-tone="idle">
                    {t(serviceKindText[kind])}
                  </span>
                ))}
                <RegionNames codes={one.regions} />
                <span>{one.languages.map((code) => languageNameOf(code, locale)).join(', ')}</span>
                <span>{t(serviceHoursText[one.hours])}</span>
                <a href={organisationPath(one.organisation.slug)}>
                  <bdi>{one.organisation.name}</bdi>
                </a>
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager
        next={
          list.nextCursor === null ? null : addressWith('/services', { ...filter, cursor: list.nextCursor })
        }
        first={isFirst ? null : addressWith('/services', filter)}
      />
    </PageGrid>
  );
}
