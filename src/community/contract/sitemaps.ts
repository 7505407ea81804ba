import { z } from 'zod';

/** What search engines are told about; each kind in parts of at most 50,000 addresses. */
export const SitemapKind = z.enum([
  'posts',
  'members',
  'organisations',
  'chapters',
  'tags',
  'experts',
  'wishes',
  'faq',
  'series',
  'offerings',
  'decisions',
  'newsletters',
]);

/** Parts are named by what does not change when others come and go: a range of numbers, a first sign. */
export const SitemapPart = z.string().regex(/^[0-9a-f]{1,8}$/);

/** Which parts there are. */
export const SitemapIndex = z.object({
  parts: z.array(z.object({ kind: SitemapKind, part: z.string().max(8) })),
});
export type SitemapIndex = z.infer<typeof SitemapIndex>;

export const SitemapQuery = z.object({
  kind: SitemapKind,
  part: SitemapPart,
  cursor: z.string().max(400).optional(),
});
export type SitemapQuery = z.infer<typeof SitemapQuery>;

/** Some addresses of a part, in a fixed order. */
export const SitemapSlice = z.object({
  entries: z.array(z.object({ path: z.string().max(1000), updatedAt: z.string().max(40).nullable() })),
  nextCursor: z.string().nullable(),
});
export type SitemapSlice = z.infer<typeof SitemapSlice>;
