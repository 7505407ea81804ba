import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { linkDays } from '#src/community/contract/downloads.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import { Locale } from '#src/platform/contract/i18n.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { hashOf } from './open-download.ts';

/** Mails the link by which an address is proved and a gated file fetched; once, however often it runs. Of the token only the hash is kept. */
export const sendDownloadLink = defineJob(
  'community.send-download-link',
  z.object({ grant: z.number().int() }),
  async ({ db, config }, { grant }) => {
    const token = randomBytes(32).toString('base64url');
    await db.transaction().execute(async (tx) => {
      const made = await tx
        .updateTable('community.download_grant')
        .set({
          token_hash: hashOf(token),
          expires_at: sql<Date>`now() + make_interval(days => ${linkDays})`,
        })
        .where('id', '=', grant)
        .where('member_id', 'is', null)
        .where('token_hash', 'is', null)
        .returning('post_id')
        .executeTakeFirst();
      if (!made) return;
      const lead = await tx
        .selectFrom('community.lead as l')
        .innerJoin('community.post as p', 'p.id', 'l.post_id')
        .innerJoin('community.organisation as o', 'o.id', 'l.organisation_id')
        .select(['l.email', 'l.locale', 'p.title', 'o.name'])
        .where('l.grant_id', '=', grant)
        .executeTakeFirst();
      if (!lead) return;
      const locale = Locale.parse(lead.locale);
      const link = `${config.publicUrl}/downloads/${made.post_id}?token=${token}`;
      await sendMail(tx, {
        orgId: null,
        // Whoever reads it may prove an address that is not theirs.
        permission: 'identity.owner.grant',
        to: lead.email,
        subject: downloadText.mailSubject[locale],
        text: downloadText.mailText(lead.title ?? '', lead.name, link, linkDays)[locale],
      });
    });
  },
);
