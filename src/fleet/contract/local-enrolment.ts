import { z } from 'zod';

/** Where a server leaves a one-time token for the agent of its own machine, and where that agent keeps its state, under the home. */
export const localEnrolmentFile = 'run/local-enrolment';
export const localAgentFolder = 'agent';

/** What such a file holds. */
export const LocalEnrolment = z.object({
  url: z.string().max(300),
  keyPin: z.string().max(100),
  token: z.string().max(200),
});
export type LocalEnrolment = z.infer<typeof LocalEnrolment>;
