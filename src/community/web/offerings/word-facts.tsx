import { languageNameOf } from '#src/community/contract/languages.ts';
import type { Product, Service } from '#src/community/contract/offerings.ts';
import {
  offeringPageText as text,
  productCategoryText,
  serviceHoursText,
  serviceKindText,
} from '#src/community/contract/offerings.text.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { RegionNames } from './region-names.tsx';

/** What a product or service says of itself, as facts; `isWhole` with name and words, for those who review. */
export function WordFacts(props: { product: Product | null; service: Service | null; isWhole?: boolean }) {
  const t = useText();
  const locale = useLocale();
  const { product, service, isWhole } = props;
  const words = product ?? service;
  if (!words) return null;
  return (
    <dl className="com-facts">
      {isWhole && (
        <>
          <dt>{t(text.name)}</dt>
          <dd>
            <bdi>{words.name}</bdi>
          </dd>
          <dt>{t(text.summary)}</dt>
          <dd>
            <bdi>{words.summary}</bdi>
          </dd>
          {words.about !== '' && (
            <>
              <dt>{t(text.about)}</dt>
              <dd>
                <bdi>{words.about}</bdi>
              </dd>
            </>
          )}
        </>
      )}
      {product && (
        <>
          <dt>{t(text.category)}</dt>
          <dd>{t(productCategoryText[product.category])}</dd>
          {product.basedOn !== '' && (
            <>
              <dt>{t(text.basedOnLabel)}</dt>
              <dd>{product.basedOn}</dd>
            </>
          )}
          <dt>{t(text.licence)}</dt>
          <dd>
            <bdi>{product.licence}</bdi>
          </dd>
        </>
      )}
      {service && (
        <>
          <dt>{t(text.kinds)}</dt>
          <dd>{service.kinds.map((kind) => t(serviceKindText[kind])).join(', ')}</dd>
          <dt>{t(text.regions)}</dt>
          <dd>
            <RegionNames codes={service.regions} />
          </dd>
          <dt>{t(text.languages)}</dt>
          <dd>{service.languages.map((code) => languageNameOf(code, locale)).join(', ')}</dd>
          <dt>{t(text.hours)}</dt>
          <dd>{t(serviceHoursText[service.hours])}</dd>
          {service.reference !== '' && (
            <>
              <dt>{t(text.reference)}</dt>
              <dd>
                <bdi>{service.reference}</bdi>
              </dd>
            </>
          )}
        </>
      )}
      {words.website !== '' && (
        <>
          <dt>{t(text.website)}</dt>
          <dd>
            <a href={words.website} rel="ugc nofollow noopener">
              {words.website}
            </a>
          </dd>
        </>
      )}
    </dl>
  );
}
