import { z } from 'zod';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { Country, Reason, Slug, Website } from './organisations.ts';

export const offeringKinds = ['product', 'service'] as const;
export const OfferingKind = z.enum(offeringKinds);
export type OfferingKind = z.infer<typeof OfferingKind>;

export const productCategories = ['database', 'cloud-service', 'extension', 'tool', 'application'] as const;
export const ProductCategory = z.enum(productCategories);
export type ProductCategory = z.infer<typeof ProductCategory>;

/** What somebody can be hired for. */
export const serviceKinds = [
  'support',
  'consulting',
  'migration',
  'performance',
  'operations',
  'hosting',
  'development',
  'training',
] as const;
export const ServiceKind = z.enum(serviceKinds);
export type ServiceKind = z.infer<typeof ServiceKind>;

export const serviceHours = ['business-hours', 'extended', 'around-the-clock'] as const;
export const ServiceHours = z.enum(serviceHours);
export type ServiceHours = z.infer<typeof ServiceHours>;

/** Languages in which services and experts are offered. */
export const spokenLanguages = [
  'zh',
  'en',
  'ja',
  'ko',
  'de',
  'fr',
  'es',
  'pt',
  'ru',
  'it',
  'vi',
  'id',
  'ar',
] as const;
export const SpokenLanguage = z.enum(spokenLanguages);
export type SpokenLanguage = z.infer<typeof SpokenLanguage>;

/** The whole world, as a region of a service. */
export const everywhere = 'ZZ';

/** The PostgreSQL that a product is made of: a major version, or a minor one of it; nothing for what is made of none. */
const PostgresVersion = z
  .string()
  .regex(
    /^(?:|9\.[0-6](?:\.\d{1,2})?|[1-9]\d(?:\.\d{1,2})?)$/,
    'must be a version of PostgreSQL such as 17 or 16.4',
  );

const words = {
  name: line(200),
  summary: line(300),
  about: prose(10_000).default(''),
  website: Website.default(''),
};

export const Product = z.object({
  ...words,
  category: ProductCategory,
  basedOn: PostgresVersion.default(''),
  /** An SPDX name, or what the vendor calls it. */
  licence: line(60),
});
export type Product = z.infer<typeof Product>;

export const Service = z.object({
  ...words,
  kinds: z.array(ServiceKind).min(1).max(serviceKinds.length),
  /** Countries, or `ZZ` for everywhere. */
  regions: z.array(Country).min(1).max(100),
  languages: z.array(SpokenLanguage).min(1).max(spokenLanguages.length),
  hours: ServiceHours,
  /** A customer who may be named, and what was done there. */
  reference: z.string().trim().max(500).refine(isOneLine, 'must be one line').default(''),
});
export type Service = z.infer<typeof Service>;

export const OfferProduct = Product.extend({ organisation: Slug });
export const OfferService = Service.extend({ organisation: Slug });
export const OfferingId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const ProductQuery = PageQuery.extend({
  category: ProductCategory.optional(),
  q: z.string().trim().max(100).optional(),
});
export type ProductQuery = z.infer<typeof ProductQuery>;

export const ServiceQuery = PageQuery.extend({
  region: Country.optional(),
  language: SpokenLanguage.optional(),
  kind: ServiceKind.optional(),
});
export type ServiceQuery = z.infer<typeof ServiceQuery>;

const offered = {
  id: z.number().int(),
  organisation: z.object({ slug: z.string().max(60), name: z.string().max(200) }),
};
export const ListedProduct = Product.extend(offered);
export type ListedProduct = z.infer<typeof ListedProduct>;
export const ListedService = Service.extend(offered);
export type ListedService = z.infer<typeof ListedService>;

const Day = z.iso
  .date()
  .refine((day) => day >= '1980-01-01' && day < '2101-01-01', 'must be a day since 1980');

/** A version of a product, and the day on which it is out. */
export const EnterRelease = z.object({ version: line(40), releasedOn: Day, url: Website.default('') });
export type EnterRelease = z.input<typeof EnterRelease>;

export const OfferingRelease = z.object({
  version: z.string().max(40),
  releasedOn: z.string().max(10),
  url: z.string().max(500),
  isOut: z.boolean(),
});
export type OfferingRelease = z.infer<typeof OfferingRelease>;

export const revisionStates = ['pending', 'approved', 'refused', 'replaced'] as const;

/** What an offering said, or is wished to say. */
export const OfferingRevision = z.object({
  number: z.number().int(),
  state: z.enum(revisionStates),
  product: Product.nullable(),
  service: Service.nullable(),
  editor: MemberCard,
  at: z.string().max(40),
  reviewer: MemberCard.nullable(),
  refusedReason: z.string().max(2000).nullable(),
});
export type OfferingRevision = z.infer<typeof OfferingRevision>;

/** One product or service with its history; what is not approved only its managers and those who review see. */
export const Offering = z.object({
  ...offered,
  kind: OfferingKind,
  /** As readers see it; null while nothing was approved. */
  product: Product.nullable(),
  service: Service.nullable(),
  aboutHtml: z.string(),
  isWithdrawn: z.boolean(),
  isStale: z.boolean(),
  confirmedAt: z.string().max(40),
  revisions: z.array(OfferingRevision),
  /** The newest first. */
  releases: z.array(OfferingRelease),
  viewer: z.object({ isManager: z.boolean(), mayReview: z.boolean() }),
});
export type Offering = z.infer<typeof Offering>;

/** What waits for review, beside what is shown now. */
export const WaitingOffering = z.object({
  ...offered,
  kind: OfferingKind,
  name: z.string().max(200),
  number: z.number().int(),
  at: z.string().max(40),
  /** The reader works for that organisation, and so may not decide. */
  isOwn: z.boolean(),
});
export type WaitingOffering = z.infer<typeof WaitingOffering>;

/** The revision that was read is the one that is decided about. */
export const ApproveOffering = z.object({ number: z.number().int().min(1).max(2_000_000_000) });
export const RefuseOffering = ApproveOffering.extend({ reason: Reason });
