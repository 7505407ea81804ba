import { redirect } from 'react-router';
import { z } from 'zod';
import { VotePattern } from '#src/community/contract/vote-patterns.ts';
import { votePatternText as text } from '#src/community/contract/vote-patterns.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Ago, EmptyState } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/patterns.page.ts';
import { ModerationFrame } from './moderation-frame.tsx';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  return {
    patterns: await context.get(apiContext).get('/api/community/vote-patterns', z.array(VotePattern)),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const pattern = encodeURIComponent(fieldOf(form, 'pattern'));
  const answer = await formAnswer(
    context
      .get(apiContext)
      .post(`/api/community/vote-patterns/${pattern}`, { verdict: fieldOf(form, 'verdict') }),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/moderation/patterns');
}

export default function PatternsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  return (
    <ModerationFrame here="/moderation/patterns" title={t(text.title)} lead={t(text.lead)}>
      <Refusal problem={actionData?.problem} />
      {loaderData.patterns.length === 0 && <EmptyState title={t(text.none)} />}
      <ul className="com-plain com-lines">
        {loaderData.patterns.map((one) => (
          <li key={one.id}>
            <MemberLink member={one.giver} /> → <MemberLink member={one.taker} />{' '}
            <span className="com-mark" data-tone="bad">
              {t(text[one.kind])}
            </span>
            <p className="com-meta">
              {one.circleOf !== null && <span>{t(text.circleOf(one.circleOf))}</span>}
              <span>{t(text.figures(one.given, one.givenAll, one.returned))}</span>
              <span>{t(text.points(format.number(one.points)))}</span>
              <Ago at={one.at} />
            </p>
            <form method="post" className="com-actions">
              <input type="hidden" name="pattern" value={one.id} />
              <button type="submit" className="com-button" data-kind="bad" name="verdict" value="agree">
                {t(text.agree)}
              </button>
              <button type="submit" className="com-button" data-kind="quiet" name="verdict" value="decline">
                {t(text.decline)}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </ModerationFrame>
  );
}
