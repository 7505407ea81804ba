import { wishPath } from '#src/community/contract/addresses.ts';
import { wishVoteText } from '#src/community/contract/wish-votes.text.ts';
import type { Wish } from '#src/community/contract/wishes.ts';
import { wishPageText as text } from '#src/community/contract/wishes.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { asWeight, WishSums } from './wish-list.tsx';

/** The votes of a wish, what a vote weighs, and the form of those who may vote. */
export function VoteBox({ wish, isSignedIn }: { wish: Wish; isSignedIn: boolean }) {
  const t = useText();
  const format = useFormat();
  const { terms, viewer } = wish;
  return (
    <section className="com-wish-vote" aria-label={t(text.voteTitle)}>
      <WishSums wish={wish} />
      {viewer.mayVote && (
        <form method="post" action={wishPath(wish)} className="com-form">
          <input type="hidden" name="intent" value="vote" />
          <div className="com-actions">
            {(['must', 'nice'] as const).map((strength) => (
              <button
                key={strength}
                type="submit"
                name="strength"
                value={strength}
                className="com-button"
                data-kind={viewer.vote === strength ? undefined : 'quiet'}
                aria-pressed={viewer.vote === strength}
                disabled={viewer.vote === null && viewer.votesLeft === 0}
              >
                {t(strength === 'must' ? text.voteMust : text.voteNice)}
              </button>
            ))}
            {viewer.vote !== null && (
              <button type="submit" name="strength" value="" className="com-button" data-kind="link">
                {t(text.takeBack)}
              </button>
            )}
          </div>
          <p className="com-dim">
            {t(text.votesLeft(viewer.votesLeft))} {t(text.votesReturn)}
          </p>
        </form>
      )}
      {!isSignedIn && (
        <p>
          <a href={`/sign-in?back=${encodeURIComponent(wishPath(wish))}`}>{t(text.signInToVote)}</a>
        </p>
      )}
      <details>
        <summary>{t(text.formulaTitle)}</summary>
        <p className="com-dim">
          {t(
            wishVoteText.formula({
              must: format.number(asWeight(terms.must)),
              nice: format.number(asWeight(terms.nice)),
              level: terms.perLevel,
              organisation: terms.atOrganisation,
              tier: terms.perTier,
              use: terms.verifiedUse,
            }),
          )}
        </p>
      </details>
    </section>
  );
}
