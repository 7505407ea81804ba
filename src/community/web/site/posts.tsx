import type { ReactNode } from 'react';
import { postPath } from '#src/community/contract/addresses.ts';
import type { PostSummary } from '#src/community/contract/posts.ts';
import type { RunBlock } from '#src/community/contract/runs.ts';
import { siteText as text } from '#src/community/contract/site.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { keepPart } from '#src/platform/web/public/kept-part.tsx';
import runStyles from '../runs/runs.css?url';
import { hasRunnables, withRuns } from '../runs/runnable-code.ts';
import { Ago, Tags } from './parts.tsx';
import { MemberLink } from './people.tsx';
import './drawings.css';

/** Posts below one another; questions and articles may be mixed. `empty` stands when there are none. */
export function PostList({ posts, empty }: { posts: readonly PostSummary[]; empty?: ReactNode }) {
  if (posts.length === 0) return empty;
  return (
    <ul className="com-posts">
      {posts.map((post) => (
        <KeptRow key={post.id} given={{ post }}>
          {(inside) => <li {...inside} />}
        </KeptRow>
      ))}
    </ul>
  );
}

const KeptRow = keepPart(PostRow, ({ post }) => (post.kind === 'article' ? post.publishedAt : post.activeAt));

/** A post in a list: a question with its votes and answers at the side, an article as title and first words. */
export function PostRow({ post }: { post: PostSummary }) {
  return post.kind === 'article' ? <ArticleRow post={post} /> : <QuestionRow post={post} />;
}

function QuestionRow({ post }: { post: PostSummary }) {
  const t = useText();
  const format = useFormat();
  const state = post.isAccepted ? 'accepted' : post.answerCount > 0 ? 'answered' : undefined;
  return (
    <article className="com-post" data-kind="question" lang={post.locale}>
      <div className="com-counts">
        <span>
          <b>{format.number(post.score)}</b> {t(text.votes)}
        </span>
        <span data-state={state}>
          <b>
            {post.isAccepted && <span aria-hidden="true">✓ </span>}
            {format.number(post.answerCount)}
          </b>{' '}
          {t(text.answers(post.answerCount))}
          {post.isAccepted && <span className="el-hidden">, {t(text.accepted)}</span>}
        </span>
      </div>
      <div>
        <PostTitle post={post} />
        <p className="com-excerpt">{post.excerpt}</p>
        <PostFoot post={post} at={post.activeAt} />
      </div>
    </article>
  );
}

function ArticleRow({ post }: { post: PostSummary }) {
  return (
    <article className="com-post" data-kind="article" lang={post.locale}>
      <div>
        <PostTitle post={post} />
        <p className="com-excerpt">{post.excerpt}</p>
        <PostFoot post={post} at={post.publishedAt} />
      </div>
    </article>
  );
}

function PostTitle({ post }: { post: PostSummary }) {
  const t = useText();
  return (
    <h3>
      <a href={postPath(post)}>{post.title}</a>
      {post.isFeatured && (
        <>
          {' '}
          <span className="com-mark">{t(text.featured)}</span>
        </>
      )}
      {post.isClosed && (
        <>
          {' '}
          <span className="com-mark" data-tone="idle">
            {t(text.closed)}
          </span>
        </>
      )}
    </h3>
  );
}

function PostFoot({ post, at }: { post: PostSummary; at: string }) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="com-foot">
      <Tags names={post.tags} />
      <p className="com-meta">
        <MemberLink member={post.author} />
        <Ago at={at} />
        {post.kind === 'article' && post.score !== 0 && (
          <span>
            {format.number(post.score)} {t(text.votes)}
          </span>
        )}
        {post.kind === 'article' && post.commentCount > 0 && (
          <span>{t(text.comments(post.commentCount))}</span>
        )}
        {post.viewCount > 0 && <span>{t(text.views(format.number(post.viewCount)))}</span>}
      </p>
    </div>
  );
}

type PostBodyProps = { html: string; lang?: string | undefined; runs?: readonly RunBlock[] | undefined };

/**
 * What somebody wrote, as the renderer left it: sanitised on the server when it was saved. Tables and code scroll by
 * themselves, never the page. Blocks of SQL can be run, and show what they gave when that is handed over.
 */
export function PostBody({ html, lang, runs = [] }: PostBodyProps) {
  const t = useText();
  const format = useFormat();
  if (!hasRunnables(html))
    return <div className="com-prose" lang={lang} dangerouslySetInnerHTML={{ __html: html }} />;
  return (
    <>
      <link rel="stylesheet" href={runStyles} precedence="default" />
      <div
        className="com-prose"
        lang={lang}
        dangerouslySetInnerHTML={{ __html: withRuns(html, runs, { t, format }) }}
      />
      <script type="module" src="/elements/run-sql.js" />
    </>
  );
}
