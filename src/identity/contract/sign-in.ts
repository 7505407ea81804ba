import { z } from 'zod';
import { email, line, password } from '#src/platform/contract/text.ts';

/** An address as people type it; whether it is well formed is nobody's business at sign-in. */
const typedEmail = z.string().trim().min(1).max(254).toLowerCase();

/** Random tokens in links. */
export const LinkToken = z.string().min(20).max(200);

export const PasswordSignIn = z.object({ email: typedEmail, password: z.string().min(1).max(200) });
export type PasswordSignIn = z.infer<typeof PasswordSignIn>;

/** The second step: a code of the authenticator app, or one of the recovery codes. */
export const SecondFactorSignIn = z.union([
  z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'must be six digits'),
  }),
  z.object({ recoveryCode: line(40) }),
]);
export type SecondFactorSignIn = z.infer<typeof SecondFactorSignIn>;

export const LinkSignIn = z.object({ token: LinkToken });

/** What comes after a step of signing in. */
export const SignInAnswer = z.object({ next: z.enum(['home', 'second-factor', 'set-up']) });
export type SignInAnswer = z.infer<typeof SignInAnswer>;

/** The ways to sign in that this server offers. */
export const SignInWays = z.object({
  /** What the button of the company's sign-in says; null when there is none. */
  oidc: z.string().max(100).nullable(),
  /** The same for GitHub. */
  github: z.string().max(100).nullable(),
  /** The only address where browsers allow passkeys here. */
  passkeyAddress: z.string().max(300),
  /** Whether everybody may make an account here. */
  signUp: z.boolean(),
});
export type SignInWays = z.infer<typeof SignInWays>;

/** Where the browser goes next. */
export const Redirection = z.object({ url: z.string().max(4000) });

/** What WebAuthn's browser functions give and take; its inside is checked by better-auth. */
export const WebAuthn = z.record(z.string().max(100), z.unknown());

export const ForgotPassword = z.object({ email: typedEmail });
export const ResetPassword = z.object({ token: LinkToken, password });

/** Somebody new; the account begins when the link in the mail was opened and the same password given again. */
export const SignUp = z.object({ name: line(200), email, password });
export type SignUp = z.infer<typeof SignUp>;

/** The token of the mailed link, and the password chosen at sign-up: only who has both is the person who signed up. */
export const ConfirmSignUp = z.object({ token: LinkToken, password: z.string().min(1).max(200) });
export type ConfirmSignUp = z.infer<typeof ConfirmSignUp>;

/** The token of the link that proves the address of an account. */
export const ConfirmAddress = z.object({ token: LinkToken });
