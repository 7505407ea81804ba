import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { email, line, password } from '#src/platform/contract/text.ts';
import { WebAuthn } from './sign-in.ts';

export const Passkey = z.object({
  id: z.uuid(),
  name: z.string().max(200),
  /** Whether the passkey is copied between devices of its owner. */
  synced: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Passkey = z.infer<typeof Passkey>;

/** Everything a person may see of their own account. */
export const Account = z.object({
  id: z.uuid(),
  name: z.string().max(200),
  email: z.string().max(254),
  emailVerified: z.boolean(),
  locale: Locale.nullable(),
  timeZone: z.string().max(64).nullable(),
  /** The first administrator before they gave an address. */
  setupPending: z.boolean(),
  hasPassword: z.boolean(),
  hasOidc: z.boolean(),
  secondFactor: z.boolean(),
  passkeys: z.array(Passkey),
});
export type Account = z.infer<typeof Account>;

const timeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat;
    } catch {
      return false;
    }
  }, 'must be a time zone such as Asia/Shanghai');

export const UpdateAccount = z.object({
  name: line(200),
  locale: Locale.nullable(),
  timeZone: timeZone.nullable(),
});
export type UpdateAccount = z.infer<typeof UpdateAccount>;

/** What the first administrator gives after the sign-in link; without a password they go on to make a passkey. */
export const SetUpAccount = z.object({ name: line(200), email, password: password.optional() });
export type SetUpAccount = z.infer<typeof SetUpAccount>;

export const ChangePassword = z.object({
  currentPassword: z.string().max(200).optional(),
  newPassword: password,
});
export type ChangePassword = z.infer<typeof ChangePassword>;

/** The password again, for what would let a stranger at an open screen stay for good. Not needed without one. */
export const Confirmation = z.object({ password: z.string().max(200).optional() });
export type Confirmation = z.infer<typeof Confirmation>;

/** A second factor that waits for its first code. */
export const SecondFactorOffer = z.object({
  uri: z.string().max(1000),
  /** The same as a picture for the authenticator app, as SVG text. */
  qrSvg: z.string().max(200_000),
  recoveryCodes: z.array(z.string().max(40)),
});
export type SecondFactorOffer = z.infer<typeof SecondFactorOffer>;
export const ConfirmSecondFactor = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'must be six digits'),
});
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string().max(40)) });

export const AddPasskey = z.object({ name: line(100), response: WebAuthn });

/** A browser that is signed in. */
export const Session = z.object({
  id: z.uuid(),
  isCurrent: z.boolean(),
  ip: z.string().max(64).nullable(),
  userAgent: z.string().max(1000).nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Session = z.infer<typeof Session>;

export const ChooseOrganisation = z.object({ orgId: z.uuid() });
