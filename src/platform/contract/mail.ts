import { z } from 'zod';
import { prose } from './text.ts';

/** queued = on its way, kept = no mail server is set, sent = the mail server took it, dead = given up. */
export const MailState = z.enum(['queued', 'kept', 'sent', 'dead']);
export type MailState = z.infer<typeof MailState>;

/** One mail as the outbox lists it. */
export const Mail = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  state: MailState,
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type Mail = z.infer<typeof Mail>;

/** One mail with its words; null once it was sent. */
export const MailWithText = Mail.extend({ text: prose(200_000).nullable() });
export type MailWithText = z.infer<typeof MailWithText>;
