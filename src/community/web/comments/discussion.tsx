import { commentText as text } from '#src/community/contract/comments.text.ts';
import type { PostState } from '#src/community/contract/posts.ts';
import type { Comment } from '#src/community/contract/questions.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { Comments } from './comments.tsx';

type DiscussionProps = {
  post: { id: number; state: PostState; comments: Comment[] };
  kind?: 'post' | 'wish';
  mayFlag?: boolean;
  path: string;
  mayComment: boolean;
  /** Said to those who are signed in and may not: what it takes. */
  otherwise: Text;
  /** What was typed when it was refused. */
  typed: string | undefined;
};

/** What readers say below an article or a wish, with the form, or with what it takes to have one. */
export function Discussion({ otherwise, typed, ...of }: DiscussionProps) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  const { post, path, mayComment } = of;
  const isOpen = post.state === 'published';
  if (!isOpen && post.comments.length === 0) return null;
  return (
    <section id="comments" className="com-comments-below" aria-labelledby="comments-title">
      <h2 id="comments-title">
        {t(text.comments)}
        {post.comments.length > 0 && <span className="com-dim"> {format.number(post.comments.length)}</span>}
      </h2>
      {post.comments.length === 0 && <p className="com-dim">{t(text.none)}</p>}
      <Comments {...of} form={{ isOpen: true, typed }} />
      {isOpen && user === null && (
        <p>
          <a
            className="com-button"
            data-kind="quiet"
            href={`/sign-in?back=${encodeURIComponent(`${path}#comments`)}`}
          >
            {t(text.signIn)}
          </a>
        </p>
      )}
      {isOpen && user !== null && !mayComment && <p className="com-dim">{t(otherwise)}</p>}
    </section>
  );
}
