import { z } from 'zod';

/** The name of a member in addresses and mentions. */
export const Handle = z.string().regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);

/** What people do with PostgreSQL; a member may be several. */
export const memberRoles = [
  'developer',
  'dba',
  'architect',
  'operations',
  'data-analyst',
  'decision-maker',
  'product-manager',
  'teacher',
  'student',
  'media',
  'other',
] as const;
export const MemberRole = z.enum(memberRoles);
export type MemberRole = z.infer<typeof MemberRole>;

/** Who looks after the community. */
export const staffRoles = ['editor', 'moderator', 'administrator'] as const;
export const StaffRole = z.enum(staffRoles);
export type StaffRole = z.infer<typeof StaffRole>;

/** A member as it stands beside what they wrote. An erased one has no handle: there is no page to go to. */
export const MemberCard = z.object({
  handle: z.string().max(40).nullable(),
  name: z.string().max(200),
  headline: z.string().max(200),
  avatar: z.string().max(100).nullable(),
  reputation: z.number().int(),
  trustLevel: z.number().int(),
});
export type MemberCard = z.infer<typeof MemberCard>;
