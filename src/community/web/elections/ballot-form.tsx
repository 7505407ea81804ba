import type { Election } from '#src/community/contract/elections.ts';
import { electionPageText as text } from '#src/community/contract/elections.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Field, TickField } from '#src/platform/web/public/form-parts.tsx';
import { Box, Notice } from '../site/parts.tsx';

/** The ballot of a voter, as its method wants it marked; why there is none for everybody else. */
export function BallotForm({ election }: { election: Election }) {
  const t = useText();
  const format = useFormat();
  const { viewer, candidates, method, maxScore } = election;
  if (!viewer.isEligible) return <Notice>{t(text.notEligible)}</Notice>;
  if (viewer.hasVoted) return <Notice tone="good">{t(text.hasVoted)}</Notice>;
  const hints = {
    approval: text.approvalHint,
    score: text.scoreHint(format.number(maxScore)),
    stv: text.stvHint,
  };
  return (
    <Box title={t(text.ballot)}>
      <form method="post" className="com-form">
        <p>{t(hints[method])}</p>
        {candidates.map(({ number, member }) =>
          method === 'approval' ? (
            <TickField key={number} label={member.name} name={`c${number}`} />
          ) : (
            <Field
              key={number}
              label={member.name}
              name={`c${number}`}
              type="number"
              min={method === 'score' ? 0 : 1}
              max={method === 'score' ? maxScore : candidates.length}
            />
          ),
        )}
        <p className="com-dim">{t(text.castOnce)}</p>
        <div className="com-actions">
          <button type="submit" className="com-button" name="intent" value="cast">
            {t(text.cast)}
          </button>
        </div>
      </form>
    </Box>
  );
}
