import { z } from 'zod';
import { Locale } from './i18n.ts';

/** Who is looking: what GET /api/identity/viewer answers, and all that a page may know about its reader. */
export const Viewer = z.object({
  user: z
    .object({ id: z.string().max(64), name: z.string().max(200), email: z.string().max(254) })
    .nullable(),
  org: z.object({ id: z.string().max(64), name: z.string().max(200) }).nullable(),
  orgs: z.array(z.object({ id: z.string().max(64), name: z.string().max(200) })).default([]),
  permissions: z.array(z.string().max(120)),
  /** The language the person chose for themselves; null when they never did. */
  locale: Locale.nullable().default(null),
});
export type Viewer = z.infer<typeof Viewer>;

/** Nobody in particular. */
export const anonymous: Viewer = { user: null, org: null, orgs: [], permissions: [], locale: null };
