import { z } from 'zod';

/** What a page says of itself that counts its reads: `post 12`, `organisation pigsty`. */
export const PageRead = z
  .string()
  .max(200)
  .regex(/^(?:post \d{1,15}|organisation \S+)$/)
  .transform((page) => {
    const at = page.indexOf(' ');
    return { kind: page.slice(0, at) as 'post' | 'organisation', name: page.slice(at + 1) };
  });
export type PageRead = z.infer<typeof PageRead>;
