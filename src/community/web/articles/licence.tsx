import { articleText as text } from '#src/community/contract/articles.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** The name of a licence as people write it. */
export function licenceName(licence: string, t: (words: Text) => string): string {
  if (licence === 'all-rights-reserved') return t(text.allRightsReserved);
  return licence.startsWith('CC') ? licence.replace(/^CC-?/, 'CC ').replace(/-(\d)/, ' $1') : licence;
}

const creative = /^CC-(BY(?:-[A-Z]{2})*)-(\d\.\d)$/;

/** A licence with a link to its words, where it has any. */
export function Licence({ name }: { name: string }) {
  const t = useText();
  const [, terms, version] = creative.exec(name) ?? [];
  const href =
    terms !== undefined
      ? `https://creativecommons.org/licenses/${terms.toLowerCase()}/${version}/`
      : name === 'CC0-1.0'
        ? 'https://creativecommons.org/publicdomain/zero/1.0/'
        : name === 'PostgreSQL'
          ? 'https://www.postgresql.org/about/licence/'
          : undefined;
  const words = licenceName(name, t);
  return href === undefined ? (
    <span>{words}</span>
  ) : (
    <a href={href} rel="license noopener">
      {words}
    </a>
  );
}
