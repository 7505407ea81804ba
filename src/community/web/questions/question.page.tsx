import { redirect } from 'react-router';
import { postPath } from '#src/community/contract/addresses.ts';
import { type CloseReason, QuestionPage } from '#src/community/contract/questions.ts';
import { closeReasonText, questionPageText as text } from '#src/community/contract/questions.text.ts';
import { suggestionText } from '#src/community/contract/suggestions.text.ts';
import { runText } from '#src/community/contract/runs.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { useViewer } from '#src/platform/web/viewer.ts';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { brokenOn, runsOf } from '../runs/runs-of.ts';
import { firstPicture } from '../site/first-picture.ts';
import { headOf } from '../site/head.ts';
import { Notice, PageGrid, Tags } from '../site/parts.tsx';
import type { Route } from './+types/question.page.ts';
import { questionData } from './question-data.ts';
import { QuestionAside } from './question-tools.tsx';
import { sendForm } from './send-form.ts';
import { ThreadEntry } from './thread-entry.tsx';
import './questions.css';

export const handle = {
  hydrate: false,
  isKept: true,
  read: (params: Record<string, string>) => `post ${params['id']}`,
};

export function meta(args: Route.MetaArgs) {
  const page = args.loaderData?.page;
  if (!page) return [];
  const { question } = page;
  return headOf(args, {
    title: question.title,
    description: question.excerpt,
    // A duplicate says that what it repeats is the page to find.
    path: postPath({ kind: 'question', ...(question.duplicateOf ?? question) }),
    kind: 'article',
    publishedAt: question.publishedAt,
    author: question.author.name,
    hidden: question.state !== 'published',
    picture: firstPicture(question.html),
    data: () => questionData(page),
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { search } = new URL(request.url);
  const page = await context
    .get(apiContext)
    .get(`/api/community/questions/${encodeURIComponent(params.id)}${search}`, QuestionPage);
  const { question } = page;
  const rightSlug = question.slug === '' ? undefined : question.slug;
  if (request.method === 'GET' && params.slug !== rightSlug)
    throw redirect(postPath({ kind: 'question', ...question }) + search, 301);
  // A duplicate without answers of its own has nothing to read: whoever only reads goes on to what it repeats.
  const { duplicateOf } = question;
  if (duplicateOf && question.answerCount === 0 && !context.get(viewerContext).user)
    throw redirect(postPath({ kind: 'question', ...duplicateOf }), 302);
  return { page, runs: await runsOf(context.get(apiContext), [question, ...page.answers]) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(`/questions/${params.id}`)}`);
  const form = await request.formData();
  const answer = await formAnswer(sendForm(context.get(apiContext), params.id, form));
  if ('refused' in answer)
    return refusedForm(answer.refused, {
      markdown: fieldOf(form, 'markdown'),
      [`comment-${fieldOf(form, 'post')}`]: fieldOf(form, 'comment'),
    });
  throw redirect(`/questions/${params.id}/${encodeURIComponent(params.slug ?? '')}${answer.done}`);
}

export default function QuestionPageView({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  const { runs } = loaderData;
  const { question, answers, may, page, pages } = loaderData.page;
  const brokenMajor = brokenOn(runs.get(question.acceptedAnswerId ?? 0) ?? []);
  const problem = actionData?.problem;
  const given: Record<string, string> = actionData?.given ?? {};
  const path = postPath({ kind: 'question', ...question });
  return (
    <PageGrid aside={<QuestionAside page={loaderData.page} path={path} />}>
      <article lang={question.locale}>
        <header className="com-q-head">
          <h1>{question.title}</h1>
          <Tags names={question.tags} />
        </header>
        {problem && <Notice tone="bad">{problem.detail}</Notice>}
        {question.state !== 'published' && <Notice tone="warn">{t(text.isPending)}</Notice>}
        {question.closed && (
          <Notice>
            {t(text.closedNote)}{' '}
            {question.closed.reason in closeReasonText &&
              t(closeReasonText[question.closed.reason as CloseReason])}
            {question.duplicateOf && (
              <>
                {' '}
                <a href={postPath({ kind: 'question', ...question.duplicateOf })}>
                  {question.duplicateOf.title}
                </a>
              </>
            )}
          </Notice>
        )}
        {brokenMajor !== undefined && (
          <Notice tone="warn">
            {t(runText.followUp(brokenMajor))}{' '}
            <a href={`#answer-${question.acceptedAnswerId}`}>{t(runText.seeResults)}</a>
          </Notice>
        )}
        <ThreadEntry
          post={question}
          kind="question"
          path={path}
          may={may}
          runs={runs.get(question.id)}
          typed={given[`comment-${question.id}`]}
        />
      </article>
      <section id="answers" aria-labelledby="answers-title">
        <h2 id="answers-title" className="com-q-count">
          {t(text.answers(format.number(question.answerCount), question.answerCount))}
        </h2>
        {answers.map((answer) => (
          <ThreadEntry
            key={answer.id}
            post={answer}
            kind="answer"
            path={path}
            may={may}
            typed={given[`comment-${answer.id}`]}
            runs={runs.get(answer.id)}
            accepted={answer.id === question.acceptedAnswerId}
            bounty={question.bounties.find((one) => one.state === 'open' && one.isMine)}
            won={question.bounties
              .filter((one) => one.answerId === answer.id)
              .reduce((sum, { amount }) => sum + amount, 0)}
          />
        ))}
        {pages > 1 && (
          <nav className="com-pager" aria-label={t(text.answerPages)}>
            {page > 1 ? (
              <a href={`${path}?page=${page - 1}#answers`} rel="prev">
                ← {t(text.earlierAnswers)}
              </a>
            ) : (
              <span />
            )}
            {page < pages && (
              <a href={`${path}?page=${page + 1}#answers`} rel="next">
                {t(text.furtherAnswers)} →
              </a>
            )}
          </nav>
        )}
      </section>
      {may.answer && (
        <form method="post" action={path} className="com-form com-q-answer">
          <input type="hidden" name="intent" value="answer" />
          <MarkdownField
            label={t(text.yourAnswer)}
            rows={8}
            defaultValue={given['markdown'] ?? ''}
            problem={problem}
          />
          <div className="com-actions">
            <button type="submit" className="com-button">
              {t(text.answerNow)}
            </button>
            {may.suggest && (
              <a className="com-button" data-kind="quiet" href={`/questions/${question.id}/suggestion`}>
                {t(suggestionText.ask)}
              </a>
            )}
          </div>
        </form>
      )}
      {!user && !question.closed && (
        <p>
          <a className="com-button" href={`/sign-in?back=${encodeURIComponent(path)}`}>
            {t(text.signInToAnswer)}
          </a>
        </p>
      )}
    </PageGrid>
  );
}
