import { z } from 'zod';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { MemberCard } from './members.ts';

/** What members give the community and get from it. An organisation has of each what its people had while they worked there. */
export const personNumbers = {
  gave: [
    'articles',
    'translations',
    'answers',
    'accepted-answers',
    'questions',
    'comments',
    'edits',
    'faq-entries',
    'faq-verifications',
    'wishes',
    'claims-delivered',
    'bounties-paid',
    'areas-held',
    'areas-met',
    'hours',
    'seats',
    'meetings',
  ],
  got: [
    'points',
    'up-votes',
    'featured',
    'badges',
    'answers-received',
    'bounties-won',
    'wish-votes',
    'wishes-accepted',
    'wishes-excellent',
    'reads',
    'plays',
    'awards',
  ],
} as const;

/** What members alone know of themselves. */
export const ownNumbers = { gave: ['votes-given'], got: ['spendable', 'orders'] } as const;

/** What organisations give and get by themselves, whoever works there. */
export const organisationNumbers = {
  gave: ['sponsored-years', 'claims-kept', 'claims-late', 'wishes-served'],
  got: ['page-reads', 'wishes-addressed'],
} as const;

/** What of that only their managers see. */
export const innerNumbers = { gave: ['payments', 'placements-given'], got: ['placements-got'] } as const;

export const ValueNumber = z.enum([
  ...personNumbers.gave,
  ...personNumbers.got,
  ...ownNumbers.gave,
  ...ownNumbers.got,
  ...organisationNumbers.gave,
  ...organisationNumbers.got,
  ...innerNumbers.gave,
  ...innerNumbers.got,
]);
export type ValueNumber = z.infer<typeof ValueNumber>;

/** Whose rows a number has: people's, or an organisation's own. */
export const ValueScope = z.enum(['person', 'organisation']);

/** In what the amounts of rows are counted: points, minutes, reads, plays, or a currency in its minor unit. */
const Unit = z.string().max(10);

/** A number: how many rows it has, and what their amounts sum to. */
export const ValueFigure = z.object({
  name: ValueNumber,
  side: z.enum(['gave', 'got']),
  scope: ValueScope,
  rows: z.number().int(),
  sums: z.array(z.object({ unit: Unit, amount: z.number().int() })),
  /** Not for everybody: for the member themself, or for managers of the organisation. */
  isInner: z.boolean(),
});
export type ValueFigure = z.infer<typeof ValueFigure>;

/** One row behind a number. */
export const ValueRow = z.object({
  key: z.string().max(80),
  /** A moment, or where only that is known a day: `2026-11-29`. */
  at: z.string().max(40),
  /** What it is of; empty where that is not shown. */
  title: z.string().max(500),
  /** Of points why they were given, of an award which. */
  cause: z.string().max(40).nullable(),
  /** Where it is read; null for what has no page. */
  href: z.string().max(1000).nullable(),
  /** Whose it is; null for what an organisation did by itself. */
  member: MemberCard.nullable(),
  amount: z.number().int().nullable(),
  unit: Unit.nullable(),
});
export type ValueRow = z.infer<typeof ValueRow>;

/** A number with its rows, the newest first. */
export const ValueRows = page(ValueRow).extend({ figure: ValueFigure });
export type ValueRows = z.infer<typeof ValueRows>;

/** What a member gave and got. */
export const MemberValue = z.object({
  member: MemberCard,
  /** The member's handle now, whichever was asked for. */
  handle: z.string().max(40),
  level: z.string().max(100),
  figures: z.array(ValueFigure),
});
export type MemberValue = z.infer<typeof MemberValue>;

/** What an organisation gave and got: by its people, and by itself. */
export const OrganisationValue = z.object({
  slug: z.string().max(60),
  name: z.string().max(200),
  figures: z.array(ValueFigure),
});
export type OrganisationValue = z.infer<typeof OrganisationValue>;

export const ValueQuery = PageQuery.extend({ limit: z.coerce.number().int().min(1).max(200).default(30) });
export type ValueQuery = z.infer<typeof ValueQuery>;
