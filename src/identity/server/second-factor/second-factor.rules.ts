import { accountText } from '#src/identity/contract/account.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { ProblemCode } from '#src/platform/contract/problem.ts';

/** What better-auth's refusals mean to a person who changes their second factor. */
export const secondFactorRefusals: Record<string, [ProblemCode, Text]> = {
  INVALID_PASSWORD: ['invalid', accountText.wrongPassword],
  TOTP_ALREADY_ENABLED: ['conflict', accountText.secondFactorOn],
  TOTP_NOT_ENABLED: ['conflict', accountText.secondFactorOff],
  TWO_FACTOR_NOT_ENABLED: ['conflict', accountText.secondFactorOff],
  INVALID_CODE: ['invalid', accountText.wrongFirstCode],
};

/** better-auth wants no password field at all from an account that has no password. */
export const passwordBody = (password: string | undefined) => (password === undefined ? {} : { password });
