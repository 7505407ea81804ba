import pg from 'pg';
import { ImportBatch, type ImportedItem, type ImportRun } from '#src/community/contract/imports.ts';
import { importText } from '#src/community/contract/imports.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findByHandle } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { readForumTopic } from './forum.rules.ts';
import type { Found } from './found.rules.ts';
import { keepFound, type Kept, type Who } from './keep-found.ts';
import { readMarkdownFile } from './markdown.rules.ts';
import { getImport, listItemsOf } from './queries.ts';

/** Ends the transaction of a dry run, so that it kept nothing. */
class OnlyTried extends Error {
  readonly kept: Kept;
  constructor(kept: Kept) {
    super('tried');
    this.kept = kept;
  }
}

/**
 * Imports some files or topics, each by itself: one that cannot be read is refused with the reason, and the others are kept.
 * What came before is changed where its source was, and never doubled: an import that broke off is simply run again.
 */
export async function importItems(ctx: Context, runId: string, given: ImportBatch): Promise<ImportedItem[]> {
  await requireStaff(ctx, 'community.post.import');
  const batch = ImportBatch.parse(given);
  const run = await getImport(ctx, runId);
  const importer = await requireMember(ctx);
  const author = batch.author === undefined ? undefined : await findByHandle(ctx.db, batch.author);
  if (batch.author !== undefined && !author)
    throw new AppError('conflict', importText.noSuchAuthor(batch.author));
  const tried = new Set(run.isDry ? batch.pictures : []);
  for (const item of batch.items) {
    const found =
      run.source === 'markdown' ? readMarkdownFile(item.text) : readForumTopic(run.source, item.text);
    if ('reason' in found) await note(ctx, run, item.key, { outcome: 'refused', reason: found.reason });
    else await importOne(ctx, run, item.key, found, { importer, author, tried });
  }
  return listItemsOf(
    ctx,
    runId,
    batch.items.map(({ key }) => key),
  );
}

async function importOne(ctx: Context, run: ImportRun, key: string, found: Found, who: Who): Promise<void> {
  try {
    // not audited: the run is, and its items are the trace.
    await inTransaction(ctx, async (tx) => {
      const kept = await keepFound(tx, run.site, key, found, who);
      if (run.isDry) throw new OnlyTried(kept);
      await note(tx, run, key, { ...kept, title: found.title });
    });
  } catch (error) {
    if (error instanceof OnlyTried)
      await note(ctx, run, key, { ...error.kept, title: found.title, postId: null });
    else if (error instanceof AppError)
      await note(ctx, run, key, { outcome: 'refused', title: found.title, reason: error.text });
    else if (isOfThisOne(error))
      await note(ctx, run, key, { outcome: 'refused', title: found.title, reason: importText.notKept });
    else throw error;
  }
}

/** Whether the database refuses what was to be kept: a value it cannot hold, or one that breaks a rule. The rest can be kept still. */
const isOfThisOne = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');

async function note(
  { db }: Context,
  run: ImportRun,
  key: string,
  item: Pick<ImportedItem, 'outcome'> &
    Partial<Omit<Kept, 'outcome'> & Pick<ImportedItem, 'title' | 'reason'>>,
): Promise<void> {
  const values = {
    title: item.title ?? '',
    outcome: item.outcome,
    reason: item.reason === undefined ? null : JSON.stringify(item.reason),
    warnings: JSON.stringify(item.warnings ?? []),
    post_id: item.postId ?? null,
  };
  await db
    .insertInto('community.import_item')
    .values({ run_id: run.id, key, ...values })
    .onConflict((oc) => oc.columns(['run_id', 'key']).doUpdateSet(values))
    .execute();
}
