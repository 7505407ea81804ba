import { z } from 'zod';
import { MemberCard, Handle } from './members.ts';
import { PostSummary } from './posts.ts';

/** Where an address without a path leads somebody who is not signed in. */
export const startPages = ['auto', 'community', 'sign-in'] as const;

const registration = z
  .string()
  .trim()
  .max(60)
  // Not a pattern of the description: that knows no classes of characters.
  .refine((number) => /^[\p{L}\p{N} ()（）-]*$/u.test(number), 'must be the number as it was granted');

/** What the people who run this site decided about it as a whole. */
export const SiteSettings = z.object({
  /** `auto` is the community as soon as something is published in it. */
  start: z.enum(startPages).default('auto'),
  /** The rules of a country that a site has to show it keeps. */
  profile: z.enum(['international', 'china']).default('international'),
  /** 工信部 ICP 备案号, as it was granted. */
  icpNumber: registration.default(''),
  /** 公安联网备案号, as it was granted. */
  policeNumber: registration
    .refine(
      (number) => number === '' || /\d{10,}/.test(number),
      'must contain the digits of the registration',
    )
    .default(''),
});
export type SiteSettings = z.infer<typeof SiteSettings>;

/** What the frame of every page shows of the site, and of its reader. */
export const SiteFrame = z.object({
  me: z
    .object({
      handle: Handle.nullable(),
      name: z.string().max(200),
      avatar: z.string().max(100).nullable(),
      isStaff: z.boolean(),
      mayChangeSite: z.boolean(),
      /** Notices not yet read; a hundred stands for all above. */
      unread: z.number().int().max(100),
    })
    .nullable(),
  /** Registrations that the law of China wants at the foot of each page; null outside that profile. */
  china: z.object({ icpNumber: z.string().max(60), policeNumber: z.string().max(60) }).nullable(),
});
export type SiteFrame = z.infer<typeof SiteFrame>;

/** Where `/` leads a stranger. */
export const SiteStart = z.object({ page: z.enum(['community', 'sign-in']) });

/** The front page of the community: what is worth a look now. */
export const CommunityHome = z.object({
  featured: z.array(PostSummary),
  questions: z.array(PostSummary),
  unanswered: z.array(PostSummary),
  articles: z.array(PostSummary),
  tags: z.array(z.object({ name: z.string().max(40), postCount: z.number().int() })),
  organisations: z.array(
    z.object({
      slug: z.string().max(60),
      name: z.string().max(200),
      logo: z.string().max(100).nullable(),
    }),
  ),
  newcomers: z.array(MemberCard),
  totals: z.object({
    questions: z.number().int(),
    articles: z.number().int(),
    members: z.number().int(),
    organisations: z.number().int(),
  }),
});
export type CommunityHome = z.infer<typeof CommunityHome>;
