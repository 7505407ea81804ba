import { accountText } from '#src/identity/contract/account.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { countAttempt, forgiveAttempt, subjectOf } from '../sign-in/count-attempt.ts';
import { accountLimit } from '../sign-in/lock-out.rules.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';
import { findPasswordHash } from './queries.ts';

/** Refuses unless `password` is the account's present one, counting failures as at sign-in. An account without one passes. */
export async function confirmPassword(
  ctx: Context,
  accountId: string,
  password: string | undefined,
): Promise<void> {
  const hash = await findPasswordHash(ctx.db, accountId);
  if (hash === null) return;
  const subject = subjectOf('account', `confirm ${accountId}`);
  await countAttempt(ctx.db, subject, accountLimit);
  const { password: checker } = await signInOf(ctx.db).auth.$context;
  const isRight = password !== undefined && (await checker.verify({ hash, password }));
  if (!isRight) throw new AppError('invalid', accountText.wrongPassword);
  await forgiveAttempt(ctx.db, subject);
}
