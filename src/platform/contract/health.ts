import { z } from 'zod';

/** What `GET /api/health/ready` answers: 200 when all checks are true, 503 otherwise. */
export const Readiness = z.object({
  status: z.enum(['ready', 'not-ready']),
  checks: z.object({
    /** The database answers. */
    database: z.boolean(),
    /** The database has the form this release needs. */
    migrations: z.boolean(),
    /** A worker was seen within the last 15 seconds. */
    worker: z.boolean(),
  }),
});
export type Readiness = z.infer<typeof Readiness>;

/** What `GET /api/health/live` answers as long as the process can answer at all. */
export const Liveness = z.object({ status: z.literal('live') });
