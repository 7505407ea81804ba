import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { Markdown, PostId, TagName, Tags, Title } from './posts.ts';

export const PgVersion = z.coerce.number().int().min(9).max(99);

/** What raises an entry in alerts and at the service desk: a kind and a name, such as `sqlstate:53300` or `wait:Lock:relation`. */
export const Signal = z
  .string()
  .max(100)
  .regex(
    /^(sqlstate:[0-9A-Z]{5}|(wait|setting|rule|extension):[A-Za-z0-9][A-Za-z0-9_.:-]*)$/,
    'must be sqlstate:, wait:, setting:, rule: or extension: and a name',
  );

export const WriteFaq = z
  .object({
    title: Title,
    markdown: Markdown,
    locale: Locale,
    tags: Tags.default([]),
    signals: z.array(Signal).max(20).default([]),
    pgFrom: PgVersion,
    /** Null while it holds for every version there is. */
    pgTo: PgVersion.nullable().default(null),
    proofSql: prose(20_000).default(''),
    /** The answer it was curated from. */
    answerId: PostId.nullable().default(null),
  })
  .refine(({ pgFrom, pgTo }) => pgTo === null || pgTo >= pgFrom, {
    message: 'must not be before the first version',
    path: ['pgTo'],
  });
export type WriteFaq = z.input<typeof WriteFaq>;

export const VerifyFaq = z.object({ note: prose(500).default('') });
export type VerifyFaq = z.input<typeof VerifyFaq>;

export const FaqSummary = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  slug: z.string().max(120),
  excerpt: z.string().max(400),
  locale: Locale,
  tags: z.array(z.string().max(40)),
  signals: z.array(z.string().max(100)),
  pgFrom: z.number().int(),
  pgTo: z.number().int().nullable(),
  verifiedAt: z.string().max(40),
  /** A newer version within its range came out after it was verified. */
  isStale: z.boolean(),
  /** The newest version it is known to hold for; null when it was never verified on any there is. */
  verifiedUpTo: z.number().int().nullable(),
  /** The version on which its proof gave something else, or failed; null while it holds. */
  brokeOn: z.string().max(40).nullable(),
});
export type FaqSummary = z.infer<typeof FaqSummary>;

export const Faq = FaqSummary.extend({
  markdown: z.string(),
  html: z.string(),
  proofSql: z.string(),
  /** The version on which a run of its proof verified it; null when a person did. */
  provedOn: z.string().max(40).nullable(),
  answer: z.object({ id: z.number().int(), questionId: z.number().int(), author: MemberCard }).nullable(),
  curator: MemberCard,
  verifiedBy: MemberCard,
  changedAt: z.string().max(40),
  isRetired: z.boolean(),
  mayCurate: z.boolean(),
});
export type Faq = z.infer<typeof Faq>;

export const FaqQuery = PageQuery.extend({
  q: z.string().max(200).optional(),
  version: PgVersion.optional(),
  signal: z.union([Signal, z.array(Signal).max(20)]).optional(),
  tag: TagName.optional(),
  locale: Locale.optional(),
  state: z.enum(['all', 'fresh', 'stale']).default('all'),
});
export type FaqQuery = z.infer<typeof FaqQuery>;

/** A major version of PostgreSQL, with its days. */
export const PostgresVersion = z.object({
  major: z.number().int(),
  releasedOn: z.iso.date(),
  endsOn: z.iso.date(),
});
export type PostgresVersion = z.infer<typeof PostgresVersion>;

export const KnowVersion = z
  .object({ major: PgVersion, releasedOn: z.iso.date(), endsOn: z.iso.date() })
  .refine(({ releasedOn, endsOn }) => endsOn > releasedOn, {
    message: 'must be after the release',
    path: ['endsOn'],
  });
export type KnowVersion = z.infer<typeof KnowVersion>;
