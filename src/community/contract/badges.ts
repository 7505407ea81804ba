import { z } from 'zod';
import { line } from '#src/platform/contract/text.ts';
import { BadgeSlug, BadgeTier, ShownBadge } from './badge-marks.ts';
import { Named } from './levels.ts';
import { MemberCard } from './members.ts';
import { RuledCause } from './points.ts';

/** A badge: how often a cause of points must count, for a member in all or on one post. */
export const CreateBadge = z.object({
  slug: BadgeSlug,
  tier: BadgeTier,
  name: Named,
  about: z.object({ en: line(200), 'zh-CN': line(200) }),
  cause: RuledCause,
  per: z.enum(['member', 'post']),
  atLeast: z.number().int().min(1).max(1_000_000),
  /** Given again for each further post, or each further so many. */
  many: z.boolean().default(false),
});
export type CreateBadge = z.input<typeof CreateBadge>;

export const Badge = ShownBadge.extend({
  about: z.string().max(200),
  /** How many members have it. */
  members: z.number().int(),
  isRetired: z.boolean(),
}).omit({ count: true });
export type Badge = z.infer<typeof Badge>;

export const BadgeList = z.object({ badges: z.array(Badge), mayChange: z.boolean() });
export type BadgeList = z.infer<typeof BadgeList>;

/** A badge, and the last who got it. */
export const BadgePage = z.object({
  badge: Badge,
  awards: z.array(z.object({ member: MemberCard, at: z.string().max(40) })),
  mayChange: z.boolean(),
});
export type BadgePage = z.infer<typeof BadgePage>;

/** What working badges over all history again found: what was missing and is there now, and what no entry explains. */
export const BadgeReplay = z.object({
  members: z.number().int(),
  awards: z.number().int(),
  added: z.number().int(),
  unexplained: z.number().int(),
});
export type BadgeReplay = z.infer<typeof BadgeReplay>;
