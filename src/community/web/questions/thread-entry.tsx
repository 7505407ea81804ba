import type { QuestionPage, ThreadPost } from '#src/community/contract/questions.ts';
import type { RunBlock } from '#src/community/contract/runs.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { suggestionText } from '#src/community/contract/suggestions.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { keepPart } from '#src/platform/web/public/kept-part.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { Comments } from '../comments/comments.tsx';
import { FlagLink } from '../site/flag-link.tsx';
import { Ago, Notice } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';

type EntryProps = {
  post: ThreadPost;
  kind: 'question' | 'answer';
  /** The page of the question, to which its forms are sent. */
  path: string;
  may: QuestionPage['may'];
  /** What its blocks of SQL gave. */
  runs?: readonly RunBlock[] | undefined;
  accepted?: boolean;
  /** An open bounty of the reader, which this answer may be given. */
  bounty?: { id: number; amount: number } | undefined;
  /** What a bounty brought this answer. */
  won?: number;
  /** A comment on this post that was refused. */
  typed?: string | undefined;
};

/** A question or an answer: the vote at its side, what it says, who said it, and what is said about it. */
export function ThreadEntry(props: EntryProps) {
  const { post, kind, path, may, runs, accepted = false, bounty, won = 0, typed } = props;
  const { user } = useViewer();
  const isPublic = post.state === 'published';
  const given: Given = {
    post,
    kind,
    path,
    runs,
    accepted,
    won,
    typed,
    bounty: bounty && isPublic && !post.isMine ? bounty : undefined,
    mayVote: user !== null && !post.isMine && isPublic,
    mayAccept: kind === 'answer' && may.accept && isPublic,
    mayEdit: isPublic && (post.isMine || may.edit),
    maySuggest: isPublic && may.suggestEdit,
    mayCurate: kind === 'answer' && may.curate && isPublic,
    mayComment: may.comment || post.isMine,
  };
  return (
    <KeptEntry given={given}>
      {(inside) => (
        <div
          className="com-q-entry"
          id={kind === 'answer' ? `answer-${post.id}` : undefined}
          data-accepted={accepted ? '' : undefined}
          {...inside}
        />
      )}
    </KeptEntry>
  );
}

/** All that an entry shows and offers its reader. */
type Given = Required<Pick<EntryProps, 'post' | 'kind' | 'path' | 'accepted' | 'won'>> &
  Pick<EntryProps, 'bounty' | 'runs' | 'typed'> &
  Record<'mayVote' | 'mayAccept' | 'mayEdit' | 'maySuggest' | 'mayCurate' | 'mayComment', boolean>;

const KeptEntry = keepPart(Entry, ({ post }) =>
  [post, ...post.comments]
    .flatMap((one) => ['publishedAt' in one ? one.publishedAt : one.createdAt, one.editedAt ?? ''])
    .reduce((a, b) => (a > b ? a : b)),
);

function Entry(given: Given) {
  const { post, kind, path, runs, accepted, won, bounty, typed } = given;
  const t = useText();
  const format = useFormat();
  return (
    <>
      <div className="com-q-side">
        <Vote post={post} path={path} mayVote={given.mayVote} />
        {kind === 'answer' && (
          <Accepted post={post} path={path} accepted={accepted} mayAccept={given.mayAccept} />
        )}
        {won > 0 && (
          <span className="com-mark" title={t(text.bountyWon)}>
            +{format.number(won)}
          </span>
        )}
      </div>
      <div className="com-q-body">
        {kind === 'answer' && post.state !== 'published' && <Notice tone="warn">{t(text.isPending)}</Notice>}
        <PostBody html={post.html} runs={runs} />
        {post.isAssisted && <p className="com-dim">{t(suggestionText.assisted)}</p>}
        <div className="com-q-by">
          <MemberLink member={post.author} size={24} />
          <span className="com-dim">
            {t(kind === 'question' ? text.asked : text.answered)} <Ago at={post.publishedAt} />
            {post.editedAt !== null && (
              <>
                {' · '}
                {t(text.edited)} <Ago at={post.editedAt} />
              </>
            )}
          </span>
          <span className="com-q-tools">
            {(given.mayEdit || given.maySuggest) && (
              <a href={`/${kind}s/${post.id}/edit`}>{t(given.mayEdit ? text.edit : text.suggestEdit)}</a>
            )}
            {given.mayCurate && <a href={`/faq/write?answer=${post.id}`}>{t(text.curate)}</a>}
            {!post.isMine && post.state === 'published' && (
              <FlagLink
                subject={`post:${post.id}`}
                back={kind === 'answer' ? `${path}#answer-${post.id}` : path}
              />
            )}
            {bounty && (
              <form method="post" action={path}>
                <input type="hidden" name="intent" value="pay-bounty" />
                <input type="hidden" name="bounty" value={bounty.id} />
                <input type="hidden" name="post" value={post.id} />
                <button type="submit" className="com-button" data-kind="link">
                  {t(text.payBounty(format.number(bounty.amount)))}
                </button>
              </form>
            )}
          </span>
        </div>
        <Comments post={post} path={path} mayComment={given.mayComment} form={{ isOpen: false, typed }} />
      </div>
    </>
  );
}

function Vote({ post, path, mayVote }: { post: ThreadPost; path: string; mayVote: boolean }) {
  const t = useText();
  const format = useFormat();
  const form = (
    <form method="post" action={path} className="com-q-vote">
      <input type="hidden" name="intent" value="vote" />
      <input type="hidden" name="post" value={post.id} />
      {mayVote && <VoteButton value={1} vote={post.vote} />}
      <output aria-label={t(text.votes(format.number(post.score), post.score))}>
        {format.number(post.score)}
      </output>
      {mayVote && <VoteButton value={-1} vote={post.vote} />}
    </form>
  );
  return mayVote ? (
    <CustomElement name="vote" attributes={{ post: post.id }}>
      {form}
    </CustomElement>
  ) : (
    form
  );
}

function VoteButton({ value, vote }: { value: 1 | -1; vote: number }) {
  const t = useText();
  const label = t(value === 1 ? text.voteUp : text.voteDown);
  return (
    <button
      type="submit"
      name="value"
      value={vote === value ? 0 : value}
      data-value={value}
      aria-pressed={vote === value}
      aria-label={label}
      title={label}
    >
      {value === 1 ? '▲' : '▼'}
    </button>
  );
}

function Accepted(props: { post: ThreadPost; path: string; accepted: boolean; mayAccept: boolean }) {
  const { post, path, accepted, mayAccept } = props;
  const t = useText();
  if (!mayAccept)
    return accepted ? (
      <span className="com-q-accepted" title={t(text.accepted)}>
        <span aria-hidden="true">✓</span>
        <span className="el-hidden">{t(text.accepted)}</span>
      </span>
    ) : null;
  const label = t(accepted ? text.unaccept : text.accept);
  return (
    <form method="post" action={path}>
      <input type="hidden" name="intent" value="accept" />
      <input type="hidden" name="post" value={accepted ? '' : post.id} />
      <button
        type="submit"
        className="com-q-accepted"
        aria-pressed={accepted}
        aria-label={label}
        title={label}
      >
        ✓
      </button>
    </form>
  );
}
