import { z } from 'zod';
import { line, prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';

export const mvpKinds = ['yearly', 'lifetime'] as const;
export const MvpKind = z.enum(mvpKinds);
export type MvpKind = z.infer<typeof MvpKind>;

export const mvpPhases = ['nominating', 'scoring', 'counting', 'published'] as const;
export const MvpPhase = z.enum(mvpPhases);
export type MvpPhase = z.infer<typeof MvpPhase>;

const handle = line(40).transform((value) => value.replace(/^@/, '').toLowerCase());

/** Begins a round: for which year, how many win, until when members nominate and the jury scores. */
export const OpenRound = z.object({
  kind: MvpKind,
  year: z.number().int().min(2000).max(2100),
  winners: z.number().int().min(1).max(100),
  nominateUntil: z.iso.datetime({ offset: true }),
  scoreUntil: z.iso.datetime({ offset: true }),
  jury: z.array(handle).min(2).max(50),
});
export type OpenRound = z.input<typeof OpenRound>;

export const Nominate = z.object({ handle, reason: prose(2000).trim().min(1) });
export type Nominate = z.input<typeof Nominate>;

export const ScoreNominee = z.object({
  points: z.number().int().min(0).max(100),
  note: line(1000).or(z.literal('')).default(''),
});
export type ScoreNominee = z.input<typeof ScoreNominee>;

/** Takes an award of a lifetime back; only a resolution does, which is named. */
export const RevokeAward = z.object({ resolution: line(500) });
export type RevokeAward = z.infer<typeof RevokeAward>;

/** What the rows say of a nominee, in the time of the round. */
export const MvpDossier = z.object({
  growth: z.number().int(),
  articles: z.number().int(),
  featured: z.number().int(),
  answers: z.number().int(),
  accepted: z.number().int(),
  edits: z.number().int(),
  /** Hours given to areas that somebody else confirmed, whole ones. */
  hours: z.number().int(),
});
export type MvpDossier = z.infer<typeof MvpDossier>;

export const MvpRound = z.object({
  id: z.number().int(),
  kind: MvpKind,
  year: z.number().int(),
  phase: MvpPhase,
  winners: z.number().int(),
  nominateUntil: z.string().max(40),
  scoreUntil: z.string().max(40),
  publishedAt: z.string().max(40).nullable(),
});
export type MvpRound = z.infer<typeof MvpRound>;

export const MvpNominee = z.object({
  id: z.number().int(),
  member: MemberCard,
  nominatedBy: MemberCard,
  reason: z.string().max(2000),
  dossier: MvpDossier,
  /** From the publication on. */
  mean: z.number().nullable(),
  place: z.number().int().nullable(),
  isWinner: z.boolean(),
  revokedReason: z.string().max(500).nullable(),
  /** For a juror: what stands between them, or what they gave. */
  conflict: z.enum(['self', 'nominator', 'colleague']).nullable(),
  own: z.object({ points: z.number().int(), note: z.string().max(1000) }).nullable(),
});
export type MvpNominee = z.infer<typeof MvpNominee>;

export const MvpPage = z.object({
  round: MvpRound,
  jury: z.array(MemberCard),
  nominees: z.array(MvpNominee),
  viewer: z.object({ isJuror: z.boolean(), mayRun: z.boolean() }),
});
export type MvpPage = z.infer<typeof MvpPage>;

/** All rounds, the newest first, each with those who won it. */
export const MvpArchive = z.object({
  rounds: z.array(MvpRound.extend({ winnersAre: z.array(MemberCard) })),
  mayRun: z.boolean(),
});
export type MvpArchive = z.infer<typeof MvpArchive>;
