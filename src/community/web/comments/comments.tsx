import { commentText as text } from '#src/community/contract/comments.text.ts';
import type { PostState } from '#src/community/contract/posts.ts';
import type { Comment } from '#src/community/contract/questions.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { FlagLink } from '../site/flag-link.tsx';
import { Ago } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import './comments.css';

type CommentsProps = {
  post: { id: number; state: PostState; comments: Comment[] };
  /** Below what they stand. */
  kind?: 'post' | 'wish';
  /** Between those whom a private wish names nobody calls reviewers. */
  mayFlag?: boolean;
  /** The page on which they stand, to which its forms are sent. */
  path: string;
  mayComment: boolean;
  /** The form stands open, and with what was typed when it was refused. */
  form?: { isOpen: boolean; typed?: string | undefined };
};

/** What is said below a post or a wish, and the form to say something. */
export function Comments(props: CommentsProps) {
  const { post, kind = 'post', mayFlag = true, path, mayComment, form = { isOpen: false } } = props;
  const t = useText();
  const mayAdd = mayComment && post.state === 'published';
  if (post.comments.length === 0 && !mayAdd) return null;
  const fields = (
    <form method="post" action={path} className="com-form">
      <input type="hidden" name="intent" value="comment" />
      <input type="hidden" name={kind} value={post.id} />
      <label>
        <span className="el-hidden">{t(text.add)}</span>
        <textarea name="comment" rows={3} maxLength={4000} required defaultValue={form.typed} />
      </label>
      <button type="submit" className="com-button" data-kind="quiet">
        {t(text.send)}
      </button>
    </form>
  );
  return (
    <div className="com-comments">
      {post.comments.length > 0 && (
        <ul aria-label={t(text.comments)}>
          {post.comments.map((comment) => (
            <li key={comment.id} id={`comment-${comment.id}`}>
              <CommentLine comment={comment} path={path} mayReply={mayAdd} mayFlag={mayFlag} />
            </li>
          ))}
        </ul>
      )}
      {mayAdd && form.isOpen && fields}
      {mayAdd && !form.isOpen && (
        <details open={form.typed === undefined ? undefined : true}>
          <summary>{t(text.add)}</summary>
          {fields}
        </details>
      )}
    </div>
  );
}

function CommentLine(props: { comment: Comment; path: string; mayReply: boolean; mayFlag: boolean }) {
  const { comment, path, mayReply, mayFlag } = props;
  const t = useText();
  const { id, isMine } = comment;
  const isPublic = comment.state === 'published';
  return (
    <>
      <PostBody html={comment.html} />
      <span className="com-meta">
        <MemberLink member={comment.author} />
        <Ago at={comment.createdAt} />
        {comment.editedAt !== null && (
          <span>
            {t(text.edited)} <Ago at={comment.editedAt} />
          </span>
        )}
        {!isPublic && <span className="com-mark">{t(text.waits)}</span>}
        {mayReply && !isMine && isPublic && (
          <a className="com-quiet" href={`/comments/${id}/reply`} rel="nofollow">
            {t(text.reply)}
          </a>
        )}
        {isMine && (
          <>
            <a className="com-quiet" href={`/comments/${id}/edit`}>
              {t(text.edit)}
            </a>
            <form method="post" action={path}>
              <input type="hidden" name="intent" value="remove-comment" />
              <input type="hidden" name="comment" value={id} />
              <button type="submit" className="com-button" data-kind="link">
                {t(text.remove)}
              </button>
            </form>
          </>
        )}
        {!isMine && isPublic && mayFlag && (
          <FlagLink subject={`comment:${id}`} back={`${path}#comment-${id}`} />
        )}
      </span>
    </>
  );
}
