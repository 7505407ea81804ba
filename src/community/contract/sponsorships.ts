import { z } from 'zod';
import { line } from '#src/platform/contract/text.ts';
import { Named } from './levels.ts';
import { organisationLevelText } from './levels.text.ts';
import { MemberCard } from './members.ts';
import { OrganisationKind } from './organisations.ts';
import { Currency, MinorAmount } from './placements.ts';

/** The levels of organisations, the lowest first, and the currency in which they are counted: the setting `organisation-levels`. */
export const OrganisationLevels = z.object({
  currency: Currency.default('CNY'),
  bands: z
    .array(z.object({ name: Named, atLeastMinor: z.number().int().min(1).max(1_000_000_000_000) }))
    .max(10)
    .refine(
      (bands) => bands.every((band, at) => at === 0 || band.atLeastMinor > bands[at - 1]!.atLeastMinor),
      'must be higher with each level',
    )
    .default([
      { name: organisationLevelText.bronze, atLeastMinor: 1_000_000 },
      { name: organisationLevelText.silver, atLeastMinor: 5_000_000 },
      { name: organisationLevelText.gold, atLeastMinor: 20_000_000 },
      { name: organisationLevelText.platinum, atLeastMinor: 50_000_000 },
    ]),
});
export type OrganisationLevels = z.infer<typeof OrganisationLevels>;

export const EnterSponsorship = z.object({
  /** The year that it is for. */
  year: z.number().int().min(2000).max(2100),
  amountMinor: MinorAmount,
  currency: Currency,
  /** In the currency in which levels are counted, at the rate of the day; absent when that is the currency paid in. */
  countedMinor: z.number().int().min(1).max(1_000_000_000_000).nullable().default(null),
  paidOn: z.iso.date().refine((day) => day >= '2000-01-01' && day < '2101-01-01', 'must be a day since 2000'),
  note: line(200).or(z.literal('')).default(''),
});
export type EnterSponsorship = z.input<typeof EnterSponsorship>;

/** A payment; only for its organisation's managers and those who enter payments. */
export const Sponsorship = z.object({
  id: z.number().int(),
  year: z.number().int(),
  amountMinor: z.number().int(),
  currency: z.string().max(3),
  countedMinor: z.number().int(),
  countedIn: z.string().max(3),
  paidOn: z.string().max(10),
  note: z.string().max(200),
  enteredBy: MemberCard.nullable(),
  reverses: z.number().int().nullable(),
  isReversed: z.boolean(),
});
export type Sponsorship = z.infer<typeof Sponsorship>;

/** The level of an organisation by the latest unbroken run of years in which it sponsored. */
export const SponsorLevel = z.object({
  name: z.string().max(40),
  from: z.number().int(),
  until: z.number().int(),
});
export type SponsorLevel = z.infer<typeof SponsorLevel>;

/** What an organisation gave as a sponsor. Amounts are absent for everybody but its managers and staff. */
export const SponsorPage = z.object({
  level: SponsorLevel.nullable(),
  run: z.object({ from: z.number().int(), until: z.number().int() }).nullable(),
  currency: Currency,
  bands: z.array(
    z.object({ name: z.string().max(40), atLeastMinor: z.number().int(), isReached: z.boolean() }),
  ),
  totalMinor: z.number().int().nullable(),
  missingMinor: z.number().int().nullable(),
  payments: z.array(Sponsorship),
  mayEnter: z.boolean(),
});
export type SponsorPage = z.infer<typeof SponsorPage>;

/** What the community got from its sponsors for a year, in one currency, by the kinds of organisations that paid. */
export const SponsorIncome = z.object({
  year: z.number().int(),
  currency: z.string().max(3),
  sponsors: z.number().int(),
  /** Null where so few paid that each of them could tell what another one did. */
  totalMinor: z.number().int().nullable(),
  /** Their sum is the total. `other`: of kinds with too few sponsors to be told apart. */
  sources: z.array(
    z.object({
      kind: OrganisationKind.or(z.literal('other')),
      sponsors: z.number().int(),
      minor: z.number().int(),
    }),
  ),
});
export type SponsorIncome = z.infer<typeof SponsorIncome>;

/** Who sponsors the community now, the highest levels first, and what it got for each year, the newest first. */
export const SponsorList = z.object({
  sponsors: z.array(
    z.object({
      slug: z.string().max(60),
      name: z.string().max(200),
      kind: OrganisationKind,
      level: z.string().max(40).nullable(),
      from: z.number().int(),
      until: z.number().int(),
    }),
  ),
  income: z.array(SponsorIncome),
});
export type SponsorList = z.infer<typeof SponsorList>;
