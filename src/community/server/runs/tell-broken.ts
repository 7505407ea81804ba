import { postPath } from '#src/community/contract/addresses.ts';
import { runText } from '#src/community/contract/runs.text.ts';
import type { Writing } from '#src/community/contract/runs.ts';
import type { Context } from '#src/platform/server/context.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/**
 * Tells once for each major, in the caller's transaction, that SQL no longer gives what its author recorded: the author,
 * and of an accepted answer the one who asked; of an entry of the FAQ its curator.
 */
export async function tellBroken(tx: Context, { kind, id }: Writing, major: number): Promise<void> {
  const key = `run-broke:${kind}:${id}:${major}`;
  // The test of a wish breaks nothing: it fails until the wish is true.
  if (kind === 'wish') return;
  if (kind === 'faq') {
    const entry = await tx.db
      .selectFrom('community.faq')
      .select(['curator_id', 'title'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!entry) return;
    await notifyMember(tx, {
      memberId: entry.curator_id,
      kind: 'run-broke',
      key,
      payload: { href: `/faq/${id}`, title: entry.title, words: runText.proofBroke(major) },
    });
    return;
  }
  const post = await tx.db
    .selectFrom('community.post as p')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select(['p.kind', 'p.slug', 'p.parent_id as parentId', 'p.title', 'p.author_id as authorId'])
    .select(['q.title as asked', 'q.author_id as askerId', 'q.accepted_answer_id as acceptedId'])
    .where('p.id', '=', id)
    .executeTakeFirst();
  if (!post) return;
  const { kind: postKind, slug, parentId } = post;
  const payload = {
    href: postPath({ kind: postKind, id, slug, parentId }),
    title: post.title ?? post.asked ?? '',
    postId: id,
  };
  const words = runText.yoursBroke(major);
  await notifyMember(tx, { memberId: post.authorId, kind: 'run-broke', key, payload: { ...payload, words } });
  if (post.askerId !== null && post.acceptedId === id && post.askerId !== post.authorId) {
    await notifyMember(tx, {
      memberId: post.askerId,
      kind: 'run-broke',
      key,
      payload: { ...payload, words: runText.acceptedBroke(major) },
    });
  }
}
