import { redirect } from 'react-router';
import { z } from 'zod';
import { MvpArchive, mvpKinds } from '#src/community/contract/mvp.ts';
import { mvpPageText as text } from '#src/community/contract/mvp.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, Refusal, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Box, EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/archive.page.ts';
import { PhaseMark } from './phase-mark.tsx';

export const meta = titled(text.title);

export const loader = ({ context }: Route.LoaderArgs) =>
  context.get(apiContext).get('/api/community/mvp', MvpArchive);

const names = ['kind', 'year', 'winners', 'nominateUntil', 'scoreUntil', 'jury'] as const;

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given: Record<string, string> = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const answer = await formAnswer(
    context.get(apiContext).post(
      '/api/community/mvp',
      {
        kind: given['kind'],
        year: Number(given['year']),
        winners: Number(given['winners']),
        nominateUntil: `${given['nominateUntil']}:00Z`,
        scoreUntil: `${given['scoreUntil']}:00Z`,
        jury: (given['jury'] ?? '').split(/[\s,，]+/).filter((one) => one !== ''),
      },
      z.object({ id: z.number() }),
    ),
  );
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(`/mvp/${answer.done.id}`);
}

export default function ArchivePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {loaderData.rounds.length === 0 && <EmptyState title={t(text.none)} />}
      <ul className="com-plain com-lines">
        {loaderData.rounds.map((round) => (
          <li key={round.id}>
            <h2>
              <a href={`/mvp/${round.id}`}>
                {round.year} · {t(text[round.kind])}
              </a>
            </h2>
            <p>
              <PhaseMark round={round} />
            </p>
            {round.winnersAre.length > 0 && (
              <p className="com-meta">
                {round.winnersAre.map((member) => (
                  <MemberLink key={member.handle ?? member.name} member={member} />
                ))}
              </p>
            )}
          </li>
        ))}
      </ul>
      <Refusal problem={actionData?.problem} />
      {loaderData.mayRun && <OpenForm given={actionData?.given ?? {}} problem={actionData?.problem} />}
    </PageGrid>
  );
}

function OpenForm(props: { given: Record<string, string>; problem: Problem | null | undefined }) {
  const t = useText();
  const { given, problem } = props;
  const field = (name: (typeof names)[number]) => ({ name, defaultValue: given[name], problem });
  return (
    <Box title={t(text.open)}>
      <form method="post" className="com-form">
        <ChoiceField label={t(text.kind)} {...field('kind')}>
          {mvpKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(text[kind])}
            </option>
          ))}
        </ChoiceField>
        <Field label={t(text.year)} {...field('year')} type="number" min={2000} max={2100} required />
        <Field label={t(text.winners)} {...field('winners')} type="number" min={1} max={100} required />
        <Field label={t(text.nominateUntil)} {...field('nominateUntil')} type="datetime-local" required />
        <Field label={t(text.scoreUntil)} {...field('scoreUntil')} type="datetime-local" required />
        <TextField label={t(text.juryField)} {...field('jury')} rows={5} required />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.open)}
          </button>
        </div>
      </form>
    </Box>
  );
}
