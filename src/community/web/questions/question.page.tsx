import { redirect } from 'react-router';
import { postPath } from '#src/community/contract/addresses.ts';
import { Posted, QuestionPage, VoteStanding } from '#src/community/contract/questions.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { TextField } from '#src/platform/web/public/form-parts.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { Ago, Box, Notice, PageGrid, Tags } from '../site/parts.tsx';
import { AuthorCard } from '../site/people.tsx';
import type { Route } from './+types/question.page.ts';
import { answerStructure } from './answer-structure.ts';
import { ThreadEntry } from './thread-entry.tsx';
import './questions.css';

export const handle = { hydrate: false, cacheSeconds: 5 };

export function meta(args: Route.MetaArgs) {
  const question = args.loaderData?.page.question;
  if (!question) return [];
  return [
    ...titleIn(localeOf(args), question.title),
    { name: 'description', content: question.excerpt },
    { tagName: 'link', rel: 'canonical', href: postPath({ kind: 'question', ...question }) },
  ];
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
  return { page };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = `/questions/${params.id}/${encodeURIComponent(params.slug ?? '')}`;
  const question = `/api/community/questions/${encodeURIComponent(params.id)}`;
  const post = fieldOf(form, 'post');
  const given = { markdown: fieldOf(form, 'markdown') };
  const answer = await formAnswer(
    (async (): Promise<string> => {
      switch (fieldOf(form, 'intent')) {
        case 'answer':
          return `#answer-${(await api.post(`${question}/answers`, given, Posted)).id}`;
        case 'vote':
          await api.put(
            `/api/community/votes/${encodeURIComponent(post)}`,
            { value: Number(fieldOf(form, 'value')) },
            VoteStanding,
          );
          return post === params.id ? '' : `#answer-${post}`;
        case 'accept':
          await api.put(`${question}/accepted`, { answerId: post === '' ? null : Number(post) });
          return post === '' ? '#answers' : `#answer-${post}`;
        default:
          return '';
      }
    })(),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  throw redirect(address + answer.done);
}

export default function QuestionPageView({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  const { question, answers, may, page, pages } = loaderData.page;
  const problem = actionData?.problem;
  const path = postPath({ kind: 'question', ...question });
  return (
    <PageGrid
      aside={
        <>
          <Box>
            <AuthorCard member={question.author} />
          </Box>
          <Box>
            <dl className="com-q-facts">
              <dt>{t(text.asked)}</dt>
              <dd>
                <Ago at={question.publishedAt} />
              </dd>
              {question.editedAt !== null && (
                <>
                  <dt>{t(text.edited)}</dt>
                  <dd>
                    <Ago at={question.editedAt} />
                  </dd>
                </>
              )}
            </dl>
          </Box>
        </>
      }
    >
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: answerStructure(loaderData.page) }}
      />
      <article lang={question.locale}>
        <header className="com-q-head">
          <h1>{question.title}</h1>
          <Tags names={question.tags} />
        </header>
        {problem && <Notice tone="bad">{problem.detail}</Notice>}
        {question.state !== 'published' && <Notice tone="warn">{t(text.isPending)}</Notice>}
        {question.closed && <Notice>{t(text.closedNote)}</Notice>}
        <ThreadEntry post={question} kind="question" path={path} />
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
            accepted={answer.id === question.acceptedAnswerId}
            mayAccept={may.accept && answer.state === 'published'}
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
          <TextField
            label={t(text.yourAnswer)}
            hint={t(text.bodyHint)}
            name="markdown"
            rows={8}
            maxLength={200_000}
            required
            defaultValue={actionData?.given?.['markdown']}
            problem={problem}
          />
          <div className="com-actions">
            <button type="submit" className="com-button">
              {t(text.answerNow)}
            </button>
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
