import { z } from 'zod';

/** What members can agree to or not; each stands as `given` says until they decide. */
export const consentKinds = ['search-engines', 'leaderboards'] as const;
export const ConsentKind = z.enum(consentKinds);
export type ConsentKind = z.infer<typeof ConsentKind>;

export const Consent = z.object({
  kind: ConsentKind,
  isGiven: z.boolean(),
  /** When the member last decided; null for never. */
  at: z.string().max(40).nullable(),
});
export type Consent = z.infer<typeof Consent>;

/** What a member sees before they decide about their data. */
export const Privacy = z.object({
  /** What must be typed to erase: the handle, or the address of an account that never took part. */
  confirm: z.string().max(254),
  hasPassword: z.boolean(),
  consents: z.array(Consent),
  /** Every decision, newest first. */
  decisions: z.array(z.object({ kind: z.string().max(40), isGiven: z.boolean(), at: z.string().max(40) })),
  /** Organisations that have no other owner: handed over first. */
  ownedAlone: z.array(z.string().max(100)),
  /** How many rows each part of an export would have. */
  parts: z.array(z.object({ part: z.string().max(40), rows: z.number().int() })),
});
export type Privacy = z.infer<typeof Privacy>;

export const DecideConsent = z.object({ isGiven: z.boolean() });

export const Erase = z.object({
  confirm: z.string().trim().max(254),
  password: z.string().max(200).optional(),
});
export type Erase = z.infer<typeof Erase>;

/** Everything about one person: rows by table, under the parts that the privacy page names. */
export const PersonalExport = z.object({
  exportedAt: z.string().max(40),
  about: z.string().max(300),
  parts: z.record(z.string(), z.record(z.string(), z.array(z.record(z.string(), z.unknown())))),
  /** Tables that refer to the person and are not given, with the reason. */
  keptBack: z.record(z.string(), z.string()),
});
export type PersonalExport = z.infer<typeof PersonalExport>;
