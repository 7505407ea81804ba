import type { Db } from '../db.ts';
import { enqueue } from '../jobs.ts';

export type NewMail = {
  /** The organisation it is about, whose administrators may read it in the outbox; null for what is only between a person and Elepherd. */
  orgId: string | null;
  /** What its reader in the outbox must be permitted beside `platform.mail.read`: whatever its words let them become. */
  permission?: string;
  /** One bare address. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Headers beside the usual ones, such as List-Unsubscribe; of our own making, never typed by anybody. */
  headers?: Record<string, string>;
};

/** Puts a mail on its way in the caller's transaction: rolled back, it is never sent. Returns its id. */
export async function sendMail(db: Db, mail: NewMail): Promise<string> {
  const { id } = await db
    .insertInto('platform.mail')
    .values({
      org_id: mail.orgId,
      permission: mail.permission ?? null,
      recipient: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html ?? null,
      headers: JSON.stringify(mail.headers ?? {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await queueMail(db, id, 0);
  return id;
}

/** Puts the next attempt on the queue. */
export async function queueMail(db: Db, id: string, waitSeconds: number): Promise<void> {
  await enqueue(db, 'platform.send-mail', { id }, { key: `mail:${id}`, waitSeconds });
}
