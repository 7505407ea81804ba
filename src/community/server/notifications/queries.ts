import { sql, type SqlBool } from 'kysely';
import { type NoticePage, noticeKinds, type NoticeSettings } from '#src/community/contract/notifications.ts';
import { communityText } from '#src/community/contract/community.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { PageQuery } from '#src/platform/contract/pages.ts';
import { noOrg, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardOf, type CardRow } from '../members/queries.ts';
import { isNamed } from '../wishes/lock-wish.ts';
import { usualWays } from './channels.rules.ts';
import { aboutOf, hrefOf, wordsOf } from './words.rules.ts';

/** The language a member reads; Chinese while they never said. */
export async function localeOf(db: Db, memberId: string): Promise<Locale> {
  const row = await db
    .selectFrom('community.member as m')
    .leftJoin('identity.account as a', 'a.id', 'm.account_id')
    .select('a.locale')
    .where('m.id', '=', memberId)
    .executeTakeFirst();
  return row?.locale ?? 'zh-CN';
}

/** Of a post or comment only while everybody may see it, or whom a private wish names: what was hidden since says nothing in a notice either. */
export const isShown = sql<SqlBool>`
  (n.post_id is null or exists (select from community.post p left join community.post q on q.id = p.parent_id
    where p.id = n.post_id and p.state = 'published' and (q.id is null or q.state = 'published')))
  and (n.comment_id is null or exists (select from community.comment_place l
    left join community.wish w on l.is_private and w.id = l.wish_id
    where l.comment_id = n.comment_id and (l.is_shown or ${isNamed(sql`n.member_id`)}
      and exists (select from community.comment c where c.id = l.comment_id and c.state = 'published'))))`;

const shownAtMost = 100;

/** How many notices a member has not read, up to a hundred. */
export async function countUnread(db: Db, memberId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from community.notification n
      where n.member_id = ${memberId} and n.read_at is null and n.in_page and ${isShown} limit ${shownAtMost}) u`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

export type NoticeRow = {
  id: number;
  kind: string;
  payload: unknown;
  actorHandle: string | null;
  actorName: string | null;
  actorHeadline: string | null;
  actorAvatar: string | null;
  actorReputation: number | null;
  actorTrustLevel: number | null;
  actorErasedAt: Date | null;
  at: Date;
  readAt: Date | null;
};

/** Rows of notices with who caused them, for lists and mails. */
export const noticeRows = (db: Db) =>
  db
    .selectFrom('community.notification as n')
    .leftJoin('community.member as a', 'a.id', 'n.actor_id')
    .select(['n.id', 'n.kind', 'n.payload', 'n.at', 'n.read_at as readAt'])
    .select(['a.handle as actorHandle', 'a.name as actorName', 'a.headline as actorHeadline'])
    .select(['a.avatar_file_id as actorAvatar', 'a.reputation as actorReputation'])
    .select(['a.trust_level as actorTrustLevel', 'a.erased_at as actorErasedAt'])
    .where(isShown);

/** The sentence and the rest of one notice, in a language. */
export function present(row: NoticeRow, locale: Locale) {
  const payload = (row.payload ?? {}) as Record<string, unknown>;
  const name = row.actorErasedAt !== null ? communityText.erasedMember[locale] : row.actorName;
  const actor: CardRow | null =
    row.actorHandle === null
      ? null
      : {
          memberHandle: row.actorHandle,
          memberName: row.actorName ?? '',
          memberHeadline: row.actorHeadline ?? '',
          memberAvatar: row.actorAvatar,
          memberReputation: row.actorReputation ?? 0,
          memberTrustLevel: row.actorTrustLevel ?? 0,
          memberErasedAt: row.actorErasedAt,
        };
  return {
    id: row.id,
    kind: row.kind,
    words: wordsOf(row.kind, name, payload)[locale],
    ...aboutOf(payload),
    href: hrefOf(payload),
    actor: actor === null ? null : cardOf(actor, locale),
    at: row.at.toISOString(),
    isRead: row.readAt !== null,
  };
}

/** What a member was told, newest first. */
export async function listNotices(ctx: Context, memberId: string, query: PageQuery): Promise<NoticePage> {
  const before = readNumberCursor(query.cursor);
  const rows = await noticeRows(ctx.db)
    .where('n.member_id', '=', memberId)
    .where('n.in_page', '=', true)
    .$if(before !== undefined, (qb) => qb.where('n.id', '<', before ?? 0))
    .orderBy('n.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: kept.map((row) => present(row, ctx.locale)),
    unread: await countUnread(ctx.db, memberId),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null,
  };
}

/** On which ways the person who asks is told, of everything; the usual ones for somebody who never took part. */
export async function getSettings({ db, actor }: Context, memberId = noOrg): Promise<NoticeSettings> {
  const [account, own, chosen, browsers] = await Promise.all([
    db
      .selectFrom('identity.account')
      .select(['email', 'email_verified as isProved'])
      .where('id', '=', actor.id)
      .executeTakeFirst(),
    db
      .selectFrom('community.notification_setting')
      .select(['mails', 'digest', 'newsletter', 'bounce', 'bounced_at'])
      .select(['newsletter_industries', 'newsletter_roles'])
      .where('member_id', '=', memberId)
      .executeTakeFirst(),
    db
      .selectFrom('community.notification_preference')
      .select(['kind', 'in_page', 'mail', 'push'])
      .where('member_id', '=', memberId)
      .execute(),
    db
      .selectFrom('community.push_subscription')
      .select(['id', 'browser', 'created_at'])
      .where('member_id', '=', memberId)
      .orderBy('created_at')
      .execute(),
  ]);
  return {
    mails: own?.mails ?? true,
    digest: own?.digest ?? 'weekly',
    newsletter: own?.newsletter ?? false,
    newsletterIndustries: (own?.newsletter_industries ?? []) as NoticeSettings['newsletterIndustries'],
    newsletterRoles: (own?.newsletter_roles ?? []) as NoticeSettings['newsletterRoles'],
    address: account?.email ?? '',
    isProved: account?.isProved ?? false,
    bounce: own?.bounced_at ? (own.bounce ?? '') : null,
    ways: noticeKinds.map((kind) => {
      const way = chosen.find((one) => one.kind === kind);
      return { kind, ...(way ? { inPage: way.in_page, mail: way.mail, push: way.push } : usualWays(kind)) };
    }),
    browsers: browsers.map(({ id, browser, created_at }) => ({
      id,
      browser,
      since: created_at.toISOString(),
    })),
  };
}
