import { z } from 'zod';
import { prose } from '#src/platform/contract/text.ts';

/** What a member pastes of a database; nothing of it is kept before names and values were taken out. */
export const AttachCapsule = z.object({
  schema: prose(200_000).default(''),
  settings: prose(50_000).default(''),
  plan: prose(200_000).default(''),
  pgVersion: z.coerce.number().int().min(9).max(99).nullable().default(null),
});
export type AttachCapsule = z.input<typeof AttachCapsule>;

/** Table definitions, settings and a plan without any name or value of their owner. */
export const Capsule = z.object({
  schema: z.string(),
  settings: z.string(),
  plan: z.string(),
  pgVersion: z.number().int().nullable(),
});
export type Capsule = z.infer<typeof Capsule>;
