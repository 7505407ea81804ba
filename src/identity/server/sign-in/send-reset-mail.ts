import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { Locale } from '#src/platform/contract/i18n.ts';
import type { Config } from '#src/platform/server/config.ts';
import type { Db } from '#src/platform/server/db.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';

/** Sends the link that sets a new password, in the language of its reader. */
export async function sendResetMail(db: Db, config: Config, email: string, token: string): Promise<void> {
  const row = await db
    .selectFrom('identity.account')
    .select('locale')
    .where('email', '=', email)
    .executeTakeFirst();
  const locale = Locale.safeParse(row?.locale).data ?? 'en';
  const link = `${config.publicUrl}/reset-password?token=${encodeURIComponent(token)}`;
  await sendMail(db, {
    orgId: null,
    // Whoever reads it can sign in as an owner, if it is an owner's.
    permission: 'identity.owner.grant',
    to: email,
    subject: signInText.resetMailSubject[locale],
    text: signInText.resetMail(link)[locale],
  });
}
