import { z } from 'zod';
import { Handle, MemberCard } from './members.ts';
import { Reason, Slug } from './organisations.ts';

/** The account that goes and the one that stays, by their handles. */
export const MergeMembers = z.object({ from: Handle, into: Handle, reason: Reason });
export type MergeMembers = z.infer<typeof MergeMembers>;

/** The organisation that goes and the one that stays, by their names in addresses. */
export const MergeOrganisations = z.object({ from: Slug, into: Slug, reason: Reason });
export type MergeOrganisations = z.infer<typeof MergeOrganisations>;

export const mergeKinds = ['member', 'organisation'] as const;

/** Two that were found to be one. */
export const Merge = z.object({
  id: z.uuid(),
  kind: z.enum(mergeKinds),
  from: z.string().max(200),
  into: z.string().max(200),
  reason: z.string().max(2000),
  doneBy: MemberCard.nullable(),
  doneAt: z.string().max(40),
  undoUntil: z.string().max(40),
  undoneAt: z.string().max(40).nullable(),
  /** It can still be undone, unless one of the two was merged again since. */
  isUndoable: z.boolean(),
});
export type Merge = z.infer<typeof Merge>;
