import { TestWish } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { hashOf } from '../markdown/runnable.rules.ts';
import { requireWriter } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { noteRunnables } from '../runs/note-runnables.ts';
import { lockWish } from './lock-wish.ts';

/**
 * Gives a public wish another test, or with an empty one none, and has it run. For its author and those who look after
 * wishes; what those give runs whoever wrote the wish.
 */
export async function testWish(ctx: Context, id: number, given: TestWish): Promise<void> {
  const { test } = TestWish.parse(given);
  const member = await requireWriter(ctx);
  const mayManage = await mayAsStaff(ctx, 'community.wish.manage');
  // not audited: the test and what it gave are the trace
  await inTransaction(ctx, async (tx) => {
    const wish = await lockWish(tx, id, { member, mayManage });
    if (wish.author_id !== member.id && !mayManage) throw new AppError('forbidden', wishText.notYoursToTest);
    if (wish.is_private) throw new AppError('conflict', wishText.testIsPublic);
    await keepTest(tx, id, test, mayManage ? null : member.id);
  });
}

/** Keeps the test of a wish and has it run, in the caller's transaction; with null staff answer for it. */
export async function keepTest(
  tx: Context,
  id: number,
  test: string,
  authorId: string | null,
): Promise<void> {
  const code = test.trim();
  await tx.db
    .updateTable('community.wish')
    .set({ test_sql: code, true_on: null })
    .where('id', '=', id)
    .execute();
  const runnables = code === '' ? [] : [{ hash: hashOf('', code), setup: '', code, majors: [] }];
  await noteRunnables(tx, { kind: 'wish', id }, authorId, runnables);
}
