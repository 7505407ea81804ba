import type { ListedProduct, ListedService } from '#src/community/contract/offerings.ts';
import { productCategoryText } from '#src/community/contract/offerings.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Box } from '../site/parts.tsx';

/** What an organisation offers, on its page; absent when it offers none of this kind. */
export function OfferingLinks(props: {
  title: string;
  kind: 'product' | 'service';
  offered: readonly (ListedProduct | ListedService)[];
}) {
  const t = useText();
  if (props.offered.length === 0) return null;
  return (
    <Box title={props.title}>
      <ul className="com-plain com-lines">
        {props.offered.map((one) => (
          <li key={one.id}>
            <a href={`/${props.kind}s/${one.id}`}>
              <bdi>{one.name}</bdi>
            </a>{' '}
            <span className="com-dim">{one.summary}</span>
            {'category' in one && (
              <p className="com-meta">
                <span>{t(productCategoryText[one.category])}</span>
                {one.basedOn !== '' && <span>PostgreSQL {one.basedOn}</span>}
                <bdi>{one.licence}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Box>
  );
}
