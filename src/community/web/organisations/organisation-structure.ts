import { organisationPath } from '#src/community/contract/addresses.ts';
import type { Organisation } from '#src/community/contract/organisations.ts';

/** An organisation as schema.org has it, ready to stand in a script element. */
export function organisationStructure(organisation: Organisation, origin: string): string {
  const { name, slug, website, country, kind } = organisation;
  const page = origin + organisationPath(slug);
  const structure = {
    '@context': 'https://schema.org',
    '@type':
      kind === 'university'
        ? 'CollegeOrUniversity'
        : kind === 'media-partner'
          ? 'NewsMediaOrganization'
          : 'Organization',
    '@id': page,
    name,
    url: website === '' ? page : website,
    mainEntityOfPage: page,
    ...(country !== '' && { address: { '@type': 'PostalAddress', addressCountry: country } }),
  };
  return JSON.stringify(structure).replaceAll('<', '\\u003c');
}
