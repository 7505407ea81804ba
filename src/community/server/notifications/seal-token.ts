import { z } from 'zod';
import { noticeKinds } from '#src/community/contract/notifications.ts';
import { noticeSettingText } from '#src/community/contract/notifications.text.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';

const place = 'community.notification.unsubscribe';
const Ended = z.enum([...noticeKinds, 'digest', 'newsletter', 'all']);
export type Ended = z.infer<typeof Ended>;
const Token = z.tuple([z.uuid(), Ended]);

/** The word in a link that ends one kind of mails to one member, without signing in: nobody else can make one. */
export function sealToken(memberId: string, what: Ended): string {
  return theVault()
    .seal(JSON.stringify([memberId, what]), place)
    .toString('base64url');
}

/** Whom and what a word of ours ends; refuses every other. */
export function openToken(token: string): { memberId: string; what: Ended } {
  try {
    const [memberId, what] = Token.parse(
      JSON.parse(theVault().open(Buffer.from(token, 'base64url'), place).toString('utf8')),
    );
    return { memberId, what };
  } catch {
    throw new AppError('not_found', noticeSettingText.deadLink);
  }
}
