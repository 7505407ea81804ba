import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';

/** The number of a post in addresses. */
export const PostId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const postKinds = ['article', 'question', 'answer'] as const;
export const PostKind = z.enum(postKinds);
export type PostKind = z.infer<typeof PostKind>;

export const postStates = ['draft', 'scheduled', 'pending', 'published', 'hidden', 'removed'] as const;
export const PostState = z.enum(postStates);
export type PostState = z.infer<typeof PostState>;

/** The name of a tag: letters, digits, dots, pluses, sharps and dashes of any script, in lower case. */
export const TagName = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(40)
  // Not a pattern of the description: that knows no classes of characters.
  .refine(
    (name) => /^[\p{L}\p{N}][\p{L}\p{N}.+#-]*$/u.test(name),
    'must be letters, digits and . + # - without blanks',
  );

export const Title = line(200).refine((title) => title.length >= 5, 'must be at least 5 characters');
export const Tags = z.array(TagName).max(6);
/** What a member writes, as Markdown. */
export const Markdown = prose(200_000).refine((text) => text.trim() !== '', 'must not be empty');
export const RevisionNote = z.string().trim().max(200).refine(isOneLine, 'must be one line');

/** A post as it stands in a list. */
export const PostSummary = z.object({
  id: z.number().int(),
  kind: PostKind,
  title: z.string().max(200),
  slug: z.string().max(120),
  excerpt: z.string().max(400),
  locale: Locale,
  author: MemberCard,
  tags: z.array(z.string().max(40)),
  score: z.number().int(),
  answerCount: z.number().int(),
  commentCount: z.number().int(),
  viewCount: z.number().int(),
  isAccepted: z.boolean(),
  isFeatured: z.boolean(),
  isClosed: z.boolean(),
  publishedAt: z.string().max(40),
  activeAt: z.string().max(40),
});
export type PostSummary = z.infer<typeof PostSummary>;
