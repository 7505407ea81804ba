import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { prose } from '#src/platform/contract/text.ts';
import { Industry } from './industries.ts';
import { MemberCard, MemberRole } from './members.ts';

export const EditionId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const ListEditions = PageQuery.extend({ locale: Locale.optional() });
export type ListEditions = z.infer<typeof ListEditions>;

/** An edition of the newsletter in the list of all. */
export const EditionSummary = z.object({
  id: z.number().int(),
  locale: Locale,
  /** The Monday on which it was sent, as YYYY-MM-DD. */
  week: z.string().max(10),
  count: z.number().int(),
  corrections: z.number().int(),
});
export type EditionSummary = z.infer<typeof EditionSummary>;

/** What an edition told of a post; without words and address when the post is no longer public. */
export const EditionEntry = z.object({
  position: z.number().int(),
  industries: z.array(Industry),
  roles: z.array(MemberRole),
  post: z
    .object({
      id: z.number().int(),
      kind: z.enum(['article', 'question']),
      slug: z.string().max(120),
      title: z.string().max(200),
      excerpt: z.string().max(400),
      locale: Locale,
      author: MemberCard,
    })
    .nullable(),
});
export type EditionEntry = z.infer<typeof EditionEntry>;

/** An edition as it was sent, with what was put right since. */
export const Edition = z.object({
  id: z.number().int(),
  locale: Locale,
  week: z.string().max(10),
  sentAt: z.string().max(40),
  entries: z.array(EditionEntry),
  corrections: z.array(
    z.object({ id: z.number().int(), html: z.string(), author: MemberCard, at: z.string().max(40) }),
  ),
  mayCorrect: z.boolean(),
});
export type Edition = z.infer<typeof Edition>;

/** What is put right, as Markdown. */
export const CorrectEdition = z.object({
  markdown: prose(4000).refine((text) => text.trim() !== '', 'must not be empty'),
});
export type CorrectEdition = z.infer<typeof CorrectEdition>;
