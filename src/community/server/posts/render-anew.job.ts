import { z } from 'zod';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { renderedAs, renderMarkdown } from '../markdown/render-markdown.ts';
import { noteRunnables } from '../runs/note-runnables.ts';
import { indexPost } from '../search/index-post.ts';
import { plainText } from '../search/plain-text.rules.ts';
import { keepSetting } from '../settings/keep-setting.ts';
import { findSetting } from '../settings/queries.ts';

/** How far the walk with a version of the renderer has come; both kinds by their numbers, upwards. */
export const RenderedSoFar = z.object({
  version: z.number().int().default(0),
  post: z.number().int().default(0),
  comment: z.number().int().default(0),
  isDone: z.boolean().default(false),
});
export type RenderedSoFar = z.infer<typeof RenderedSoFar>;

const writingsABatch = 100;
/** Between two runs everything else gets its turn. */
const secondsARun = 20;

/** Every minute: posts and comments that an older renderer wrote are written again, some at a time, until all are. */
export const renderAnew = defineJob(
  'community.render-anew',
  z.object({}),
  async ({ db, log }) => {
    const until = performance.now() + secondsARun * 1000;
    const ctx = systemContext(db, noOrg);
    let sofar = await findSetting(db, 'rendered', RenderedSoFar);
    if (sofar.version !== renderedAs) sofar = { version: renderedAs, post: 0, comment: 0, isDone: false };
    while (!sofar.isDone && performance.now() < until) {
      const [posts, comments] = [await nextPosts(ctx, sofar.post), await nextComments(ctx, sofar.comment)];
      for (const { id, isOld } of posts)
        if (isOld)
          await renderPost(ctx, id).catch((error: unknown) =>
            log.error({ err: error, postId: id }, 'a post could not be rendered again'),
          );
      for (const { id } of comments)
        await renderComment(ctx, id).catch((error: unknown) =>
          log.error({ err: error, commentId: id }, 'a comment could not be rendered again'),
        );
      sofar = {
        version: renderedAs,
        post: posts.at(-1)?.id ?? sofar.post,
        comment: comments.at(-1)?.id ?? sofar.comment,
        isDone: posts.length + comments.length === 0,
      };
      await keepSetting(db, 'rendered', sofar);
    }
  },
  { schedule: '* * * * *' },
);

const nextPosts = ({ db }: Context, after: number) =>
  db
    .selectFrom('community.post')
    .select((eb) => ['id', eb('rendered_as', '<', renderedAs).as('isOld')])
    .where('id', '>', after)
    .orderBy('id')
    .limit(writingsABatch)
    .execute();

const nextComments = ({ db }: Context, after: number) =>
  db
    .selectFrom('community.comment')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(writingsABatch)
    .execute();

async function renderPost(ctx: Context, id: number): Promise<void> {
  // open to: the schedule
  // not audited: nothing that anybody said changes
  await inTransaction(ctx, async (tx) => {
    const post = await tx.db
      .selectFrom('community.post')
      .select(['markdown', 'html', 'state', 'author_id as authorId'])
      .where('id', '=', id)
      .where('rendered_as', '<', renderedAs)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!post) return;
    const { html, excerpt, runnables } = renderMarkdown(post.markdown);
    await tx.db
      .updateTable('community.post')
      .set({ html, excerpt, rendered_as: renderedAs })
      .where('id', '=', id)
      .execute();
    // Blocks that an older renderer did not know run from now on.
    if (post.state === 'published') await noteRunnables(tx, { kind: 'post', id }, post.authorId, runnables);
    // What is found are its words, not its marks.
    if (plainText(html) !== plainText(post.html)) await indexPost(tx, id);
  });
}

async function renderComment(ctx: Context, id: number): Promise<void> {
  // open to: the schedule
  // not audited: nothing that anybody said changes
  await inTransaction(ctx, async (tx) => {
    const comment = await tx.db
      .selectFrom('community.comment')
      .select(['markdown', 'html'])
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!comment) return;
    const { html } = renderMarkdown(comment.markdown);
    if (html !== comment.html)
      await tx.db.updateTable('community.comment').set({ html }).where('id', '=', id).execute();
  });
}
