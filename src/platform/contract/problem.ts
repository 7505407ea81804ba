import { z } from 'zod';

/** The ways a request can fail, with the HTTP status of each. */
export const problemStatus = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
  internal: 500,
} as const;
export type ProblemCode = keyof typeof problemStatus;

/** An error on the wire: RFC 9457 with our code, the person's language in `detail`, and the fields at fault. */
export const Problem = z.object({
  type: z.string().max(200),
  title: z.string().max(200),
  status: z.number().int(),
  code: z.string().max(40),
  detail: z.string().max(20_000),
  requestId: z.string().max(64).optional(),
  fields: z.array(z.object({ path: z.string().max(500), message: z.string().max(2000) })).optional(),
});
export type Problem = z.infer<typeof Problem>;
