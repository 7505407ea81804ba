import { redirect } from 'react-router';
import { committeePath, coreApplicationPath } from '#src/community/contract/addresses.ts';
import { CoreApplication, coreQuestions, voteChoices } from '#src/community/contract/core-applications.ts';
import {
  applicationPageText as text,
  coreQuestionText,
} from '#src/community/contract/core-applications.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { Box, Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { AuthorCard, MemberLink } from '../site/people.tsx';
import type { Route } from './+types/application.page.ts';
import { StateMark } from './applications.page.tsx';
import './application.css';

export const handle = { hydrate: false };
export const meta = titled(text.listTitle);

const addressOf = (id: string) => `/api/community/core-applications/${encodeURIComponent(id)}`;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { one: await context.get(apiContext).get(addressOf(params.application), CoreApplication) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = addressOf(params.application);
  const intent = fieldOf(form, 'intent');
  const work =
    intent === 'withdraw'
      ? api.post(`${address}/withdraw`)
      : api.put(`${address}/vote`, { choice: intent, note: fieldOf(form, 'note') });
  const answer = await formAnswer(work);
  return 'refused' in answer
    ? refusedForm(answer.refused, { note: fieldOf(form, 'note') })
    : redirect(coreApplicationPath(Number(params.application)));
}

export default function ApplicationPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { one } = loaderData;
  const { committee, applicant, state, viewer } = one;
  return (
    <PageGrid aside={<Votes one={one} />}>
      <Breadcrumb
        steps={[
          { href: committeePath(committee.slug), label: committee.name },
          { label: t(text.applicationOf(applicant.name)) },
        ]}
      />
      <PageHead title={t(text.applicationOf(applicant.name))} />
      <AuthorCard member={applicant} />
      <p className="com-meta">
        <StateMark state={state} />
        {state === 'open' && <span>{t(text.votesUntil(format.date(one.votesUntil)))}</span>}
      </p>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <dl className="com-answers">
        {coreQuestions.map((question) => (
          <div key={question}>
            <dt>{t(coreQuestionText[question])}</dt>
            <dd>
              <bdi>{one.answers[question]}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {viewer.mayVote && <VoteForm one={one} />}
      {one.isOwn && state === 'open' && (
        <form method="post" className="com-actions">
          <button type="submit" className="com-button" data-kind="bad" name="intent" value="withdraw">
            {t(text.withdraw)}
          </button>
        </form>
      )}
    </PageGrid>
  );
}

function VoteForm({ one }: { one: CoreApplication }) {
  const t = useText();
  const { choice } = one.viewer;
  return (
    <Box title={t(text.yourVote)}>
      <form method="post" className="com-form">
        <Field label={t(text.note)} name="note" maxLength={500} />
        <div className="com-actions">
          {voteChoices.map((each) => (
            <button
              key={each}
              type="submit"
              className="com-button"
              data-kind={each === 'yes' ? undefined : 'quiet'}
              aria-pressed={choice === each}
              name="intent"
              value={each}
            >
              {t(text[each])}
              {choice === each && ' ✓'}
            </button>
          ))}
        </div>
      </form>
    </Box>
  );
}

function Votes({ one: { votes, electors } }: { one: CoreApplication }) {
  const t = useText();
  const format = useFormat();
  return (
    <Box title={t(text.votes)}>
      {votes && (
        <>
          <p>{t(text.votesOf(format.number(votes.length), format.number(electors)))}</p>
          <ul className="com-plain">
            {votes.map(({ member, choice, note, at }) => (
              <li key={at + (member.handle ?? '')}>
                <MemberLink member={member} /> <strong>{t(text[choice])}</strong>
                {note !== '' && (
                  <p className="com-dim">
                    <bdi>{note}</bdi>
                  </p>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="com-dim">{t(text.rule)}</p>
    </Box>
  );
}
