import { z } from 'zod';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { Download } from './downloads.ts';
import { Industry } from './industries.ts';
import { OrganisationSize, Slug } from './organisations.ts';
import { PostSummary } from './posts.ts';

const CompanySize = OrganisationSize.exclude(['']);
const words = (max: number) => z.string().trim().max(max).refine(isOneLine, 'must be one line').default('');
const figure = z.number().min(-1e15).max(1e15);

/** A measure before and after, in one unit. */
export const CaseFigure = z.object({ measure: line(100), before: figure, after: figure, unit: words(20) });
export type CaseFigure = z.infer<typeof CaseFigure>;

/** What makes an article a case study. It is published once a manager of the customer approves it. */
export const WriteCaseStudy = z
  .object({
    customer: Slug,
    industry: Industry,
    companySize: CompanySize,
    figures: z.array(CaseFigure).min(1).max(8),
    quote: prose(1000).trim().default(''),
    quotedPerson: words(100),
    quotedTitle: words(100),
  })
  .refine(({ quote, quotedPerson }) => (quote === '') === (quotedPerson === ''), {
    path: ['quotedPerson'],
    message: 'must be named with a quote, and only with one',
  });
export type WriteCaseStudy = z.input<typeof WriteCaseStudy>;

/** A case study beside its article. */
export const CaseStudy = z.object({
  customer: z.object({ slug: z.string().max(60), name: z.string().max(200) }),
  industry: Industry,
  companySize: CompanySize,
  figures: z.array(
    z.object({
      measure: z.string().max(100),
      before: z.number(),
      after: z.number(),
      unit: z.string().max(20),
    }),
  ),
  quote: z.string().max(1000),
  quotedPerson: z.string().max(100),
  quotedTitle: z.string().max(100),
  /** When the customer approved this very revision. */
  approvedAt: z.string().max(40).nullable(),
  /** Whether the reader may approve it or withdraw that. */
  mayApprove: z.boolean(),
  download: Download.nullable(),
});
export type CaseStudy = z.infer<typeof CaseStudy>;

/** Approves the revision and the file that were read, and no others. */
export const ApproveCaseStudy = z.object({
  revision: z.number().int().min(1),
  file: z.uuid().nullable().default(null),
});
export type ApproveCaseStudy = z.input<typeof ApproveCaseStudy>;

export const ListCaseStudies = PageQuery.extend({ industry: Industry.optional() });
export type ListCaseStudies = z.infer<typeof ListCaseStudies>;

/** A case study in a list, with its first figure. */
export const ListedCaseStudy = z.object({
  post: PostSummary,
  customer: CaseStudy.shape.customer,
  industry: Industry,
  companySize: CompanySize,
  figure: CaseStudy.shape.figures.element.nullable(),
});
export type ListedCaseStudy = z.infer<typeof ListedCaseStudy>;
