import { z } from 'zod';
import { line } from '#src/platform/contract/text.ts';
import { MeasureName } from './measures.ts';
import { Handle, MemberCard } from './members.ts';
import { Slug } from './organisations.ts';

const Year = z.number().int().min(2000).max(2200);

export const SetGoal = z.object({
  committee: Slug,
  year: Year,
  title: line(200),
  measure: MeasureName,
  target: z.number().int().min(1).max(1_000_000_000),
  owner: Handle.nullable().default(null),
});
export type SetGoal = z.input<typeof SetGoal>;

export const GoalQuery = z.object({ year: z.coerce.number().int().min(2000).max(2200).optional() });

export const Goal = z.object({
  id: z.number().int(),
  year: z.number().int(),
  title: z.string().max(200),
  committee: z.object({ slug: z.string().max(60), name: z.string().max(100) }),
  measure: MeasureName,
  target: z.number().int(),
  /** Counted at the moment of asking. */
  value: z.number().int(),
  /** How much of the year is over, in hundredths. */
  elapsed: z.number().int(),
  owner: MemberCard.nullable(),
  mayDrop: z.boolean(),
});
export type Goal = z.infer<typeof Goal>;

export const GoalList = z.object({
  year: z.number().int(),
  items: z.array(Goal),
  maySet: z.array(z.object({ slug: z.string().max(60), name: z.string().max(100) })),
});
export type GoalList = z.infer<typeof GoalList>;
