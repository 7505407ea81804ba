import type { Locale } from '#src/platform/contract/i18n.ts';

/** Every country and region that has a code of two letters, as CLDR and ISO 3166 name them. */
export const countryCodes = (
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN ' +
  'CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ' +
  'ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ' +
  'ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB ' +
  'SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS ' +
  'XK YE ZA ZM ZW'
).split(' ');

const names = new Map<Locale, Intl.DisplayNames>();

/** The name of a country in a language; what is no code stands as it is. */
export function countryNameOf(code: string, locale: Locale): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const known = names.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region' });
  names.set(locale, known);
  return known.of(code) ?? code;
}

/** Codes with names in a language, by name. */
export function listCountries(locale: Locale): { code: string; name: string }[] {
  return countryCodes
    .map((code) => ({ code, name: countryNameOf(code, locale) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
}
