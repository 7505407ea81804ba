import { Mail } from '../../contract/mail.ts';
import { mailText } from '../../contract/mail.text.ts';
import { audit } from '../audit.ts';
import { type Context, inTransaction, requirePermission } from '../context.ts';
import { AppError } from '../errors.ts';
import { getMail, visibleTo } from './queries.ts';
import { queueMail } from './send-mail.ts';

/** Puts a mail that was kept or given up on its way again. Refuses one that is on its way or was sent. */
export async function resendMail(ctx: Context, id: string): Promise<Mail> {
  requirePermission(ctx, 'platform.mail.send');
  return inTransaction(ctx, async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('platform.mail')
      .set({ state: 'queued', attempts: 0, ended_at: null })
      .where(await visibleTo(tx))
      .where('id', '=', id)
      .where('state', 'in', ['kept', 'dead'])
      .executeTakeFirstOrThrow();
    const mail = await getMail(tx, id);
    if (numUpdatedRows === 0n) throw new AppError('conflict', mailText.notWaiting);
    await queueMail(tx.db, id, 0);
    await audit(tx, 'platform.mail.send', id, { to: mail.to });
    return Mail.parse(mail);
  });
}
