import type { Chapter } from '#src/community/contract/chapters.ts';

/** A chapter as schema.org has it, ready to stand in a script element. */
export function chapterStructure(chapter: Chapter, origin: string): string {
  const { name, slug, website, country, city } = chapter;
  const page = `${origin}/chapters/${slug}`;
  const structure = {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    '@id': page,
    name,
    url: website === '' ? page : website,
    address: {
      '@type': 'PostalAddress',
      addressCountry: country,
      ...(city !== '' && { addressLocality: city }),
    },
  };
  // Inside a script nothing may look like its end.
  return JSON.stringify(structure).replaceAll('<', '\\u003c');
}
