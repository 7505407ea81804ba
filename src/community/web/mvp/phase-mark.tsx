import type { MvpRound } from '#src/community/contract/mvp.ts';
import { mvpPageText as text } from '#src/community/contract/mvp.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';

/** Where a round stands, as a word with its colour, and until when. */
export function PhaseMark({ round }: { round: MvpRound }) {
  const t = useText();
  const format = useFormat();
  const ends = {
    nominating: round.nominateUntil,
    scoring: round.scoreUntil,
    counting: null,
    published: null,
  };
  const end = ends[round.phase];
  return (
    <>
      <span className="com-mark" data-tone={round.phase === 'published' ? 'good' : 'busy'}>
        {t(text[round.phase])}
      </span>
      {end !== null && (
        <span className="com-dim">
          {' '}
          {t(text.until)} {format.dateTime(end)}
        </span>
      )}
    </>
  );
}
