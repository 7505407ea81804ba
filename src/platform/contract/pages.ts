import { z } from 'zod';

/** What a caller says about the page it wants: an opaque cursor from the page before, and a size. */
export const PageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list; `nextCursor` is null on the last. */
export function page<T extends z.ZodType>(item: T): PageOf<T> {
  const known = pages.get(item) as PageOf<T> | undefined;
  if (known) return known;
  const made = pageOf(item);
  pages.set(item, made);
  return made;
}
export type Page<T> = { items: T[]; nextCursor: string | null };

// A schema compiles itself when it first reads something: made anew for each page it would do so each time.
const pages = new WeakMap<z.ZodType, z.ZodType>();
const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
type PageOf<T extends z.ZodType> = ReturnType<typeof pageOf<T>>;
