import { redirect } from 'react-router';
import { z } from 'zod';
import { DraftSummary } from '#src/community/contract/drafts.ts';
import { draftText as text } from '#src/community/contract/drafts.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf } from '#src/platform/web/public/form-answer.ts';
import { Ago, EmptyState, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/drafts.page.ts';

export const meta = titled(text.drafts);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/drafts');
  return context.get(apiContext).get('/api/community/drafts', z.array(DraftSummary));
}

export async function action({ context, request }: Route.ActionArgs) {
  const target = fieldOf(await request.formData(), 'drop');
  await context.get(apiContext).delete(`/api/community/drafts/${encodeURIComponent(target)}`);
  throw redirect('/drafts');
}

export default function DraftsPage({ loaderData: drafts }: Route.ComponentProps) {
  const t = useText();
  if (drafts.length === 0)
    return (
      <>
        <PageHead title={t(text.drafts)} lead={t(text.lead)} />
        <EmptyState title={t(text.none)} />
      </>
    );
  return (
    <>
      <PageHead title={t(text.drafts)} lead={t(text.lead)} />
      <ul className="com-posts">
        {drafts.map((draft) => (
          <li key={draft.target}>
            <article className="com-post">
              <h3>
                <a href={pageOf(draft)}>{draft.title || t(text.untitled)}</a>{' '}
                <span className="com-mark" data-tone="idle">
                  {t(kindOf(draft.target))}
                </span>
              </h3>
              <p className="com-excerpt">{draft.excerpt}</p>
              <form method="post" className="com-meta">
                <Ago at={draft.savedAt} />
                <a href={pageOf(draft)}>{t(text.goOn)}</a>
                <button
                  type="submit"
                  name="drop"
                  value={draft.target}
                  className="com-button"
                  data-kind="link"
                >
                  {t(text.drop)}
                </button>
              </form>
            </article>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where a draft is gone on with. */
function pageOf({ target, postKind }: DraftSummary): string {
  const [kind, id] = target.split('-');
  if (kind === 'article') return '/articles/write';
  if (kind === 'question') return '/questions/ask';
  return kind === 'answer' ? `/questions/${id}` : `/${postKind ?? 'article'}s/${id}/edit`;
}

function kindOf(target: string) {
  if (target === 'article') return text.newArticle;
  if (target === 'question') return text.newQuestion;
  return target.startsWith('answer') ? text.answer : text.change;
}
