import { z } from 'zod';
import { PageQuery } from './pages.ts';

/** Who did what, once. */
export const AuditEntry = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  actorKind: z.enum(['anonymous', 'user', 'key', 'agent', 'system']),
  actorId: z.string().max(64).nullable(),
  actorName: z.string().max(300),
  ip: z.string().max(64).nullable(),
  requestId: z.string().max(64).nullable(),
  action: z.string().max(120),
  subjectId: z.string().max(200).nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Which entries: `actor` is an id or part of a name, `action` a permission-like name or its beginning. */
export const AuditQuery = PageQuery.extend({
  actor: z.string().trim().max(200).optional(),
  action: z
    .string()
    .trim()
    .max(120)
    .regex(/^[a-z.-]*$/, 'must be an action such as identity.key.create, or its beginning')
    .optional(),
  subject: z.string().trim().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** Whether the chain of hashes over the whole log holds. */
export const AuditVerification = z.object({
  rows: z.number().int(),
  /** The first entry that does not fit, or null when all is well. */
  brokenAt: z.number().int().nullable(),
  /** Hash of the last entry: noted elsewhere, it also shows whether entries were cut off at the end. */
  head: z.string().max(64).nullable(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;
