import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { SignUp } from '#src/identity/contract/sign-in.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { addressKey, type Rate } from '#src/platform/server/limits/rate-limit.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { findAccountByEmail } from '../sign-in/queries.ts';
import { hashToken, signInOf } from '../sign-in/start-sign-in.ts';

const hoursOpen = 24;
/** Mails to one address; further wishes are dropped without a word. */
const perMailbox: Rate = { limit: 3, windowSeconds: 6 * 3600 };
/** Sign-ups from one network: an office or a class room may share it. */
const perNetwork: Rate = { limit: 20, windowSeconds: 3600 };

/**
 * Mails a link by which somebody new gets an account; one whose address has an account is told that instead, in the mail
 * alone. Answers the same, and does the same work, whether there is such an account or not. Refuses where accounts are
 * made by invitation, and a network that signs up too often.
 */
export async function requestAccount(ctx: Context, input: SignUp): Promise<void> {
  const { auth, config } = signInOf(ctx.db);
  if (config.SIGN_UP !== 'open') throw new AppError('not_found', signInText.signUpOff);
  if (ctx.ip !== null) await takeRate(ctx.db, `sign-up:network:${addressKey(ctx.ip)}`, perNetwork);
  if (!(await mayMail(ctx, input.email))) return;
  const { password } = await auth.$context;
  // Hashing takes a quarter of a second: never inside a transaction.
  const password_hash = await password.hash(input.password);
  const token = randomBytes(32).toString('base64url');
  await inTransaction(ctx, async (tx) => {
    // open to: everybody, where the setting SIGN_UP says so
    // not audited: nothing exists before the address is proved; that is audited
    const known = await findAccountByEmail(tx.db, input.email);
    // For a known address, too, so that both take as long; its link is mailed to nobody.
    await tx.db
      .insertInto('identity.sign_up')
      .values({
        email: input.email,
        name: input.name,
        password_hash,
        locale: tx.locale,
        token_hash: hashToken(token),
        expires_at: sql<Date>`now() + make_interval(hours => ${hoursOpen})`,
      })
      .execute();
    const link = `${config.publicUrl}/sign-up/confirm?token=${token}`;
    const subject = known ? signInText.signUpKnownSubject : signInText.signUpMailSubject;
    const text = known ? signInText.signUpKnown(config.publicUrl) : signInText.signUpMail(input.name, link);
    await sendMail(tx.db, {
      orgId: null,
      // Whoever reads it may prove an address that is not theirs.
      permission: 'identity.owner.grant',
      to: input.email,
      subject: subject[tx.locale],
      text: text[tx.locale],
    });
  });
}

async function mayMail(ctx: Context, email: string): Promise<boolean> {
  const mailbox = createHash('sha256').update(email).digest('hex');
  try {
    await takeRate(ctx.db, `sign-up:mailbox:${mailbox}`, perMailbox);
    return true;
  } catch (error) {
    // Told only to the mailbox: a refusal here would say how often others tried this address.
    if (error instanceof AppError) return false;
    throw error;
  }
}
