import { z } from 'zod';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { line, prose } from '#src/platform/contract/text.ts';
import { Industry, IndustryOrNone } from './industries.ts';
import { MemberCard } from './members.ts';

/** What an organisation is to the community. */
export const organisationKinds = [
  'end-user',
  'cloud-vendor',
  'database-vendor',
  'support-provider',
  'training-company',
  'university',
  'media-partner',
] as const;
export const OrganisationKind = z.enum(organisationKinds);
export type OrganisationKind = z.infer<typeof OrganisationKind>;

/** How many people work at an organisation; empty while its managers do not say. */
export const organisationSizes = ['', '1-49', '50-249', '250-999', '1000-4999', '5000+'] as const;
export const OrganisationSize = z.enum(organisationSizes);
export type OrganisationSize = z.infer<typeof OrganisationSize>;

export const organisationStates = ['pending', 'verified', 'refused', 'merged'] as const;
export const OrganisationState = z.enum(organisationStates);
export type OrganisationState = z.infer<typeof OrganisationState>;

/** The name of an organisation or a chapter in addresses. */
export const Slug = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{1,58}[a-z0-9]$/,
    'must be 3 to 60 lower-case letters, digits or dashes, starting with a letter',
  );

/** A country by its two letters of ISO 3166. */
export const Country = z.string().regex(/^[A-Z]{2}$/, 'must be the two letters of a country, such as CN');
/** A web address, or nothing. */
export const Website = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(500),
]);
export const Reason = prose(2000).refine((text) => text.trim() !== '', 'must not be empty');

const pageFields = {
  name: line(200),
  kind: OrganisationKind,
  website: Website,
  country: z.union([z.literal(''), Country]),
  about: prose(20_000),
  /** Left out, it stays what it was. */
  size: OrganisationSize.optional(),
  /** Left out, it stays what it was. */
  industry: IndustryOrNone.optional(),
};

/** What somebody says who brings an organisation here; the evidence is for those who verify it. */
export const CreateOrganisation = z.object({
  ...pageFields,
  slug: Slug.optional(),
  website: pageFields.website.default(''),
  country: pageFields.country.default(''),
  about: pageFields.about.default(''),
  evidence: prose(4000).refine((text) => text.trim() !== '', 'must not be empty'),
});
export type CreateOrganisation = z.input<typeof CreateOrganisation>;

export const EditOrganisation = z.object({
  ...pageFields,
  note: z.union([z.literal(''), line(200)]).default(''),
});
export type EditOrganisation = z.input<typeof EditOrganisation>;

export const OrganisationQuery = PageQuery.extend({
  kind: OrganisationKind.optional(),
  industry: Industry.optional(),
  q: z.string().trim().max(100).optional(),
});
export type OrganisationQuery = z.infer<typeof OrganisationQuery>;

/** An organisation in a list. */
export const OrganisationCard = z.object({
  slug: z.string().max(60),
  name: z.string().max(200),
  kind: OrganisationKind,
  country: z.string().max(60),
  website: z.string().max(500),
  logo: z.string().max(100).nullable(),
  people: z.number().int(),
  posts: z.number().int(),
});
export type OrganisationCard = z.infer<typeof OrganisationCard>;

export const OrganisationList = z.object({
  items: z.array(OrganisationCard),
  nextCursor: z.string().nullable(),
  /** How many there are of each kind, whatever is asked for. */
  kinds: z.array(z.object({ kind: OrganisationKind, count: z.number().int() })),
  /** Those that the reader manages, whatever their state. */
  managed: z.array(
    z.object({
      slug: z.string().max(60),
      name: z.string().max(200),
      state: OrganisationState,
      isStale: z.boolean(),
    }),
  ),
  /** How many wait to be verified; null for those who do not verify. */
  waiting: z.number().int().nullable(),
});
export type OrganisationList = z.infer<typeof OrganisationList>;

/** What an organisation's people did in one year, and in all. */
export const YearFigures = z.object({
  year: z.number().int(),
  articles: z.number().int(),
  questions: z.number().int(),
  answers: z.number().int(),
  acceptedAnswers: z.number().int(),
});
export type YearFigures = z.infer<typeof YearFigures>;

export const Organisation = z.object({
  slug: z.string().max(60),
  name: z.string().max(200),
  kind: OrganisationKind,
  state: OrganisationState,
  /** Where to go when it was found to be another. */
  mergedInto: z.string().max(60).nullable(),
  about: z.string().max(20_000),
  aboutHtml: z.string(),
  website: z.string().max(500),
  country: z.string().max(60),
  size: OrganisationSize,
  industry: IndustryOrNone,
  logo: z.string().max(100).nullable(),
  revision: z.number().int(),
  createdAt: z.string().max(40),
  confirmedAt: z.string().max(40),
  /** Unconfirmed for twelve months: in no list. */
  isStale: z.boolean(),
  refusedReason: z.string().max(2000).nullable(),
  managers: z.array(MemberCard),
  viewer: z.object({ isManager: z.boolean(), mayVerify: z.boolean(), isOwn: z.boolean() }),
  /** What was given to have it verified; only for those who verify and its managers. */
  evidence: z.string().max(4000).nullable(),
});
export type Organisation = z.infer<typeof Organisation>;

export const OrganisationRevision = z.object({
  number: z.number().int(),
  editor: MemberCard,
  at: z.string().max(40),
  note: z.string().max(200),
  name: z.string().max(200),
  kind: OrganisationKind,
  website: z.string().max(500),
  country: z.string().max(60),
  size: OrganisationSize,
  industry: IndustryOrNone,
  about: z.string().max(20_000),
});
export type OrganisationRevision = z.infer<typeof OrganisationRevision>;

/** An organisation that waits to be verified, as those who verify see it. */
export const WaitingOrganisation = z.object({
  slug: z.string().max(60),
  name: z.string().max(200),
  kind: OrganisationKind,
  website: z.string().max(500),
  evidence: z.string().max(4000),
  createdAt: z.string().max(40),
  createdBy: MemberCard.nullable(),
  /** The reader works there or manages it, and so may not decide. */
  isOwn: z.boolean(),
});
export type WaitingOrganisation = z.infer<typeof WaitingOrganisation>;
