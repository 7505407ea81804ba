import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { listMemberships } from '../sign-in/queries.ts';
import { forgetAccount } from '../sign-in/start-sign-in.ts';

/** Makes an organisation the one this browser works for from now on. Refuses one the person does not belong to. */
export async function chooseOrganisation(ctx: Context, sessionId: string, orgId: string): Promise<void> {
  const accountId = requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    // not audited: it changes only what this browser shows
    const all = await listMemberships(tx.db, accountId);
    if (!all.some((one) => one.orgId === orgId))
      throw new AppError('not_found', signInText.notOurOrganisation);
    await tx.db
      .updateTable('identity.session')
      .set({ active_org_id: orgId })
      .where('id', '=', sessionId)
      .where('account_id', '=', accountId)
      .execute();
  });
  forgetAccount(ctx.db, accountId);
}
