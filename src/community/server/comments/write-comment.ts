import { sql } from 'kysely';
import { WriteComment, type WrittenComment } from '#src/community/contract/comments.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';
import { lockWish, readerOf, takesPart } from '../wishes/lock-wish.ts';
import { type Commented, findCommented } from './queries.ts';
import { tellingOfComment, tellOfComment } from './tell-of-comment.ts';

/**
 * Says something short below a public post or a wish. Refuses members whose reputation does not reach, unless the post or its
 * question is theirs, or they take part in the wish.
 */
export async function writeComment(ctx: Context, given: WriteComment): Promise<WrittenComment> {
  const member = await requireWriter(ctx);
  const { post: postId = null, wish: wishId = null, markdown } = WriteComment.parse(given);
  // not audited: the comment is the trace
  return inTransaction(ctx, async (tx) => {
    if (wishId !== null) await lockOpen(tx, wishId);
    const place = await findCommented(tx, { postId, wishId });
    if (!place) throw new AppError('not_found', postText.noSuchPost);
    if (!(await isOwn(tx, place, member))) await requirePrivilege(tx, member, 'comment');
    const verdict = await judgeWriting(tx, member, { kind: 'comment', markdown });
    // Reviewers do not read what is between those whom a private wish names.
    const state = place.isPrivate ? 'published' : verdict;
    const { id } = await tx.db
      .insertInto('community.comment')
      .values({
        post_id: postId,
        wish_id: wishId,
        author_id: member.id,
        state,
        markdown,
        html: renderMarkdown(markdown).html,
      })
      .returning('id')
      .$if(state === 'published', (qb) =>
        qb.returning(tellingOfComment(place, sql.ref('comment.id')).as('job')),
      )
      .executeTakeFirstOrThrow();
    if (state === 'published') await tellOfComment(tx, place, { id, authorId: member.id, markdown });
    return { id, state };
  });
}

/** Locked, so that a wish which becomes part of another meanwhile leaves no comment behind. */
async function lockOpen(tx: Context, wishId: number): Promise<void> {
  const { state } = await lockWish(tx, wishId, await readerOf(tx));
  if (state === 'pending' || state === 'duplicate') throw new AppError('conflict', wishText.takesNoComment);
}

async function isOwn(tx: Context, place: Commented, member: OwnMember): Promise<boolean> {
  if (place.authorId === member.id || place.askerId === member.id || place.isPrivate) return true;
  if (place.wishId === null) return false;
  const wish = await tx.db
    .selectFrom('community.wish as w')
    .select(takesPart(member).as('takesPart'))
    .where('w.id', '=', place.wishId)
    .executeTakeFirst();
  return wish?.takesPart === true;
}
