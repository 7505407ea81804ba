import { z } from 'zod';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { Day } from './committees.ts';
import { Handle, MemberCard } from './members.ts';
import { Slug } from './organisations.ts';

export const planKinds = ['event', 'campaign', 'release', 'training', 'meeting', 'other'] as const;
export const PlanKind = z.enum(planKinds);
export type PlanKind = z.infer<typeof PlanKind>;

const inOrder = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }) => startsOn <= endsOn;
const order = { path: ['endsOn'], message: 'must not be before the first day' };

const words = {
  kind: PlanKind,
  title: line(200),
  note: prose(20_000).default(''),
  place: z.string().trim().max(200).refine(isOneLine, 'must be one line').default(''),
  /** Who sees to it. */
  owner: Handle.nullable().default(null),
};

export const PlanSomething = z
  .object({ committee: Slug, ...words, startsOn: Day, endsOn: Day })
  .refine(inOrder, order);
export type PlanSomething = z.input<typeof PlanSomething>;

export const EditPlan = z.object(words);
export type EditPlan = z.input<typeof EditPlan>;

export const MovePlan = z.object({ startsOn: Day, endsOn: Day, reason: line(500) }).refine(inOrder, order);
export type MovePlan = z.infer<typeof MovePlan>;

export const ClosePlan = z.object({ outcome: z.enum(['done', 'cancelled']) });
export type ClosePlan = z.infer<typeof ClosePlan>;

export const PlanQuery = z.object({
  year: z.coerce.number().int().min(2000).max(2200).optional(),
  committee: Slug.optional(),
});
export type PlanQuery = z.infer<typeof PlanQuery>;

const day = z.string().max(10);

export const PlanEntry = z.object({
  id: z.number().int(),
  uid: z.uuid(),
  committee: z.object({ slug: z.string().max(60), name: z.string().max(100) }),
  kind: PlanKind,
  title: z.string().max(200),
  note: z.string().max(20_000),
  noteHtml: z.string(),
  place: z.string().max(200),
  /** As it was first planned; never changed. */
  plannedOn: day,
  plannedUntil: day,
  startsOn: day,
  endsOn: day,
  state: z.enum(['planned', 'done', 'cancelled']),
  closedOn: day.nullable(),
  /** Days after the first plan, as it stands now; negative when it came earlier. */
  slipDays: z.number().int(),
  owner: MemberCard.nullable(),
  sequence: z.number().int(),
  changedAt: z.string().max(40),
  moves: z.array(
    z.object({ wasOn: day, wasUntil: day, reason: z.string().max(500), at: z.string().max(40) }),
  ),
  mayChange: z.boolean(),
});
export type PlanEntry = z.infer<typeof PlanEntry>;

export const Plan = z.object({
  year: z.number().int(),
  entries: z.array(PlanEntry),
  /** Committees in whose name the reader plans. */
  mayPlan: z.array(z.object({ slug: z.string().max(60), name: z.string().max(100) })),
});
export type Plan = z.infer<typeof Plan>;
