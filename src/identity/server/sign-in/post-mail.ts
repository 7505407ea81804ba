import { enqueue } from '#src/platform/server/jobs.ts';
import type { Db } from '#src/platform/server/db.ts';

/** Puts a mail on its way in the caller's transaction. */
export async function postMail(
  db: Db,
  mail: { orgId: string | null; to: string; subject: string; text: string },
): Promise<void> {
  const row = await db
    .insertInto('platform.mail')
    .values({ org_id: mail.orgId, recipient: mail.to, subject: mail.subject, text: mail.text })
    .returning('id')
    .executeTakeFirstOrThrow();
  await enqueue(db, 'platform.send-mail', { id: row.id });
}
