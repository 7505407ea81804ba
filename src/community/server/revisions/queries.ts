import type { DiffPart, History, RevisionQuery } from '#src/community/contract/revisions.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { revisionText } from '#src/community/contract/revisions.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf, findMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { compareTexts } from './compare-texts.ts';

const revisionsShown = 200;

/** What a post said at each save, and what one of them changed; for those who may see the post. */
export async function getHistory(ctx: Context, postId: number, query: RevisionQuery): Promise<History> {
  const post = await ctx.db
    .selectFrom('community.post as p')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select([
      'p.id',
      'p.kind',
      'p.parent_id as parentId',
      'p.slug',
      'p.state',
      'p.author_id as authorId',
      'q.state as parentState',
      'q.title as parentTitle',
      'p.title',
    ])
    .where('p.id', '=', postId)
    .executeTakeFirst();
  if (!post || !(await maySee(ctx, post))) throw new AppError('not_found', postText.noSuchPost);
  const rows = await ctx.db
    .selectFrom('community.post_revision as r')
    .innerJoin('community.member as m', 'm.id', 'r.editor_id')
    .select(['r.number', 'r.note', 'r.at', ...cardColumns])
    .where('r.post_id', '=', postId)
    .orderBy('r.number', 'desc')
    .limit(revisionsShown)
    .execute();
  const shown = query.number ?? rows[0]?.number ?? 1;
  const from = query.from ?? (shown > 1 ? shown - 1 : null);
  const texts = await ctx.db
    .selectFrom('community.post_revision')
    .select(['number', 'title', 'markdown', 'tags'])
    .where('post_id', '=', postId)
    .where('number', 'in', from === null ? [shown] : [shown, from])
    .execute();
  const [after, before] = [shown, from].map((number) => texts.find((one) => one.number === number));
  if (!after || (from !== null && !before)) throw new AppError('not_found', revisionText.noSuchRevision);
  const differ = (one: string, other: string): DiffPart[] =>
    from === null && other !== '' ? [{ kind: 'same', text: other }] : compareTexts(one, other);
  return {
    post: {
      id: post.id,
      kind: post.kind,
      parentId: post.parentId,
      title: post.title ?? post.parentTitle ?? '',
      slug: post.slug,
    },
    revisions: rows.map((row) => ({
      number: row.number,
      note: row.note,
      at: row.at.toISOString(),
      editor: cardOf(row, ctx.locale),
    })),
    shown,
    from,
    title: differ(before?.title ?? '', after.title ?? ''),
    tags: differ((before?.tags ?? []).join(' '), after.tags.join(' ')),
    markdown: differ(before?.markdown ?? '', after.markdown),
  };
}

async function maySee(
  ctx: Context,
  post: { state: string; authorId: string; parentState: string | null },
): Promise<boolean> {
  if (post.state === 'published' && (post.parentState ?? 'published') === 'published') return true;
  const { actor } = ctx;
  const me = actor.kind === 'user' && actor.id !== null ? await findMember(ctx.db, actor.id) : undefined;
  if (me?.id === post.authorId && post.state !== 'removed') return true;
  return mayAsStaff(ctx, 'community.post.moderate');
}
