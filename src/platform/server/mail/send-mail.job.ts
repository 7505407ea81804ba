import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { inTransaction, noOrg, systemContext } from '../context.ts';
import { stateFact } from '../events.ts';
import { defineJob } from '../jobs.ts';
import { queueMail } from './send-mail.ts';

/** With waits of 1, 2, 4 … minutes, at most 6 hours: a mail server may be away for most of a day. */
const attemptsAtMost = 10;
const waitSecondsAtMost = 6 * 3600;
const keptDays = 30;

/**
 * Hands one mail to the mail server; without one it is kept for the outbox page. Tries again later when the server is
 * away or busy, and gives up when it says that it never will take it. A crash at the wrong moment sends a mail twice,
 * with the same Message-ID.
 */
export const sendMailJob = defineJob(
  'platform.send-mail',
  z.object({ id: z.uuid() }),
  async ({ db, log, config }, { id }) => {
    const mail = await db
      .selectFrom('platform.mail')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .executeTakeFirst();
    if (!mail) return;
    const end = (set: { state: 'kept' } | { state: 'sent'; text: null; html: null; last_error: null }) =>
      db
        .updateTable('platform.mail')
        .set({ ...set, ended_at: sql<Date>`now()` })
        .where('id', '=', id)
        .execute();
    if (config.SMTP_URL === undefined) {
      await end({ state: 'kept' });
      return;
    }
    try {
      await handOver(config.SMTP_URL, config, mail);
    } catch (error) {
      const attempts = mail.attempts + 1;
      const isDead = attempts >= attemptsAtMost || isFinal(error);
      log.warn({ mail: id, attempts, isDead, err: error }, 'a mail was not taken');
      await inTransaction(systemContext(db, mail.org_id ?? noOrg), async (tx) => {
        const message = (error instanceof Error ? error.message : String(error)).slice(0, 1000);
        await tx.db
          .updateTable('platform.mail')
          .set({
            attempts,
            last_error: message,
            ...(isDead && { state: 'dead', ended_at: sql<Date>`now()` }),
          })
          .where('id', '=', id)
          .execute();
        if (isDead) await stateFact(tx, 'platform.mail-dead', id);
        else await queueMail(tx.db, id, Math.min(waitSecondsAtMost, 30 * 2 ** attempts));
      });
      return;
    }
    await end({ state: 'sent', text: null, html: null, last_error: null });
  },
);

type Row = {
  id: string;
  recipient: string;
  subject: string;
  text: string | null;
  html: string | null;
  headers: unknown;
  created_at: Date;
};

async function handOver(smtpUrl: string, config: Config, mail: Row): Promise<void> {
  // A mail server that says nothing must not hold a worker.
  const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
  const transport = createTransport({ url: smtpUrl, ...patience }, { from: config.MAIL_FROM });
  try {
    await transport.sendMail({
      // An object and not text, in which a comma would add receivers.
      to: { name: '', address: mail.recipient },
      subject: mail.subject,
      text: mail.text ?? '',
      ...(mail.html !== null && { html: mail.html }),
      date: mail.created_at,
      messageId: `<${mail.id}@${new URL(config.publicUrl).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated', ...(mail.headers as Record<string, string>) },
    });
  } finally {
    transport.close();
  }
}

/** The server refused this receiver or these words for good; a refused sign-in (535) is a setting that a person will mend. */
function isFinal(error: unknown): boolean {
  const { responseCode = 0, code } = error as { responseCode?: number; code?: string };
  return responseCode >= 500 && responseCode < 600 && (code === 'EENVELOPE' || code === 'EMESSAGE');
}

/** Every night: mails that have come to their end a month ago go. */
export const forgetMails = defineJob(
  'platform.forget-mails',
  z.object({}),
  async ({ db }) => {
    await db
      .deleteFrom('platform.mail')
      .where('ended_at', '<', sql<Date>`now() - make_interval(days => ${keptDays})`)
      .execute();
  },
  { schedule: '41 3 * * *' },
);
