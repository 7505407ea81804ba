import { sql } from 'kysely';
import { NoticeKind } from '#src/community/contract/notifications.ts';
import { noticeMailText as text } from '#src/community/contract/notifications.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Config } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { isShown, noticeRows, present } from './queries.ts';
import { type Ended, sealToken } from './seal-token.ts';

const atMost = 50;

/** Who may be mailed: somebody with a proved address that takes mails and who wants them. */
export async function findReader(tx: Context, memberId: string) {
  const row = await tx.db
    .selectFrom('community.member as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .leftJoin('community.notification_setting as s', 's.member_id', 'm.id')
    .select(['m.name', 'a.email', 'a.locale'])
    .select(sql<string>`coalesce(s.digest, 'weekly')`.as('digest'))
    .where('m.id', '=', memberId)
    .where('m.erased_at', 'is', null)
    .where('a.email_verified', '=', true)
    .where((eb) => eb.or([eb('s.mails', 'is', null), eb('s.mails', '=', true)]))
    .where('s.bounced_at', 'is', null)
    .executeTakeFirst();
  return row && { ...row, locale: row.locale ?? ('zh-CN' as const) };
}

/**
 * Mails a member what waits to be mailed, as one mail, in the caller's transaction: the mail and the marks that it was mailed
 * are one change, so that a crash sends it neither never nor twice. What was read meanwhile is not mailed; what is hidden waits.
 */
export async function mailNotices(
  tx: Context,
  config: Pick<Config, 'publicUrl'>,
  memberId: string,
  way: 'now' | 'digest',
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    update community.notification n set mailed_at = now()
    where n.member_id = ${memberId} and n.mail = ${way} and n.mailed_at is null and ${isShown}
    returning n.id`.execute(tx.db);
  if (rows.length === 0) return;
  const reader = await findReader(tx, memberId);
  if (!reader || (way === 'digest' && reader.digest === 'off')) return;
  const found = await noticeRows(tx.db)
    .where(
      'n.id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('n.read_at', 'is', null)
    .orderBy('n.id')
    .limit(atMost)
    .execute();
  const notices = found.map((row) => present(row, reader.locale));
  const [first] = notices;
  if (!first) return;
  const subject =
    way === 'digest'
      ? text.subjectDigest(notices.length)
      : notices.length === 1
        ? text.subjectOne(first.words, first.title)
        : text.subjectMany(notices.length);
  const kinds = new Set(notices.map(({ kind }) => NoticeKind.safeParse(kind).data ?? 'other'));
  // A link ends what the mail is made of: one kind, where it is of one kind.
  const [onlyKind] = kinds;
  const what: Ended = way === 'digest' ? 'digest' : kinds.size === 1 && onlyKind ? onlyKind : 'all';
  const lines = notices.map(({ words, title, excerpt, href }) =>
    [
      words,
      ...(title === '' ? [] : [title]),
      ...(excerpt === '' ? [] : [excerpt]),
      `${config.publicUrl}${href}`,
    ].join('\n'),
  );
  await mailReader(tx, config, { ...reader, memberId }, { subject: subject[reader.locale], lines, what });
}

/** One mail to a member, in their language, that one click ends (RFC 8058). */
export async function mailReader(
  tx: Context,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  reader: { memberId: string; name: string; email: string; locale: Locale },
  mail: { subject: string; lines: readonly string[]; what: Ended },
): Promise<void> {
  const { locale } = reader;
  const token = sealToken(reader.memberId, mail.what);
  const page = `${publicUrl}/notifications/unsubscribe?token=${token}`;
  const end =
    mail.what === 'digest' ? text.endDigest : mail.what === 'newsletter' ? text.endNewsletter : text.endKind;
  const words = [
    text.hello(reader.name)[locale],
    ...mail.lines,
    [text.choose(`${publicUrl}/settings/community/notifications`)[locale], end(page)[locale]].join('\n'),
  ];
  await sendMail(tx.db, {
    orgId: null,
    to: reader.email,
    // A title that somebody typed ends with the line.
    subject: mail.subject.replace(/\s+/g, ' ').slice(0, 180).toWellFormed(),
    text: `${words.join('\n\n')}\n`,
    headers: {
      'List-Unsubscribe': `<${publicUrl}/api/community/notifications/unsubscribe?token=${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  });
}
