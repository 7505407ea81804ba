import { countryNameOf } from '#src/community/contract/countries.ts';
import { everywhere } from '#src/community/contract/offerings.ts';
import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';

/** Where a service is offered, as names. */
export function RegionNames({ codes }: { codes: readonly string[] }) {
  const t = useText();
  const locale = useLocale();
  const name = (code: string) => (code === everywhere ? t(text.everywhere) : countryNameOf(code, locale));
  return <span>{codes.map(name).join(', ')}</span>;
}
