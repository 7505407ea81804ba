import { z } from 'zod';

export const badgeTiers = ['bronze', 'silver', 'gold'] as const;
export const BadgeTier = z.enum(badgeTiers);
export type BadgeTier = z.infer<typeof BadgeTier>;

export const BadgeSlug = z.string().regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/);

/** A badge that a member has, for the reader. */
export const ShownBadge = z.object({
  slug: BadgeSlug,
  tier: BadgeTier,
  name: z.string().max(40),
  count: z.number().int(),
});
export type ShownBadge = z.infer<typeof ShownBadge>;
