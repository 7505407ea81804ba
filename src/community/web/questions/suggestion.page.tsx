import { redirect } from 'react-router';
import { postPath } from '#src/community/contract/addresses.ts';
import { questionPageText } from '#src/community/contract/questions.text.ts';
import { Suggestion, SuggestionPage } from '#src/community/contract/suggestions.ts';
import { suggestionText as text } from '#src/community/contract/suggestions.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { Box, Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/suggestion.page.ts';
import './questions.css';

export const handle = { hydrate: false };
export const meta = titled(text.title);

const address = (id: string) => `/api/community/suggestions/${encodeURIComponent(id)}`;

export async function loader({ context, params }: Route.LoaderArgs) {
  return context.get(apiContext).get(address(params.id), SuggestionPage);
}

export async function action({ context, params }: Route.ActionArgs) {
  const answer = await formAnswer(context.get(apiContext).post(address(params.id), undefined, Suggestion));
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect(`/questions/${encodeURIComponent(params.id)}/suggestion`);
}

export default function SuggestedAnswerPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { question, suggestion } = loaderData;
  const path = postPath({ kind: 'question', ...question });
  return (
    <PageGrid aside={suggestion && <Sources suggestion={suggestion} />}>
      <Breadcrumb
        steps={[
          { href: '/questions', label: t(questionPageText.title) },
          { href: path, label: question.title },
          { label: t(text.title) },
        ]}
      />
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <Refusal problem={actionData?.problem} />
      {suggestion && <Draft suggestion={suggestion} path={path} />}
      <form method="post" className="com-form">
        <p className="com-dim">{t(text.sent)}</p>
        <div className="com-actions">
          <button type="submit" className="com-button" data-kind={suggestion ? 'quiet' : undefined}>
            {t(suggestion ? text.askAgain : text.ask)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}

/** What the model wrote, and the form in which its reader makes it their own answer. */
function Draft({ suggestion, path }: { suggestion: Suggestion; path: string }) {
  const t = useText();
  const format = useFormat();
  return (
    <>
      <section aria-label={t(text.title)}>
        <p>
          <span className="com-mark" data-tone="idle">
            {t(text.madeBy(suggestion.model))}
          </span>
        </p>
        {suggestion.dropped > 0 && (
          <Notice tone="warn">{t(text.dropped(format.number(suggestion.dropped)))}</Notice>
        )}
        <PostBody html={suggestion.html} />
      </section>
      <form method="post" action={path} className="com-form com-q-answer">
        <input type="hidden" name="intent" value="answer" />
        <MarkdownField label={t(text.edit)} rows={14} defaultValue={suggestion.markdown} />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.publish)}
          </button>
        </div>
      </form>
    </>
  );
}

function Sources({ suggestion }: { suggestion: Suggestion }) {
  const t = useText();
  return (
    <Box title={t(text.sources)}>
      <ul className="com-plain">
        {suggestion.sources.map((source) => (
          <li key={`${source.kind}:${source.id}`}>
            <a href={source.path}>
              {t(source.kind === 'faq' ? text.entry : text.answer)} {source.id}
            </a>{' '}
            <bdi>{source.title}</bdi>
          </li>
        ))}
      </ul>
    </Box>
  );
}
