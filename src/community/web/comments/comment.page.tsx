import { redirect } from 'react-router';
import { CommentSource, WrittenComment } from '#src/community/contract/comments.ts';
import { commentText as text } from '#src/community/contract/comments.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { TextField } from '#src/platform/web/public/form-parts.tsx';
import { Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/comment.page.ts';
import './comments.css';

export const meta = titled(text.comments);

const addressOf = (id: string) => `/api/community/comments/${encodeURIComponent(id)}`;
const isEdit = (request: Request) => new URL(request.url).pathname.endsWith('/edit');

/** `/comments/12/reply` answers a comment, `/comments/12/edit` changes one's own. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(new URL(request.url).pathname)}`);
  const comment = await context.get(apiContext).get(addressOf(params.id), CommentSource);
  // Only the author has words to change; everybody else can answer.
  if (isEdit(request) && comment.markdown === null) throw redirect(`/comments/${comment.id}/reply`);
  return { comment, isEdit: isEdit(request) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const markdown = fieldOf(form, 'comment');
  const { path, post, wish } = await api.get(addressOf(params.id), CommentSource);
  const answer = await formAnswer(
    isEdit(request)
      ? api.patch(addressOf(params.id), { markdown }, WrittenComment)
      : api.post(
          '/api/community/comments',
          { ...(wish === null ? { post } : { wish }), markdown },
          WrittenComment,
        ),
  );
  if ('refused' in answer) return refusedForm(answer.refused, { comment: markdown });
  throw redirect(`${path}#comment-${answer.done.id}`);
}

export default function CommentPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { comment, isEdit: changes } = loaderData;
  const { author } = comment;
  const begin = changes ? (comment.markdown ?? '') : author.handle === null ? '' : `@${author.handle} `;
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: comment.path, label: comment.title }, { label: t(text.comments) }]} />
      <PageHead title={t(changes ? text.editTitle : text.replyTo(author.name))} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {!changes && (
        <blockquote className="com-comments-quoted">
          <PostBody html={comment.html} />
          <MemberLink member={author} />
        </blockquote>
      )}
      <form method="post" className="com-form">
        <TextField
          label={t(text.words)}
          hint={t(text.hint)}
          name="comment"
          rows={5}
          maxLength={4000}
          required
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- who came here came to write
          autoFocus
          defaultValue={actionData?.given['comment'] ?? begin}
          problem={actionData?.problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(changes ? text.save : text.send)}
          </button>
          <a href={`${comment.path}#comment-${comment.id}`}>{t(text.back)}</a>
        </div>
      </form>
    </PageGrid>
  );
}
