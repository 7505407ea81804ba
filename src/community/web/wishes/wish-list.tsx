import { wishPath } from '#src/community/contract/addresses.ts';
import type { WishSummary } from '#src/community/contract/wishes.ts';
import { industryText } from '#src/community/contract/industries.text.ts';
import { siteText } from '#src/community/contract/site.text.ts';
import { wishPageText as text, wishStateText } from '#src/community/contract/wishes.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Ago } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';

/** Hundredths as a person reads them. */
export const asWeight = (hundredths: number) => hundredths / 100;

/** In which tone a state is shown. */
const toneOf: Readonly<Record<string, string>> = {
  open: 'idle',
  planned: 'busy',
  started: 'busy',
  delivered: 'good',
  declined: 'bad',
  pending: 'warn',
};

export function WishState({
  wish,
}: {
  wish: Pick<WishSummary, 'state' | 'isPrivate' | 'isExcellent' | 'trueOn'>;
}) {
  const t = useText();
  return (
    <>
      <span className="com-mark" data-tone={toneOf[wish.state]}>
        {t(wishStateText[wish.state])}
      </span>
      {wish.trueOn !== null && (
        <span className="com-mark" data-tone="good">
          ✓ {t(text.trueOn(wish.trueOn))}
        </span>
      )}
      {wish.isPrivate && (
        <span className="com-mark" data-tone="warn">
          {t(text.private)}
        </span>
      )}
      {wish.isExcellent && (
        <span className="com-mark" data-tone="good">
          {t(text.excellent)}
        </span>
      )}
    </>
  );
}

/** Votes as they are, and as they weigh: both are shown wherever one is. */
export function WishSums({ wish }: { wish: Pick<WishSummary, 'votes' | 'mustVotes' | 'weight'> }) {
  const t = useText();
  const format = useFormat();
  return (
    <p className="com-wish-sums">
      <strong>{t(text.votes(wish.votes, format.number(wish.votes)))}</strong>
      <span>{t(text.mustVotes(format.number(wish.mustVotes)))}</span>
      <span>{t(text.weight(format.number(asWeight(wish.weight))))}</span>
    </p>
  );
}

export function WishList({ wishes }: { wishes: readonly WishSummary[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className="com-wishes">
      {wishes.map((wish) => (
        <li key={wish.id}>
          <article className="com-wish" lang={wish.locale}>
            <WishSums wish={wish} />
            <div>
              <h3>
                <a href={wishPath(wish)}>{wish.title}</a>
              </h3>
              <p className="com-excerpt">{wish.problem}</p>
              <p className="com-meta">
                <WishState wish={wish} />
                <span>{t(industryText[wish.industry])}</span>
                <MemberLink member={wish.author} />
                <Ago at={wish.createdAt} />
                {wish.commentCount > 0 && <span>{t(siteText.comments(wish.commentCount))}</span>}
                {wish.dueOn !== null && <span>{t(text.due(format.date(wish.dueOn)))}</span>}
              </p>
            </div>
          </article>
        </li>
      ))}
    </ul>
  );
}
