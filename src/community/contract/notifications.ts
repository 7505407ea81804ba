import { z } from 'zod';
import { Industry } from './industries.ts';
import { MemberCard, MemberRole } from './members.ts';

/** Kinds of events that members choose ways for, as the page of settings lists them. */
export const noticeKinds = [
  'answer',
  'comment',
  'mention',
  'accepted',
  'vote-milestone',
  'bounty',
  'invitation',
  'follow',
  'followed',
  'message',
  'suggested-edit',
  'moderation',
  'appeal',
  'takedown',
  'trust',
  'wish',
  'other',
] as const;
export const NoticeKind = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** What a member was told, in the words of the reader's language. */
export const Notice = z.object({
  id: z.number().int(),
  kind: z.string().max(40),
  /** One sentence: who did what. */
  words: z.string().max(1000),
  /** What it is about. */
  title: z.string().max(200),
  excerpt: z.string().max(400),
  href: z.string().max(300),
  actor: MemberCard.nullable(),
  at: z.string().max(40),
  isRead: z.boolean(),
});
export type Notice = z.infer<typeof Notice>;

export const NoticePage = z.object({
  items: z.array(Notice),
  unread: z.number().int(),
  nextCursor: z.string().nullable(),
});
export type NoticePage = z.infer<typeof NoticePage>;

/** Up to 100: more are shown as 99+. */
export const Unread = z.object({ count: z.number().int() });

const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Some by their numbers, or with `upTo` all that came up to that one. */
export const MarkRead = z.object({ ids: z.array(id).max(200).default([]), upTo: id.optional() });
export type MarkRead = z.input<typeof MarkRead>;

export const MailWay = z.enum(['off', 'now', 'digest']);
export const Ways = z.object({ inPage: z.boolean(), mail: MailWay, push: z.boolean() });
export type Ways = z.infer<typeof Ways>;

export const ChangeWays = z.object({
  /** Whether mails come at all. */
  mails: z.boolean(),
  digest: z.enum(['off', 'daily', 'weekly']),
  /** The newsletter: the week's best of the whole community, for those who ask for it. */
  newsletter: z.boolean(),
  /** To what the newsletter is limited; empty: to nothing. */
  newsletterIndustries: z.array(Industry).max(20).default([]),
  newsletterRoles: z.array(MemberRole).max(20).default([]),
  /** The mail server took the address again: try it. */
  tryAgain: z.boolean().default(false),
  ways: z.array(Ways.extend({ kind: NoticeKind })).max(noticeKinds.length),
});
export type ChangeWays = z.input<typeof ChangeWays>;

export const NoticeSettings = z.object({
  mails: z.boolean(),
  digest: z.enum(['off', 'daily', 'weekly']),
  newsletter: z.boolean(),
  newsletterIndustries: z.array(Industry),
  newsletterRoles: z.array(MemberRole),
  address: z.string().max(254),
  isProved: z.boolean(),
  /** Why mails no longer go to the address; null while they do. */
  bounce: z.string().max(1000).nullable(),
  ways: z.array(Ways.extend({ kind: NoticeKind })),
  browsers: z.array(z.object({ id: z.uuid(), browser: z.string().max(200), since: z.string().max(40) })),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;

/** In base64url. */
export const PushKey = z.object({ key: z.string().max(200) });

const base64url = (bytes: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), 'must be base64url');

/** A browser's own subscription, as its PushSubscription says it. */
export const SubscribePush = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
  browser: z.string().trim().max(200).default(''),
});
export type SubscribePush = z.input<typeof SubscribePush>;

export const UnsubscribeToken = z.object({
  token: z
    .string()
    .min(20)
    .max(400)
    .regex(/^[A-Za-z0-9_-]+$/),
});

/** What a link in a mail ends: a kind of event, the digest, the newsletter, or all mails. */
export const Unsubscription = z.object({
  what: z.union([NoticeKind, z.enum(['digest', 'newsletter', 'all'])]),
  /** The address, with most of its letters hidden: the link may have been passed on. */
  address: z.string().max(254),
  isDone: z.boolean(),
});
export type Unsubscription = z.infer<typeof Unsubscription>;
