import type { ThreadPost } from '#src/community/contract/questions.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { Ago, Notice } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';

/** A question or an answer: the vote at its side, what it says, who said it, and what is said about it. */
export function ThreadEntry(props: {
  post: ThreadPost;
  kind: 'question' | 'answer';
  /** The page of the question, to which its forms are sent. */
  path: string;
  accepted?: boolean;
  mayAccept?: boolean;
}) {
  const { post, kind, path, accepted = false, mayAccept = false } = props;
  const t = useText();
  return (
    <div
      className="com-q-entry"
      id={kind === 'answer' ? `answer-${post.id}` : undefined}
      data-accepted={accepted ? '' : undefined}
    >
      <div className="com-q-side">
        <Vote post={post} path={path} />
        {accepted && !mayAccept && (
          <span className="com-q-accepted" title={t(text.accepted)}>
            <span aria-hidden="true">✓</span>
            <span className="el-hidden">{t(text.accepted)}</span>
          </span>
        )}
        {mayAccept && (
          <form method="post" action={path}>
            <input type="hidden" name="intent" value="accept" />
            <input type="hidden" name="post" value={accepted ? '' : post.id} />
            <button
              type="submit"
              className="com-q-accepted"
              aria-pressed={accepted}
              title={t(accepted ? text.unaccept : text.accept)}
            >
              <span aria-hidden="true">✓</span>
              <span className="el-hidden">{t(accepted ? text.unaccept : text.accept)}</span>
            </button>
          </form>
        )}
      </div>
      <div className="com-q-body">
        {kind === 'answer' && post.state !== 'published' && <Notice tone="warn">{t(text.isPending)}</Notice>}
        <PostBody html={post.html} />
        <p className="com-meta com-q-by">
          <MemberLink member={post.author} size={24} />
          <span>
            {t(kind === 'question' ? text.asked : text.answered)} <Ago at={post.publishedAt} />
          </span>
          {post.editedAt !== null && (
            <span>
              {t(text.edited)} <Ago at={post.editedAt} />
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

function Vote({ post, path }: { post: ThreadPost; path: string }) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  const mayVote = user !== null && !post.isMine && post.state === 'published';
  return (
    <form method="post" action={path} className="com-q-vote">
      <input type="hidden" name="intent" value="vote" />
      <input type="hidden" name="post" value={post.id} />
      {mayVote && (
        <button
          type="submit"
          name="value"
          value={post.vote === 1 ? 0 : 1}
          aria-pressed={post.vote === 1}
          aria-label={t(text.voteUp)}
          title={t(text.voteUp)}
        >
          ▲
        </button>
      )}
      <output aria-label={t(text.votes(format.number(post.score), post.score))}>
        {format.number(post.score)}
      </output>
      {mayVote && (
        <button
          type="submit"
          name="value"
          value={post.vote === -1 ? 0 : -1}
          aria-pressed={post.vote === -1}
          aria-label={t(text.voteDown)}
          title={t(text.voteDown)}
        >
          ▼
        </button>
      )}
    </form>
  );
}
