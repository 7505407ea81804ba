import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { requireSignedIn, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** The account of the person who acts. Refuses API keys: they belong to an organisation, not to a person. */
export function requirePerson(ctx: Context): string {
  requireSignedIn(ctx);
  if (ctx.actor.kind !== 'user' || ctx.actor.id === null)
    throw new AppError('forbidden', signInText.personOnly);
  return ctx.actor.id;
}
