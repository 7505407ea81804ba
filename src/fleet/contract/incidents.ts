import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';

export const Severity = z.enum(['info', 'warning', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** What an agent saw happen on its host: kept there until the server has it. */
export const Happening = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.enum(['guardian', 'promotion', 'kernel', 'agent']),
  severity: Severity,
  /** The service it is about, `patroni-<scope>`; null when it is about the host. */
  server: z.string().max(80).nullable(),
  /** The same happening seen from several hosts has the same key, and counts once. */
  key: z.string().max(200).nullable(),
  text: Text,
  detail: z.record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])),
});
export type Happening = z.infer<typeof Happening>;

export const HappeningsReport = z.object({ happenings: z.array(Happening).max(100) });
export const HappeningsAnswer = z.object({ kept: z.number().int() });
